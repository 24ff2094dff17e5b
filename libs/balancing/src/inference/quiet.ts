// Between our changes: the mains move by themselves. Whatever falls or rises then, any of the cars may be behind it.
import { PHASES, mapPhases } from '@fairamp/units';
import { followLevel } from './level.js';
import { shifted } from './point.js';
import type { ClearSample, InferenceState, Point } from './types.js';

export function follow(state: InferenceState, { at, mains_dA }: ClearSample): InferenceState {
  if (state.levels === null) return state;
  const elapsed_s = (at - state.sampledAt) / 1000;
  const followed = mapPhases(state.levels, (level, phase) => followLevel(level, mains_dA[phase], elapsed_s));
  const levels = mapPhases(followed, ({ level }) => level);
  const shifts = mapPhases(followed, ({ shift }) => shift);
  const isStill = PHASES.every((phase) => shifts[phase].fall_dA === 0 && shifts[phase].rise_dA === 0);
  if (isStill) return { ...state, levels, sampledAt: at };
  // A level of one sample is a new one: it has jumped.
  const hasJumped = PHASES.some((phase) => levels[phase].weight === 1);
  const points = mapPoints(state, (point) => shifted(point, shifts));
  return { ...state, levels, points, quietSince: hasJumped ? at : state.quietSince, sampledAt: at };
}

export function mapPoints({ points }: InferenceState, map: (point: Point) => Point): InferenceState['points'] {
  return Object.fromEntries(Object.values(points).map((point) => [point.id, map(point)]));
}
