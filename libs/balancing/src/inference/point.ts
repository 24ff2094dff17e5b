// One charge point's bounds: what a fall or a rise of the mains that is not ours does to them, how long they are
// believed, and which conductors count.
import { type Milliseconds, type PerPhase, type Phase, mapPhases, perPhase } from '@fairamp/units';
import type { Shift } from './level.js';
import { noiseOf } from './level.js';
import type { Bounds, Point } from './types.js';

/** A drift of the house may have hidden a car's own, so nothing is believed for longer without a raise of ours. */
export const BELIEVED_FOR_ms: Milliseconds = 3_600_000;
/** A house does by chance what a car would have done; hardly twice the same. */
const ANSWERS_TO_KNOW = 2;
/** Of its current on a conductor: one that falls by more may have dropped that conductor. */
const DROPS_FROM = 0.8;
/** How even a car's conductors are at least. */
const EVEN = 0.9;

/** A car draws at most what is allowed, and up to 10 % less (demand.ts), for many count in whole amperes. */
export function followed(limit_dA: number): number {
  return Math.max(0, limit_dA - Math.max(10, limit_dA / 10));
}

export function knownPhases({ learnt }: Point): readonly Phase[] | null {
  return learnt !== null && learnt.times >= ANSWERS_TO_KNOW ? learnt.phases : null;
}

export function usedPhases(point: Point): readonly Phase[] {
  return knownPhases(point) ?? point.phases;
}

/** Past their time the bounds are the widest: nothing, and all that it may draw. */
export function boundsAt(point: Point, at: Milliseconds): Bounds {
  const used = usedPhases(point);
  const isBelieved = point.provenAt !== null && at - point.provenAt <= BELIEVED_FOR_ms;
  const low_dA = isBelieved ? evened(point) : perPhase(() => 0);
  const high_dA = mapPhases(point.high_dA, (high, phase) => {
    if (!used.includes(phase)) return 0;
    return isBelieved ? high : Math.max(high, point.allowed_dA);
  });
  return { low_dA, high_dA };
}

/** What is known of one of a car's conductors holds for the others, but for one that it may have dropped. */
function evened(point: Point): PerPhase<number> {
  const known = knownPhases(point);
  if (known === null) return point.low_dA;
  const most_dA = Math.max(...known.map((phase) => point.low_dA[phase]));
  return mapPhases(point.low_dA, (low, phase) => {
    if (!known.includes(phase)) return 0;
    return low < (1 - DROPS_FROM) * most_dA ? low : Math.max(low, EVEN * most_dA);
  });
}

/** Nobody knows whose a fall is, so each car may have drawn so much less; and each so much more after a rise. */
export function shifted(point: Point, shifts: PerPhase<Shift>): Point {
  const taken_dA = fallOf(point, point.low_dA, shifts);
  return {
    ...point,
    low_dA: mapPhases(point.low_dA, (low, phase) => Math.max(0, low - taken_dA[phase])),
    high_dA: mapPhases(point.high_dA, (high, phase) =>
      Math.min(high + shifts[phase].rise_dA, Math.max(high, point.allowed_dA)),
    ),
  };
}

/**
 * How much of a fall this car may have to bear. A car that is known to use several conductors goes down on all of them
 * together, or drops one with all that it drew there; what falls on one alone, and by less, is the house's.
 */
export function fallOf(point: Point, low_dA: PerPhase<number>, shifts: PerPhase<Shift>): PerPhase<number> {
  const known = knownPhases(point);
  return perPhase((phase) => {
    const { fall_dA } = shifts[phase];
    if (known === null || fall_dA === 0 || fall_dA >= DROPS_FROM * low_dA[phase]) return fall_dA;
    const others = known.filter((other) => other !== phase);
    if (others.length === 0) return fall_dA;
    const common_dA = Math.min(...others.map((other) => shifts[other].deficit_dA));
    return Math.min(fall_dA, Math.max(0, common_dA + noiseOf(low_dA[phase]) / 2));
  });
}

/** Which conductors answered a raise of this car alone: counted while they are the same. */
export function learn(point: Point, answered: readonly Phase[]): Point {
  const { learnt } = point;
  // The house may have hidden a part of this answer; it will not have done so twice before.
  const known = knownPhases(point);
  if (known !== null && answered.every((phase) => known.includes(phase))) return point;
  const isSame = learnt !== null && answered.join() === learnt.phases.join();
  const times = isSame ? Math.min(learnt.times + 1, ANSWERS_TO_KNOW) : 1;
  return { ...point, learnt: { phases: answered, times } };
}
