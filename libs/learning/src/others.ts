// What the other cars of ours changed during a step. It must be known, or the step does not count: either they stood
// still, or they are metered and it is already sure on which transformers that shows.
import { type Milliseconds, type PerPhase, PHASES, mapPhases, perPhase } from '@fairamp/units';
import { ALL, DIRECTIONS, cellOf, wiringAt } from './hypotheses.js';
import { logSum } from './odds.js';
import { type Level, type PointState, settlesAt } from './point.js';
import type { PointBelief } from './posterior.js';

/** unknown: it may have changed by anything. moving: it will be known soon. */
export type Change = 'still' | 'moving' | 'unknown' | PerPhase<number>;

/** Between two moments; own labels. */
export function changeOf(point: PointState, since: Milliseconds, until: Milliseconds): Change {
  const { levels, movement } = point;
  const newest = levels.at(-1);
  // A charge point that was never heard may do what it likes.
  if (newest === undefined) return 'unknown';
  if (movement !== null && until < settlesAt(movement)) return 'moving';
  const now: Level = movement === null ? newest : { ...movement.to, from: movement.lastAt };
  if (now.from <= since) return 'still';
  const before = levels.findLast(({ from }) => from <= since);
  // Gone with the oldest levels, or from before it was heard.
  if (before === undefined || endOf(before, point) < since) return 'unknown';
  return differenceOf(before, now);
}

function endOf(level: Level, { levels, movement }: PointState): Milliseconds {
  const next = levels[levels.indexOf(level) + 1];
  return next?.from ?? movement?.from ?? Infinity;
}

function differenceOf(before: Level, now: Level): Change {
  const was_dA = before.draw_dA;
  if (was_dA !== null && now.draw_dA !== null) return mapPhases(now.draw_dA, (draw_dA, own) => draw_dA - was_dA[own]);
  return before.offer_dA === 0 && now.offer_dA === 0 ? 'still' : 'unknown';
}

/** Less than this of doubt in all is none. */
const DOUBT = -11;
/** Wirings that differ by less in what they predict are the same for a step. */
const SAME_dA = 5;

/** By the transformer that shows it, import positive; null = not sure. */
export function shownBy(change_dA: PerPhase<number>, { cells }: PointBelief): PerPhase<number> | null {
  const wirings = ALL.map((wiring) =>
    logSum(DIRECTIONS.map((_, direction) => cells[cellOf(wiring, direction)] ?? -Infinity)),
  );
  const best = wirings.indexOf(Math.max(...wirings));
  const expected = predicted(change_dA, best);
  const all = logSum(wirings);
  const isSure = wirings.every((log, wiring) => log - all < DOUBT || isSame(expected, predicted(change_dA, wiring)));
  return isSure ? expected : null;
}

function predicted(change_dA: PerPhase<number>, wiring: number): PerPhase<number> {
  const seen = wiringAt(wiring);
  return perPhase((transformer) => change_dA[PHASES[seen.indexOf(transformer)] ?? transformer]);
}

function isSame(one: PerPhase<number>, other: PerPhase<number>): boolean {
  return PHASES.every((phase) => Math.abs(one[phase] - other[phase]) <= SAME_dA);
}
