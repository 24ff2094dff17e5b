// A sample arrives. Between our changes it moves the level, and what it shows is laid to everybody it may concern; in
// a trial it is an answer. A sample in which a metered car is just changing is neither: it only casts doubt.
import { type Milliseconds, type PerPhase, PHASES, mapPhases } from '@fairamp/units';
import { direction, withoutDirection } from './direction.js';
import { levelAt, noiseOf } from './level.js';
import { follow } from './quiet.js';
import { showAll } from './show.js';
import { hearAnswer } from './answer.js';
import type { ClearSample, InferenceConfig, InferenceEvent, InferenceState } from './types.js';

type Told = Extract<InferenceEvent, { kind: 'sample' }>;

/** Metered cars that hold still are known better than this together. */
const CLEAR_WITHIN_dA = 5;
/** So long without a clear sample, and anything may have happened: three telegrams of the slowest meter. */
const GAP_ms: Milliseconds = 30_000;

export function hearSample(state: InferenceState, told: Told, config: InferenceConfig): InferenceState {
  const { lowest_dA, highest_dA } = told.metered;
  const isClear = PHASES.every((phase) => highest_dA[phase] - lowest_dA[phase] <= CLEAR_WITHIN_dA);
  if (!isClear) return { ...state, shown: showAll(state, told.at, doubtOf(state, told)) };
  const mains_dA = mapPhases(told.current_dA, (current, phase) => current - (lowest_dA[phase] + highest_dA[phase]) / 2);
  const next = learnt(state, { at: told.at, measuredAt: told.measuredAt, mains_dA }, direction(told, config));
  const most_dA = mapPhases(mains_dA, (mains) => (config.mayExport ? Infinity : Math.max(0, mains + noiseOf(mains))));
  return { ...next, shown: showAll(next, told.at, { fall_dA: NOTHING, rise_dA: NOTHING, most_dA }) };
}

const NOTHING: PerPhase<number> = { L1: 0, L2: 0, L3: 0 };
const NO_CEILING: PerPhase<number> = { L1: Infinity, L2: Infinity, L3: Infinity };

function learnt(before: InferenceState, sample: ClearSample, near: ReturnType<typeof direction>): InferenceState {
  const isGap = before.levels !== null && sample.at - before.sampledAt > GAP_ms;
  const state = withoutDirection(isGap ? forgotten(before) : before, sample, near);
  const { at } = sample;
  if (state.levels === null) {
    const levels = mapPhases(sample.mains_dA, (mains) => levelAt(mains));
    return { ...state, levels, quietSince: at, sampledAt: at };
  }
  return state.trial === null ? follow(state, sample) : { ...hearAnswer(state, state.trial, sample), sampledAt: at };
}

/** Nothing is left of what was known; each may draw all that it is allowed. */
function forgotten(state: InferenceState): InferenceState {
  const points = Object.fromEntries(
    Object.entries(state.points).map(([id, point]) => [id, { ...point, provenAt: null, probe: null }]),
  );
  return { ...state, points, levels: null, trial: null };
}

/** What beyond noise it may be that our cars have changed by since the newest clear sample. */
function doubtOf({ levels, trial }: InferenceState, { current_dA, metered: { lowest_dA, highest_dA } }: Told) {
  if (levels === null) return { fall_dA: NOTHING, rise_dA: NOTHING, most_dA: NO_CEILING };
  const before_dA = trial?.samples.at(-1)?.mains_dA ?? mapPhases(levels, ({ mean_dA }) => mean_dA);
  const fall_dA = mapPhases(before_dA, (before, phase) => {
    return Math.max(0, before - (current_dA[phase] - highest_dA[phase]) - noiseOf(before));
  });
  const rise_dA = mapPhases(before_dA, (before, phase) => {
    return Math.max(0, current_dA[phase] - lowest_dA[phase] - before - noiseOf(before));
  });
  return { fall_dA, rise_dA, most_dA: NO_CEILING };
}
