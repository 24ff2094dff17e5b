// What a charge point without a meter draws, inferred from what the mains answer to our own changes: one machine for
// the whole site, for a change of the mains has to be shared out among several cars. It promises two bounds and never
// a value; what it does not know is nothing for the lower one and the limit for the upper. The master's node steps it.
import { assert, assertNever, type Milliseconds, mapPhases, ownOf, perPhase } from '@fairamp/units';
import { UNUSED_dA } from '../demand.js';
import { knownPhases } from './point.js';
import { beginProbe } from './probe.js';
import { hearSample } from './sample.js';
import { moved } from './trial.js';
import type { Bounds, Inferred, InferenceConfig, InferenceEvent, InferenceState, Point, Trial } from './types.js';

/** A site has no more; whoever is beyond it is not inferred. */
export const POINTS_MOST = 250;

export function initialInference(): InferenceState {
  return {
    points: {},
    levels: null,
    sampledAt: -Infinity,
    quietSince: -Infinity,
    trial: null,
    shown: {},
  };
}

export function stepInference(state: InferenceState, event: InferenceEvent, config: InferenceConfig): InferenceState {
  switch (event.kind) {
    case 'sample':
      return hearSample(state, event, config);
    case 'obeyed':
      return obeyed(state, event);
    case 'probe':
      return beginProbe(state, event.id, event.at);
    default:
      return assertNever(event);
  }
}

type Obeyed = Extract<InferenceEvent, { kind: 'obeyed' }>;

function obeyed(state: InferenceState, event: Obeyed): InferenceState {
  assert(event.limit_dA >= 0, `limit ${event.limit_dA} dA of ${event.id}: below 0`);
  const before = ownOf(state.points, event.id);
  const allowed_dA = event.isClosed ? event.limit_dA : 0;
  if (before === undefined) {
    if (Object.keys(state.points).length >= POINTS_MOST) return state;
    return withPoint(state, newPoint(event, allowed_dA));
  }
  const learnt = event.isPlugged ? before.learnt : null;
  const isSame = allowed_dA === before.allowed_dA && learnt === before.learnt && isAlike(event, before);
  if (isSame) return state;
  const point = { ...before, learnt, phases: event.phases, allowed_dA };
  if (allowed_dA === before.allowed_dA) return withPoint(state, point);
  const opened = joinTrial(state, before, { to_dA: allowed_dA, at: event.at });
  const begun = hasStopped(state, before) ? { ...point, ...NOTHING, provenAt: event.at } : point;
  return withPoint(opened, { ...begun, changedAt: event.at });
}

const NOTHING: Bounds = { low_dA: perPhase(() => 0), high_dA: perPhase(() => 0) };

/** Nothing is known more surely of a car than that it draws nothing over an open contactor. */
function hasStopped({ trial }: InferenceState, { id, allowed_dA }: Point): boolean {
  return allowed_dA === 0 && (trial === null || !Object.hasOwn(trial.moves, id));
}

function isAlike({ phases }: Obeyed, before: Point): boolean {
  return phases.join() === before.phases.join();
}

/** Nobody saw how it came to what it draws, unless its contactor is open. */
function newPoint({ id, at, phases }: Obeyed, allowed_dA: number): Point {
  const nothing = perPhase(() => 0);
  const high_dA = perPhase((phase) => (phases.includes(phase) ? allowed_dA : 0));
  return {
    id,
    phases,
    allowed_dA,
    low_dA: nothing,
    high_dA,
    provenAt: null,
    changedAt: at,
    learnt: null,
    probe: null,
  };
}

function withPoint(state: InferenceState, point: Point): InferenceState {
  return { ...state, points: { ...state.points, [point.id]: point } };
}

type Change = { readonly to_dA: number; readonly at: Milliseconds };

/** Without a level there is nothing that an answer could be read from. */
function joinTrial(state: InferenceState, before: Point, { to_dA, at }: Change): InferenceState {
  if (state.levels === null) return state;
  const trial = state.trial ?? openTrial(state.levels, at);
  const moves = { ...trial.moves, [before.id]: moved(ownOf(trial.moves, before.id), before, to_dA, at) };
  return { ...state, trial: { ...trial, moves }, quietSince: at };
}

function openTrial(levels: NonNullable<InferenceState['levels']>, at: Milliseconds): Trial {
  const base_dA = mapPhases(levels, ({ mean_dA }) => mean_dA);
  return { openedAt: at, base_dA, fallen_dA: perPhase(() => 0), peak_dA: base_dA, barred: [], moves: {}, samples: [] };
}

/**
 * As of the newest sample: like the draws of a metered car it belongs to that sample, and a later change of a limit is
 * not in it. null = nothing is known yet.
 */
export function inferredOf(state: InferenceState, id: string): Inferred | null {
  const point = ownOf(state.points, id);
  const shown = ownOf(state.shown, id);
  if (point === undefined || shown === undefined) return null;
  const { low_dA, high_dA, allowed_dA, probe_dA } = shown;
  const highest_dA = Math.max(high_dA.L1, high_dA.L2, high_dA.L3);
  return {
    low_dA: mapPhases(low_dA, (low) => Math.floor(low)),
    high_dA: mapPhases(high_dA, (high) => Math.ceil(high)),
    phases: knownPhases(point),
    saturated: allowed_dA > 0 && highest_dA < allowed_dA - UNUSED_dA,
    probe_dA,
  };
}
