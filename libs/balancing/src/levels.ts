// How far all on a branch can rise together. Each has a span there: it stands at its start, takes one more with each
// step of the level above that, and takes nothing more from its end on. A gauge climbs from bend to bend of that sum as
// far as the room of the branch allows. A level only rises while others are settled, so no gauge ever goes back, and all
// levels together cost one look at each span and at each deciampere up to the highest end. `fill` and `lower` call it.
import { assert, clamp } from '@fairamp/units';
import { heapOf, pop, push } from './heap.js';

export type Gauge = {
  /** At each level above this one, how many more take one with every step above it: starts less ends. */
  readonly bends: Int32Array;
  /** Between the level and this one no bend is left. */
  next: number;
  level: number;
  /** How many take one more with the next step. */
  steepness: number;
  /** What is left at this level. */
  room: number;
  /** How much of the next step has been given out already. */
  ahead: number;
};

/** Nobody rises there yet. @param top no end is above it */
export function gaugeOf(room: number, top: number): Gauge {
  return { bends: new Int32Array(top + 1), next: 0, level: 0, steepness: 0, room, ahead: 0 };
}

/**
 * One more rises there, before anybody asks for a level.
 * @param start whole, at least 0 and below the end
 * @param end whole, at most the gauge's top
 * @throws on anything else: an end that gets lost is a car that never stops to rise
 */
export function join(gauge: Gauge, start: number, end: number): void {
  const isSpan = Number.isInteger(start) && Number.isInteger(end) && start >= 0 && start < end;
  assert(isSpan && end < gauge.bends.length, 'a span must be whole and within its gauge');
  bend(gauge, start, 1);
  bend(gauge, end, -1);
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

/** The level of the next bend; Infinity where there is none. */
function nextBend(gauge: Gauge): number {
  const { bends } = gauge;
  while (gauge.next < bends.length && bends[gauge.next] === 0) gauge.next += 1;
  return gauge.next < bends.length ? gauge.next : Infinity;
}

/** From bend to bend, no higher than all can rise. */
function climb(gauge: Gauge, level: number): void {
  for (let next = nextBend(gauge); next <= level; next = nextBend(gauge)) {
    riseTo(gauge, next);
    gauge.steepness += gauge.bends[next] ?? 0;
    gauge.next += 1;
  }
  riseTo(gauge, level);
}

/** Without a bend between. */
function riseTo(gauge: Gauge, level: number): void {
  if (level <= gauge.level) return;
  gauge.room += gauge.ahead - gauge.steepness * (level - gauge.level);
  gauge.ahead = 0;
  gauge.level = level;
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
  bend(gauge, start, -1);
  bend(gauge, end, 1);
}

/** One that has been passed counts at once; any other when its level comes. */
function bend(gauge: Gauge, level: number, more: 1 | -1): void {
  if (level <= gauge.level) {
    gauge.steepness += more;
    return;
  }
  gauge.bends[level] = (gauge.bends[level] ?? 0) + more;
  gauge.next = Math.min(gauge.next, level);
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
