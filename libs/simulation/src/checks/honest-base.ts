// I8: what a master counts as our cars' part of the mains, and of each circuit that is measured, when it raises, was really
// drawn when those were measured. An ampere that is counted and did not flow is an ampere of the house given away.
import { amps, MAINS, PHASES, type Deciamps, type PerPhase } from '@fairamp/units';
import { WrongRows } from './episode.js';
import type { Accuse, Basis, Checker, Fact } from './moment.js';

type Granted = Extract<Fact, { kind: 'granted' }>;
type Counted = Readonly<Record<string, PerPhase<Deciamps>>>;

/** A charge point's own meter (class 1 and its tail), the deciampere that it is read in, and the truth's. */
const METER_ERROR = 0.02;
const ROUNDING_dA: Deciamps = 2;
/** A smaller change a board tells of with the next second only (libs/simulation/src/outlet-senses.ts). */
const UNTOLD_dA: Deciamps = 5;

export class HonestBase implements Checker {
  readonly invariant = 'I8';
  readonly #rows = new WrongRows();

  constructor(private readonly accuse: Accuse) {}

  hear(fact: Fact): void {
    if (fact.kind !== 'granted' || !fact.raise) return;
    for (const [circuit, counted_dA] of Object.entries(fact.counted_dA)) {
      const basis = circuit === MAINS ? fact.basis : (fact.circuitBases[circuit] ?? null);
      if (basis !== null) this.#judge(circuit, counted_dA, basis, fact);
    }
  }

  #judge(circuit: string, counted_dA: Counted, { draws_dA }: Basis, { at, master }: Granted): void {
    for (const [slave, counted] of Object.entries(counted_dA)) {
      const drawn = draws_dA[slave];
      const wrong = PHASES.find(
        (phase) => counted[phase] > (drawn?.[phase] ?? 0) * (1 + METER_ERROR) + ROUNDING_dA + UNTOLD_dA,
      );
      if (!this.#rows.begins(`${master} ${slave} ${circuit}`, wrong !== undefined) || wrong === undefined) continue;
      const where = circuit === MAINS ? wrong : `${circuit} ${wrong}`;
      const told = `${amps(counted[wrong])} A of ${slave} on ${where}`;
      const detail = `${master} counted ${told}, drawn were ${amps(drawn?.[wrong] ?? 0)} A`;
      this.accuse({ invariant: 'I8', at, detail });
    }
  }

  look(): void {}
}
