// How often a store may write, for flash wears by writing: at most once a second, some in a row, and over a longer time
// once a minute. And how soon it tries again what failed. Pure: a pace is data, and time is an argument.
import type { Milliseconds } from '@fairamp/units';

/** What changes within it is written once, the last value. */
export const GAP_ms = 1_000;
/** A person who turns through a menu uses up a few of them; only a machine uses up all. */
export const IN_A_ROW = 30;
/** One more is allowed each so often. */
export const REFILL_ms = 60_000;
const RETRY_LEAST_ms = 1_000;
/** A disk that was full for a night is noticed within a minute of having room. */
export const RETRY_MOST_ms = 60_000;

export type Pace = {
  readonly lastAt: Milliseconds | null;
  /** Of IN_A_ROW, at lastAt. */
  readonly left: number;
};

export const FRESH_PACE: Pace = { lastAt: null, left: IN_A_ROW };

export function waitOf(pace: Pace, now: Milliseconds): Milliseconds {
  if (pace.lastAt === null) return 0;
  const gap = pace.lastAt + GAP_ms - now;
  const left = leftAt(pace, now);
  const refill = left >= 1 ? 0 : Math.ceil((1 - left) * REFILL_ms);
  return Math.max(0, gap, refill);
}

export function afterWrite(pace: Pace, now: Milliseconds): Pace {
  return { lastAt: now, left: Math.max(0, leftAt(pace, now) - 1) };
}

/** @param failures in a row, from 1 on */
export function retryAfter(failures: number): Milliseconds {
  return Math.min(RETRY_MOST_ms, RETRY_LEAST_ms * 2 ** (failures - 1));
}

function leftAt({ lastAt, left }: Pace, now: Milliseconds): number {
  return lastAt === null ? left : Math.min(IN_A_ROW, left + (now - lastAt) / REFILL_ms);
}
