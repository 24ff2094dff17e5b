// I8: what a master counts as our cars' part of the mains, when it raises, was really drawn when those were measured.
// An ampere that is counted and did not flow is an ampere of the house given away.
import { amps, PHASES, type Deciamps } from '@fairamp/units';
import { WrongRows } from './episode.js';
import type { Accuse, Checker, Fact } from './moment.js';

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
    if (fact.kind !== 'granted' || !fact.raise || fact.basis === null) return;
    const { at, master, counted_dA, basis } = fact;
    for (const [slave, counted] of Object.entries(counted_dA)) {
      const drawn = basis.draws_dA[slave];
      const wrong = PHASES.find(
        (phase) => counted[phase] > (drawn?.[phase] ?? 0) * (1 + METER_ERROR) + ROUNDING_dA + UNTOLD_dA,
      );
      if (!this.#rows.begins(`${master} ${slave}`, wrong !== undefined) || wrong === undefined) continue;
      const told = `${amps(counted[wrong])} A of ${slave} on ${wrong}`;
      this.accuse({
        invariant: 'I8',
        at,
        detail: `${master} counted ${told}, drawn were ${amps(drawn?.[wrong] ?? 0)} A`,
      });
    }
  }

  look(): void {}
}
