// A probe: a car is lowered for some seconds on purpose, so that raising it again shows what it draws. Falls of the
// house take away what was known of a car that has not changed at all; where somebody waits for that room, this gives
// it back. It never raises anybody: that stays with the gate.
import { type Deciamps, type Milliseconds, ownOf } from '@fairamp/units';
import type { Decision } from '../types.js';
import { usedPhases } from './point.js';
import type { InferenceState, Point } from './types.js';

/** Less is not worth a probe. */
const WORTH_dA = 25;
/** The least depth of one that stands out of the noise. */
const DEPTH_dA = 15;
/** The lowest offer of IEC 61851-1. */
const LOWEST_dA = 60;
/** Between two of one car; and what moved by itself a moment ago will move again. */
const PROBE_INTERVAL_ms: Milliseconds = 60_000;
const QUIET_ms: Milliseconds = 10_000;

/** A car that has not come down by then is not heard, or was never told. */
const PROBE_LONGEST_ms: Milliseconds = 30_000;

export function runningProbe({ probe }: Point, at: Milliseconds): number | null {
  return probe !== null && at - probe.at <= PROBE_LONGEST_ms ? probe.to_dA : null;
}

/** Whom to probe for somebody on these conductors: the car of which least is known; null = nobody now. */
export function probeWorth(state: InferenceState, id: string, at: Milliseconds): number {
  const point = ownOf(state.points, id);
  const shown = ownOf(state.shown, id);
  if (point === undefined || shown === undefined || !mayProbe(state, point, at)) return 0;
  return Math.max(...usedPhases(point).map((phase) => shown.high_dA[phase] - shown.low_dA[phase]));
}

export function beginProbe(state: InferenceState, id: string, at: Milliseconds): InferenceState {
  const point = ownOf(state.points, id);
  if (point === undefined || probeWorth(state, id, at) < WORTH_dA) return state;
  const probing = { ...point, probe: { to_dA: targetOf(state, point), at } };
  return { ...state, points: { ...state.points, [id]: probing } };
}

/** Deep enough that what rises afterwards is what is missing, if it is drawn at all. */
function targetOf({ shown }: InferenceState, point: Point): number {
  const low_dA = Math.min(...usedPhases(point).map((phase) => ownOf(shown, point.id)?.low_dA[phase] ?? 0));
  return Math.max(LOWEST_dA, Math.floor(low_dA));
}

function mayProbe({ trial, quietSince }: InferenceState, point: Point, at: Milliseconds): boolean {
  const isQuiet = trial === null && at - quietSince >= QUIET_ms && at - point.changedAt >= PROBE_INTERVAL_ms;
  return isQuiet && runningProbe(point, at) === null && point.allowed_dA >= LOWEST_dA + DEPTH_dA;
}

/** Until when a probe that its car has not answered holds: also where no sample comes any more. */
export function probeNow({ points, shown }: InferenceState, id: string, at: Milliseconds): Deciamps | null {
  const point = ownOf(points, id);
  const probe_dA = ownOf(shown, id)?.probe_dA ?? null;
  return point === undefined || runningProbe(point, at) === null ? null : probe_dA;
}

/** Worth a probe only where it can go clearly below what it holds and stay at its minimum. */
export function hasDepth(limit_dA: Deciamps, minimum_dA: Deciamps): boolean {
  return limit_dA >= minimum_dA + DEPTH_dA;
}

/** What was decided for the one who is probed: no more than the probe allows, for as long as it runs. */
export function heldAt(decision: Decision, probe_dA: Deciamps | null): Decision {
  if (probe_dA === null || decision.limit_dA <= probe_dA) return decision;
  const { limit_dA } = decision;
  return { ...decision, limit_dA: probe_dA, raise: false, because: ['probe'], without_dA: limit_dA };
}
