// I6: no grant outlives a measurement that it rests on by more than A, and in Smart mode none rests on nothing. It rests on
// one of each meter between its charge point and the mains. The lease ends V after the report that it answers, on the
// slave's clock; that is put in true time here.
import { MAINS, type Milliseconds } from '@fairamp/units';
import { WrongRows } from './episode.js';
import type { Accuse, Basis, Checker, Fact, Moment } from './moment.js';
import { basesOf } from './truth.js';

type Granted = Extract<Fact, { kind: 'granted' }>;

/** Two clocks of 5,000 ppm. */
const SLOWEST = 1.01;
/** What an echo held for 3 s can hide of a sample's age (B14), and the last bytes of a frame on its line. */
const HIDDEN_ms: Milliseconds = 300;

export class InputAge implements Checker {
  readonly invariant = 'I6';
  readonly #rows = new WrongRows();
  #moment: Moment | null = null;

  constructor(private readonly accuse: Accuse) {}

  hear(fact: Fact): void {
    if (fact.kind !== 'granted' || this.#moment === null || this.#moment.mode === 'normal') return;
    const { oldestSample_ms } = this.#moment;
    for (const { circuit, basis } of basesOf(fact, this.#moment)) {
      const why = whyNot(fact, basis, oldestSample_ms);
      if (!this.#rows.begins(`${fact.master} ${fact.to} ${circuit}`, why !== null)) continue;
      const of = circuit === MAINS ? '' : ` of ${circuit}`;
      this.accuse({ invariant: 'I6', at: fact.at, detail: `${fact.master} granted to ${fact.to}: ${why}${of}` });
    }
  }

  look(moment: Moment): void {
    this.#moment = moment;
  }
}

function whyNot({ echoAt, validFor_ms }: Granted, basis: Basis | null, oldest_ms: Milliseconds): string | null {
  if (basis === null) return 'there is no measurement under it';
  // An unknown life takes nothing up.
  if (echoAt === null) return null;
  const late_ms = Math.round(echoAt + validFor_ms * SLOWEST - (basis.spokenAt + oldest_ms * SLOWEST + HIDDEN_ms));
  return late_ms > 0 ? `it may live ${late_ms} ms longer than its measurement` : null;
}
