// What our cars draw, kept for as long as a sample may still ask for it, and answered for the time at which a sample was
// measured. A report tells what was metered some tenths of a second before, and a drift at the latest a second later:
// so a draw at one moment is bounded by all that was told from just before it until a while after.
import { type Deciamps, type Milliseconds, type PerPhase, mapPhases } from '@fairamp/units';
import type { Bounds, CarsBucket, CarsEvent } from './types.js';

/**
 * A report each second, its way, and the meter behind it: for so long after it was made the node takes what a report told
 * for what flows, and after that it counts as not told.
 */
export const TOLD_WITHIN_ms: Milliseconds = 2_000;
const BUCKET_ms: Milliseconds = 500;
/** 15 s and more: a sample is judged when it is a few seconds old. */
const BUCKETS = 30;
/** Without a word for so long nobody knows what was drawn. */
const GAP_ms: Milliseconds = 3_000;

export function noteCars(
  buckets: readonly CarsBucket[],
  { at, drawLow_dA, drawHigh_dA }: CarsEvent,
): readonly CarsBucket[] {
  const newest = buckets.at(-1);
  const told = { from: at, to: at, low_dA: drawLow_dA, high_dA: drawHigh_dA };
  if (newest === undefined || at - newest.from >= BUCKET_ms) return [...buckets.slice(1 - BUCKETS), told];
  return [...buckets.slice(0, -1), { ...joined(newest, told), from: newest.from, to: at }];
}

/** @returns null where too little was told of that time */
export function drawsBetween(
  buckets: readonly CarsBucket[],
  from: Milliseconds,
  to: Milliseconds,
): (Bounds & { readonly toldUntil: Milliseconds }) | null {
  const until = to + TOLD_WITHIN_ms;
  const before = buckets.findLastIndex((bucket) => bucket.to <= from);
  const around = buckets.slice(Math.max(before, 0)).filter((bucket) => bucket.from <= until);
  const newest = around.at(-1);
  if (before < 0 || newest === undefined || newest.to < to || hasGap(around)) return null;
  return { ...around.reduce<Bounds>(joined, newest), toldUntil: newest.to };
}

function hasGap(around: readonly CarsBucket[]): boolean {
  return around.some((bucket, index) => bucket.from - (around[index - 1]?.to ?? bucket.from) > GAP_ms);
}

function joined(one: Bounds, other: Bounds): Bounds {
  return {
    low_dA: mapPhases(one.low_dA, (low, phase) => Math.min(low, other.low_dA[phase])),
    high_dA: mapPhases(one.high_dA, (high, phase) => Math.max(high, other.high_dA[phase])),
  };
}

/** So far apart are the bounds where they are furthest. */
export function widthOf({ low_dA, high_dA }: Bounds): PerPhase<Deciamps> {
  return mapPhases(low_dA, (low, phase) => high_dA[phase] - low);
}
