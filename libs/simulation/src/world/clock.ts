// A process's own monotonic clock in a world that knows the true time: another zero, and a rate that is wrong by some
// parts in a million. Nodes see only this; no node ever sees true time or a wall clock (I13).
import type { Milliseconds } from '@fairamp/units';

export type ProcessClock = { readonly zero_ms: Milliseconds; readonly ppm: number };

/** What the clock shows at a true time: whole milliseconds, never going back. */
export function localAt({ zero_ms, ppm }: ProcessClock, at: Milliseconds): Milliseconds {
  return zero_ms + at + Math.floor((at * ppm) / 1_000_000);
}

/** At which true time it shows this, to a millisecond. */
export function trueAt({ zero_ms, ppm }: ProcessClock, local: Milliseconds): Milliseconds {
  return Math.round(((local - zero_ms) * 1_000_000) / (1_000_000 + ppm));
}
