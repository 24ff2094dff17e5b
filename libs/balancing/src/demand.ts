// What each charge point asks of the sharing. A newcomer begins at its minimum and grows once it is seen to draw; a
// car which draws clearly less than it may is first served with what it uses, and gets the rest back when nobody else
// wants it or when its draw comes near its limit again.
import { type Because, type Deciamps, PHASES, type Milliseconds, clamp } from '@fairamp/units';
import { FOLLOW_ms, type Standing, keepsItsPlace } from './standing.js';

export type Demand = {
  readonly minimum_dA: Deciamps;
  /** What it needs to be ready in time; what it wants where nobody said when it leaves. */
  readonly pace_dA: Deciamps;
  /** What it uses if it gets it; at least the minimum. */
  readonly wants_dA: Deciamps;
  /** What it may have if nobody else wants it; at least wants_dA. */
  readonly most_dA: Deciamps;
  readonly mostBecause: Because;
};

/** A car that follows its limit draws up to 10 % less than it: 2.9 A at 32 A. Below that it does not use it. */
export const UNUSED_dA = 30;
/** Above what it draws, so that it can show that it wants more; more than UNUSED_dA, or its share would swing. */
const HEADROOM_dA = 40;

export function demandOf(standing: Standing, now: Milliseconds): Demand {
  const { need, minimum_dA, maximum_dA, maximumBecause, goal } = standing.point;
  if (need === 'none') return minimumFor(minimum_dA, 'no-car');
  if (need === 'resting') return minimumFor(minimum_dA, 'car-draws-less');
  if (need === 'starting' || !keepsItsPlace(standing)) return minimumFor(minimum_dA, 'newcomer');
  const wants_dA = wantsOf(standing, now);
  const pace_dA = goal === null ? wants_dA : clamp(goal.pace_dA, minimum_dA, wants_dA);
  return { minimum_dA, pace_dA, wants_dA, most_dA: maximum_dA, mostBecause: maximumBecause };
}

function minimumFor(minimum_dA: Deciamps, mostBecause: Because): Demand {
  return { minimum_dA, pace_dA: minimum_dA, wants_dA: minimum_dA, most_dA: minimum_dA, mostBecause };
}

function wantsOf({ point, limit_dA, draw_dA }: Standing, now: Milliseconds): Deciamps {
  const drawn_dA = Math.max(...PHASES.map((phase) => draw_dA[phase]));
  const follows = point.raisedAt !== null && now - point.raisedAt < FOLLOW_ms;
  if (follows || drawn_dA >= limit_dA - UNUSED_dA) return point.maximum_dA;
  return clamp(drawn_dA + HEADROOM_dA, point.minimum_dA, point.maximum_dA);
}
