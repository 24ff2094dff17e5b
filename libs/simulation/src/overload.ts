// The truth about the fuse, from what really flows and not from what anybody measured: how far, and how long without a
// break, a phase was above MAINS while our cars drew on it. The house alone may exceed its fuse, which is not our doing
// (design.md 3). The plant feeds it at each step; the lab and the simulator show the two figures.
import { type Deciamps, type Milliseconds, PHASES, type PerPhase, type Phase, perPhase } from '@fairamp/units';

export type Overload = {
  readonly worst_over_dA: Deciamps;
  readonly worst_over_ms: Milliseconds;
  /** Since when each phase has been over; null = it is not. */
  readonly overSince: PerPhase<Milliseconds | null>;
};

export type Flow = {
  readonly at: Milliseconds;
  readonly mains_dA: PerPhase<Deciamps>;
  /** Our cars' part of it. */
  readonly cars_dA: PerPhase<Deciamps>;
};

/** Nobody is paused for so little (decision 0007); the times that the verdict and the picture give begin above it. */
export const UNHURRIED_dA: Deciamps = 5;

export function initialOverload(): Overload {
  return { worst_over_dA: 0, worst_over_ms: 0, overSince: perPhase(() => null) };
}

/** A run lasts up to the first look at which it is over, so the length errs on the long side by one step. */
export function measureOverload(before: Overload, { at, mains_dA, cars_dA }: Flow, limit_dA: Deciamps): Overload {
  const over = (phase: Phase): Deciamps => (cars_dA[phase] > 0 ? Math.max(0, mains_dA[phase] - limit_dA) : 0);
  if (PHASES.every((phase) => before.overSince[phase] === null && over(phase) === 0)) return before;
  const lengths = PHASES.map((phase) => at - (before.overSince[phase] ?? at));
  return {
    worst_over_dA: Math.max(before.worst_over_dA, ...PHASES.map(over)),
    worst_over_ms: Math.max(before.worst_over_ms, ...lengths),
    overSince: perPhase((phase) => (over(phase) > 0 ? (before.overSince[phase] ?? at) : null)),
  };
}
