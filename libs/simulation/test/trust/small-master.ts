// A master small enough to play a thousand hours: it raises what is free, one charge point each 5 s, lowers and pauses
// at once by what is over, and lets all leases run out where it has no meter to believe. Its steps are what the meter is
// judged by; it obeys the verdict as the real one does.
import { PHASES, type PerPhase, type Phase } from '@fairamp/units';

export type Point = {
  readonly phases: readonly Phase[];
  readonly maximum_dA: number;
  isWanting: boolean;
  limit_dA: number;
  raisedAt: number;
  /** As its newest report told it, on the mains' conductors. */
  told_dA: PerPhase<number>;
};

const MINIMUM_dA = 60;
const RAISE_APART_ms = 5_000;
/** Less than this is no raise. */
const SMALLEST_dA = 10;

export type Sight = {
  readonly at: number;
  readonly current_dA: PerPhase<number>;
  readonly mayRaise: boolean;
  readonly limit_dA: number;
};

export function regulate(points: readonly Point[], sight: Sight): void {
  for (const point of points) if (!point.isWanting) point.limit_dA = 0;
  for (const phase of PHASES) lower(points, phase, sight);
  if (sight.mayRaise) raiseOne(points, sight);
}

/** A car gives up so much for so long, so that the meter can show that it follows. */
const PROBE_dA = 55;
const SMALLEST_PROBE_dA = 25;

/** @returns whether there was a car to probe with */
export function probe(points: readonly Point[]): boolean {
  const [largest] = points
    .filter(({ limit_dA, told_dA }) => limit_dA > 0 && drawnMost(told_dA) >= MINIMUM_dA + SMALLEST_PROBE_dA)
    .sort((a, b) => drawnMost(b.told_dA) - drawnMost(a.told_dA));
  if (largest === undefined) return false;
  largest.limit_dA = Math.max(Math.min(largest.limit_dA, drawnMost(largest.told_dA)) - PROBE_dA, MINIMUM_dA);
  return true;
}

function drawnMost(told_dA: PerPhase<number>): number {
  return Math.max(...PHASES.map((phase) => told_dA[phase]));
}

const using = (points: readonly Point[], phase: Phase): readonly Point[] =>
  points.filter((point) => point.limit_dA > 0 && point.phases.includes(phase));

function lower(points: readonly Point[], phase: Phase, { current_dA, limit_dA }: Sight): void {
  const on = using(points, phase);
  const inFlight = on.reduce((sum, point) => sum + Math.max(point.told_dA[phase] - point.limit_dA, 0), 0);
  let over = current_dA[phase] - inFlight - limit_dA;
  for (const point of on) {
    if (over <= 0) return;
    const lowest = point.limit_dA - over < MINIMUM_dA && over > 5 ? 0 : MINIMUM_dA;
    const next = Math.max(point.limit_dA - over, lowest);
    over -= point.limit_dA - next;
    point.limit_dA = next;
  }
}

function raiseOne(points: readonly Point[], { at, current_dA, limit_dA }: Sight): void {
  const free = (point: Point): number =>
    Math.min(
      ...point.phases.map((phase) => {
        const promised = using(points, phase).reduce(
          (sum, { limit_dA: limit, told_dA }) => sum + Math.max(limit - told_dA[phase], 0),
          0,
        );
        return limit_dA - current_dA[phase] - promised;
      }),
    );
  const waiting = points.filter((point) => point.isWanting && at - point.raisedAt >= RAISE_APART_ms);
  const newcomer = waiting.find((point) => point.limit_dA === 0 && free(point) >= MINIMUM_dA);
  const other = waiting.find(
    (point) => point.limit_dA > 0 && point.limit_dA < point.maximum_dA && free(point) >= SMALLEST_dA,
  );
  const chosen = newcomer ?? other;
  if (chosen === undefined) return;
  chosen.limit_dA = newcomer ? MINIMUM_dA : Math.min(chosen.limit_dA + free(chosen), chosen.maximum_dA);
  chosen.raisedAt = at;
}
