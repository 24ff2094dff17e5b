// What each charge point asks of the sharing. A newcomer begins at its minimum and grows once it is seen to draw; a
// car which draws clearly less than it may is first served with what it uses, and gets the rest back when nobody else
// wants it or when its draw comes near its limit again.
import { type Because, type Deciamps, PHASES, type Milliseconds, type Phase, clamp } from '@fairamp/units';
import { type Standing, keepsItsPlace } from './standing.js';

/** Who is served before whom: keeps = has its place, queues = waits to begin, rests = may come back, absent = no car. */
export type Turn = 'keeps' | 'queues' | 'rests' | 'absent';

export type Demand = {
  readonly id: string;
  readonly phases: readonly Phase[];
  readonly turn: Turn;
  readonly since: Milliseconds;
  readonly minimum_dA: Deciamps;
  /** What it uses if it gets it; at least the minimum. */
  readonly wants_dA: Deciamps;
  /** What it may have if nobody else wants it; at least wants_dA. */
  readonly maximum_dA: Deciamps;
  readonly maximumBecause: Because;
};

/** A car that follows its limit draws up to 10 % less than it: 2.9 A at 32 A. Below that it does not use it. */
export const UNUSED_dA = 30;
/** Above what it draws, so that it can show that it wants more; more than UNUSED_dA, or its share would swing. */
export const HEADROOM_dA = 40;
/** A car follows within 5 s (design.md 3, E); after twice that a raise which it does not use is unused. */
export const FOLLOW_ms = 10_000;

/** A demand and who has it. */
export type Claim = Demand & { readonly standing: Standing };

export function claimOf(standing: Standing, now: Milliseconds): Claim {
  const { id, phases } = standing;
  const { since, minimum_dA } = standing.point;
  const { turn, wants_dA, maximum_dA, maximumBecause } = askOf(standing, now);
  return { standing, id, phases, turn, since, minimum_dA, wants_dA, maximum_dA, maximumBecause };
}

type Ask = Pick<Demand, 'turn' | 'wants_dA' | 'maximum_dA' | 'maximumBecause'>;

function askOf(standing: Standing, now: Milliseconds): Ask {
  const { need, minimum_dA, maximum_dA, maximumBecause } = standing.point;
  if (need === 'none') return minimumFor('absent', minimum_dA, 'no-car');
  if (need === 'resting') return minimumFor('rests', minimum_dA, 'car-draws-less');
  const turn = keepsItsPlace(standing) ? 'keeps' : 'queues';
  if (need === 'starting' || turn === 'queues') return minimumFor(turn, minimum_dA, 'newcomer');
  return { turn, wants_dA: wantsOf(standing, now), maximum_dA, maximumBecause };
}

function minimumFor(turn: Turn, minimum_dA: Deciamps, maximumBecause: Because): Ask {
  return { turn, wants_dA: minimum_dA, maximum_dA: minimum_dA, maximumBecause };
}

function wantsOf({ point, limit_dA, draw_dA }: Standing, now: Milliseconds): Deciamps {
  const drawn_dA = Math.max(...PHASES.map((phase) => draw_dA[phase]));
  const follows = point.raisedAt !== null && now - point.raisedAt < FOLLOW_ms;
  if (follows || drawn_dA >= limit_dA - UNUSED_dA) return point.maximum_dA;
  return clamp(drawn_dA + HEADROOM_dA, point.minimum_dA, point.maximum_dA);
}
