// I7: a meter that says nothing more counts as no meter: once its newest frame is older than A, nobody is granted
// anything. One that lies is found within the time of docs/meter-trust.md plus 17 s, while our cars draw; behind a battery
// there is no bound. Whether it is, belief.ts asks.
import { MAINS, type Milliseconds } from '@fairamp/units';
import { WrongRows } from './episode.js';
import type { Accuse, Checker, Fact, Moment } from './moment.js';
import { basesOf } from './truth.js';

/** A slow clock over A = 25 s, a cycle that had begun, and the last bytes of a frame on its line. */
const LATE_ms: Milliseconds = 500;

export class SilentMeter implements Checker {
  readonly invariant = 'I7';
  readonly #rows = new WrongRows();
  #moment: Moment | null = null;

  constructor(private readonly accuse: Accuse) {}

  hear(fact: Fact): void {
    if (fact.kind !== 'granted' || fact.basis === null || this.#moment === null) return;
    const { at, master, to } = fact;
    const longest_ms = this.#moment.oldestSample_ms + LATE_ms;
    for (const { circuit, basis } of basesOf(fact, this.#moment)) {
      // Of one that has never said anything: I6.
      const silent_ms = basis === null ? 0 : at - basis.spokenAt;
      if (!this.#rows.begins(`${master} ${circuit}`, silent_ms > longest_ms)) continue;
      const meter = circuit === MAINS ? 'the meter' : `the meter of ${circuit}`;
      const detail = `${master} granted to ${to} although ${meter} has been silent for ${silent_ms} ms`;
      this.accuse({ invariant: 'I7', at, detail });
    }
  }

  look(moment: Moment): void {
    this.#moment = moment;
  }
}
