// How far all on a branch can rise together. Each has a span there: it stands at its start, takes one more with each
// step of the level above that, and takes nothing more from its end on. A gauge climbs from bend to bend of that sum as
// far as the room of the branch allows. A level only rises while others are settled, so no gauge ever goes back, and all
// levels together cost little more than to sort the bends. `fill` and `lower` call it; whole numbers only.
import { clamp } from '@fairamp/units';
import { heapOf, pop, push } from './heap.js';
import { at } from './amounts.js';

/** Who rises on a branch, from where and up to where: a start is less than its end and never below 0. */
export type Spans = { readonly points: number[]; readonly starts: number[]; readonly ends: number[] };

export type Gauge = {
  readonly points: readonly number[];
  /** Who is settled is out, on all branches at once. */
  readonly isIn: readonly boolean[];
  /** All starts and ends, rising; see `bendsOf`. */
  readonly bends: Float64Array;
  passed: number;
  level: number;
  /** How many take one more with the next step. */
  steepness: number;
  /** What is left at this level. */
  room: number;
  /** How much of the next step has been given out already. */
  ahead: number;
};

/** @returns null where nobody rises, and where there is room for all, however far the others do: it stops nobody */
export function gaugeOf(spans: Spans, isIn: readonly boolean[], room: number): Gauge | null {
  let most = 0;
  for (let rank = 0; rank < spans.points.length; rank += 1) most += at(spans.ends, rank) - at(spans.starts, rank);
  if (most === 0 || most <= room) return null;
  const counters = { passed: 0, level: 0, steepness: 0, room, ahead: 0 };
  const gauge = { points: spans.points, isIn, bends: bendsOf(spans), ...counters };
  climb(gauge, 0);
  return gauge;
}

/** Each start and each end as one number, of the level first and then of who it is: so they are sorted as numbers. */
function bendsOf({ points, starts, ends }: Spans): Float64Array {
  const kinds = 2 * points.length;
  const bends = new Float64Array(kinds);
  for (let rank = 0; rank < points.length; rank += 1) {
    bends[2 * rank] = at(starts, rank) * kinds + 2 * rank;
    bends[2 * rank + 1] = at(ends, rank) * kinds + 2 * rank + 1;
  }
  return bends.sort();
}

/** Up to which level all can rise; Infinity where there is room for them all. */
export function levelOf(gauge: Gauge): number {
  for (;;) {
    const room = gauge.room + gauge.ahead;
    if (room < 0) return gauge.level;
    const next = nextBend(gauge);
    const reach = gauge.steepness === 0 ? Infinity : gauge.level + Math.floor(room / gauge.steepness);
    if (reach < next || next === Infinity) return reach;
    climb(gauge, next);
  }
}

/** The level of the next bend of somebody who is still in. */
function nextBend(gauge: Gauge): number {
  const { points, isIn, bends } = gauge;
  for (; gauge.passed < bends.length; gauge.passed += 1) {
    const bend = bends[gauge.passed] ?? 0;
    const level = Math.floor(bend / bends.length);
    const rank = (bend - level * bends.length) >> 1;
    if (isIn[at(points, rank)] === true) return level;
  }
  return Infinity;
}

/** No higher than all can rise. */
function climb(gauge: Gauge, level: number): void {
  const { bends } = gauge;
  if (level > gauge.level) {
    gauge.room += gauge.ahead - gauge.steepness * (level - gauge.level);
    gauge.ahead = 0;
    gauge.level = level;
  }
  for (let next = nextBend(gauge); next <= level; next = nextBend(gauge)) {
    const isEnd = ((bends[gauge.passed] ?? 0) - next * bends.length) % 2 === 1;
    gauge.steepness += isEnd ? -1 : 1;
    gauge.passed += 1;
  }
}

/** What a branch has left beside this level; Infinity where there is room for a higher one. */
export function spareAt(gauge: Gauge | null, level: number): number {
  if (gauge === null) return Infinity;
  climb(gauge, level);
  return gauge.level > level ? Infinity : gauge.room;
}

/** Somebody takes the next step's one at once; where all can rise above this level, that is reckoned with already. */
export function stepAhead(gauge: Gauge | null, level: number): void {
  if (gauge === null || gauge.level > level) return;
  gauge.room -= 1;
  gauge.ahead += 1;
}

/** Whose span this is stands at `value` from now on. */
export function leave(gauge: Gauge | null, start: number, end: number, value: number): void {
  if (gauge === null) return;
  gauge.room -= clamp(value, start, end) - clamp(gauge.level, start, end);
  if (start <= gauge.level && gauge.level < end) gauge.steepness -= 1;
}

type Due = { readonly branch: number; readonly level: number };

/**
 * Settles one branch after the other, the lowest level first and of equals the first. A level is reckoned anew when it
 * seems to be the lowest, and not before.
 * @param settle returns whether the branch has to be reckoned with again
 */
export function lowestFirst(gauges: readonly (Gauge | null)[], settle: (due: Due) => boolean): void {
  const waiting = heapOf<Due>((a, b) => a.level < b.level || (a.level === b.level && a.branch < b.branch));
  const line = (branch: number): void => {
    const gauge = gauges[branch] ?? null;
    const level = gauge === null ? Infinity : levelOf(gauge);
    if (level < Infinity) push(waiting, { branch, level });
  };
  gauges.forEach((_, branch) => line(branch));
  for (let due = pop(waiting); due !== undefined; due = pop(waiting)) {
    const gauge = gauges[due.branch] ?? null;
    const isNow = gauge !== null && levelOf(gauge) === due.level;
    if (!isNow || settle(due)) line(due.branch);
  }
}
