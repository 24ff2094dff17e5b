// I7: a meter that says nothing more counts as no meter: once its newest frame is older than A, nobody is granted
// anything. That a meter repeats one and the same value is not detected in this version; a checker for it comes with the
// detection, and until then a lying meter is told apart only in `meterLiesSince`.
import type { Milliseconds } from '@fairamp/units';
import { WrongRows } from './episode.js';
import type { Accuse, Checker, Fact, Moment } from './moment.js';

/** A slow clock over A = 25 s, a cycle that had begun, and the last bytes of a frame on its line. */
const LATE_ms: Milliseconds = 500;

export class SilentMeter implements Checker {
  readonly invariant = 'I7';
  readonly #rows = new WrongRows();
  #moment: Moment | null = null;

  constructor(private readonly accuse: Accuse) {}

  hear(fact: Fact): void {
    if (fact.kind !== 'granted' || fact.basis === null || this.#moment === null) return;
    const { at, master, to, basis } = fact;
    const silent_ms = at - basis.spokenAt;
    if (!this.#rows.begins(master, silent_ms > this.#moment.oldestSample_ms + LATE_ms)) return;
    const detail = `${master} granted to ${to} although the meter has been silent for ${silent_ms} ms`;
    this.accuse({ invariant: 'I7', at, detail });
  }

  look(moment: Moment): void {
    this.#moment = moment;
  }
}
