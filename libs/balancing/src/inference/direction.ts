// A meter that knows no direction, on mains that may export: below zero a car that begins looks like a fall, and one
// that stops like a rise. Nothing is believed of a conductor from when it may have changed its direction.
import { type Phase, PHASES, mapPhases } from '@fairamp/units';
import { mapPoints } from './quiet.js';
import { noiseOf } from './level.js';
import { isLowered, isRaised } from './trial.js';
import type { ClearSample, InferenceConfig, InferenceEvent, InferenceState, Trial } from './types.js';

/** Below this the next sample may lie on the other side of zero. */
const NEAR_ZERO_dA = 20;

type Told = Extract<InferenceEvent, { kind: 'sample' }>;
export type Direction = { readonly isKnown: boolean; readonly nearZero: readonly Phase[] };

export function direction({ signed, current_dA }: Told, { mayExport }: InferenceConfig): Direction {
  return { isKnown: signed || !mayExport, nearZero: PHASES.filter((phase) => current_dA[phase] < NEAR_ZERO_dA) };
}

export function withoutDirection(state: InferenceState, sample: ClearSample, near: Direction): InferenceState {
  if (near.isKnown) return state;
  const { trial } = state;
  const barred = trial === null ? [] : barredIn(trial, near);
  const voided = PHASES.filter((phase) => isContrary(trial, sample, phase));
  const points = mapPoints(state, (point) => {
    return { ...point, low_dA: mapPhases(point.low_dA, (low, phase) => (voided.includes(phase) ? 0 : low)) };
  });
  return { ...state, points, trial: trial === null ? null : { ...trial, barred } };
}

/** Where one goes down below zero while another goes up, the mains rise by the first and would be credited to the second. */
function barredIn({ barred, moves, base_dA }: Trial, { nearZero }: Direction): readonly Phase[] {
  if (Object.values(moves).some(isLowered)) return PHASES;
  return PHASES.filter((phase) => {
    return barred.includes(phase) || (nearZero.includes(phase) && base_dA[phase] >= NEAR_ZERO_dA);
  });
}

/** Lowering alone has raised the reading: so it is export, or the house; nobody knows. */
function isContrary(trial: Trial | null, { mains_dA }: ClearSample, phase: Phase): boolean {
  if (trial === null || Object.values(trial.moves).some(isRaised)) return false;
  return mains_dA[phase] > trial.base_dA[phase] + noiseOf(trial.base_dA[phase]);
}
