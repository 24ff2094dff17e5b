// The answer to whoever asks: the bounds of every charge point as the newest sample leaves them, worked out once.
import { type Milliseconds, type PerPhase, type Phase, mapPhases, ownOf } from '@fairamp/units';
import { boundsAt } from './point.js';
import { runningProbe } from './probe.js';
import { answersOf, boundsIn } from './trial.js';
import type { Bounds, InferenceState, Point, Shown } from './types.js';

/** What speaks against them beside the state: changes that may be a metered car's, and the mains as a ceiling. */
export type Against = {
  readonly fall_dA: PerPhase<number>;
  readonly rise_dA: PerPhase<number>;
  readonly most_dA: PerPhase<number>;
};

export function showAll(state: InferenceState, at: Milliseconds, against: Against): Readonly<Record<string, Shown>> {
  const { trial, points } = state;
  const answers = trial === null ? null : answersOf(state, trial, { at, isOver: false });
  const boundsOf = (point: Point): Bounds =>
    trial === null || answers === null
      ? boundsAt(point, at)
      : boundsIn(point, ownOf(trial.moves, point.id), answers, { at, isOver: false });
  return Object.fromEntries(
    Object.values(points).map((point) => {
      const moved = trial === null ? undefined : ownOf(trial.moves, point.id);
      const allowed_dA = Math.max(point.allowed_dA, moved?.most_dA ?? 0);
      const bounds = heldAgainst(boundsOf(point), point.phases, { ...against, allowed_dA });
      return [point.id, { ...bounds, allowed_dA, probe_dA: runningProbe(point, at) }];
    }),
  );
}

function heldAgainst(
  { low_dA, high_dA }: Bounds,
  phases: readonly Phase[],
  { fall_dA, rise_dA, most_dA, allowed_dA }: Against & { readonly allowed_dA: number },
): Bounds {
  return {
    low_dA: mapPhases(low_dA, (low, phase) => Math.max(0, low - fall_dA[phase])),
    high_dA: mapPhases(high_dA, (high, phase) => {
      return phases.includes(phase) ? Math.min(high + rise_dA[phase], most_dA[phase], allowed_dA) : 0;
    }),
  };
}
