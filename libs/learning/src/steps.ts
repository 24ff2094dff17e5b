// When a charge point has settled after a movement and the mains are at rest again, the step counts: it is compared
// with the rest before, less what other cars changed meanwhile. What stays unclear for too long is dropped.
import { type Milliseconds, type PerPhase, PHASES, mapPhases, perPhase } from '@fairamp/units';
import type { LearningState } from './learning.js';
import { type Step, explainMetered } from './metered.js';
import { surpriseOn } from './noise.js';
import { changeOf, shownBy } from './others.js';
import { type Movement, type PointState, settle, settlesAt } from './point.js';
import { type Beliefs, added } from './posterior.js';
import { beliefsOf, chooseReference } from './site.js';
import { type Reading, restOf } from './samples.js';
import type { Answer, LearningConfig } from './types.js';
import { explainUnmetered } from './unmetered.js';

/** A slow ramp is over by then; later it is too likely that the house has changed. */
const LONGEST_STEP_ms: Milliseconds = 75_000;
/** Smaller ones drown. */
const SMALLEST_dA = 15;

export function closeSteps(before: LearningState, at: Milliseconds, config: LearningConfig): LearningState {
  let state = before;
  for (const { id } of config.chargePoints) {
    const movement = state.points[id]?.movement ?? null;
    if (movement !== null) state = close(state, { id, movement, at }, config);
  }
  return state;
}

type Closing = { readonly id: string; readonly movement: Movement; readonly at: Milliseconds };

function close(state: LearningState, closing: Closing, config: LearningConfig): LearningState {
  const { id, movement, at } = closing;
  const { before } = movement;
  if (before === null || at - movement.from > LONGEST_STEP_ms)
    return at < settlesAt(movement) ? state : settled(state, id);
  const after = restOf(state.samples, settlesAt(movement), Infinity);
  if (after === null) return state;
  const others_dA = othersOf(state, { id, since: before.from, until: after.to }, config);
  if (others_dA === 'moving') return state;
  if (others_dA === 'unknown') return settled(state, id);
  return learn(state, { id, movement, before, after, others_dA }, config);
}

function settled(state: LearningState, id: string): LearningState {
  const point = state.points[id];
  return point === undefined ? state : { ...state, points: { ...state.points, [id]: settle(point) } };
}

type Meanwhile = { readonly id: string; readonly since: Milliseconds; readonly until: Milliseconds };

function othersOf(
  state: LearningState,
  { id, since, until }: Meanwhile,
  config: LearningConfig,
): PerPhase<number> | 'moving' | 'unknown' {
  let sum_dA = perPhase(() => 0);
  let beliefs: Beliefs | null = null;
  for (const [index, other] of config.chargePoints.entries()) {
    const point = state.points[other.id];
    if (other.id === id || point === undefined) continue;
    const change = changeOf(point, since, until);
    if (change === 'still') continue;
    if (change === 'moving' || change === 'unknown') return change;
    beliefs ??= beliefsOf(state, config);
    const belief = beliefs.points[index];
    const shown_dA = belief === undefined ? null : shownBy(change, belief);
    if (shown_dA === null) return 'unknown';
    sum_dA = mapPhases(sum_dA, (sum, phase) => sum + shown_dA[phase]);
  }
  return sum_dA;
}

type Clear = {
  readonly id: string;
  readonly movement: Movement;
  readonly before: Reading;
  readonly after: Reading;
  readonly others_dA: PerPhase<number>;
};

function learn(state: LearningState, clear: Clear, config: LearningConfig): LearningState {
  const point = state.points[clear.id];
  if (point === undefined) return state;
  const { before, after, others_dA } = clear;
  const surprise = surpriseOn(state.noise, after.to - before.from);
  const { mainsPhases, mayExport } = config;
  const step: Step = { before, after, signed: state.signed, mayExport, mainsPhases, others_dA, surprise };
  const taught = explained(point, clear, step);
  const points = { ...state.points, [clear.id]: settle(taught) };
  return taught === point ? { ...state, points } : chooseReference({ ...state, points }, config);
}

function explained(point: PointState, clear: Clear, step: Step): PointState {
  const was = point.levels.at(-1);
  const { to } = clear.movement;
  if (was === undefined) return point;
  const most_dA = to.offer_dA - was.offer_dA;
  const was_dA = was.draw_dA;
  if (to.draw_dA === null || was_dA === null) {
    const isClear = Math.abs(most_dA) >= SMALLEST_dA && PHASES.every((phase) => step.others_dA[phase] === 0);
    if (!isClear) return point;
    const session = added(point.session, explainUnmetered(step, most_dA));
    return counted({ ...point, session }, clear, { draw_dA: null, most_dA });
  }
  const draw_dA = mapPhases(to.draw_dA, (value, phase) => value - was_dA[phase]);
  if (PHASES.every((phase) => Math.abs(draw_dA[phase]) < SMALLEST_dA)) return point;
  const table = added(point.table, explainMetered(step, draw_dA));
  return counted({ ...point, table }, clear, { draw_dA, most_dA });
}

const ANSWERS_KEPT = 3;

function counted(point: PointState, clear: Clear, change: Pick<Answer, 'draw_dA' | 'most_dA'>): PointState {
  const { id, before, after, movement } = clear;
  const shown_dA = mapPhases(after.current_dA, (value, phase) => value - before.current_dA[phase]);
  const answer: Answer = { chargePoint: id, at: movement.from, ...change, shown_dA };
  const latest = [...point.latest, answer].slice(-ANSWERS_KEPT);
  return { ...point, steps: point.steps + 1, carSteps: point.carSteps + 1, latest };
}
