// Is the other end of the pipe still there? Asked in every turn of a timer. Time in which this process itself stood still
// counts for a turn at most: what the other end said meanwhile has not been read yet, and who stands still opens nothing.
import type { Milliseconds } from '@fairamp/units';

export type Silence = { readonly askedAt: Milliseconds; readonly for_ms: Milliseconds };

export function heardAt(at: Milliseconds): Silence {
  return { askedAt: at, for_ms: 0 };
}

/** @param turn_ms the timer's period */
export function askedAgain(before: Silence, at: Milliseconds, turn_ms: Milliseconds): Silence {
  const gap_ms = Math.max(0, at - before.askedAt);
  return { askedAt: at, for_ms: before.for_ms + Math.min(gap_ms, 2 * turn_ms) };
}
