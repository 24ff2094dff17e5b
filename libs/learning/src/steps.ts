// A step of the whole site: it opens when the first charge point begins to move, and closes when all have settled and
// the mains are at rest again. What stays unclear for too long, or began while the mains were not at rest, is dropped.
import { type Milliseconds, mapPhases } from '@fairamp/units';
import { type Explained, explain } from './explain.js';
import type { LearningState } from './learning.js';
import { type Mover, largestOf } from './mover.js';
import { surpriseOn } from './noise.js';
import { type PointState, isSilent, settle, settlesAt } from './point.js';
import { added, believe } from './posterior.js';
import { chooseReference, freeQuestion } from './site.js';
import { type Reading, restOf } from './samples.js';
import type { Answer, LearningConfig } from './types.js';

export type OpenStep = {
  /** The last moment that was surely before it. */
  readonly from: Milliseconds;
  /** The mains at rest before it; null = they were not, or a charge point was not heard meanwhile. */
  readonly before: Reading | null;
};

/** A slow ramp is over by then; later it is too likely that the house has changed. */
const LONGEST_STEP_ms: Milliseconds = 75_000;
/** With less the steps of a car drown in what the house does. */
const SMALLEST_dA = 15;

export function closeStep(state: LearningState, at: Milliseconds, config: LearningConfig): LearningState {
  const { open, samples } = state;
  if (open === null) return state;
  const points = Object.values(state.points);
  const settlesBy = points.reduce((latest, point) => Math.max(latest, settlesAt(point)), -Infinity);
  const isLate = at - open.from > LONGEST_STEP_ms;
  if (isLate) return drop(state);
  if (at < settlesBy) return state;
  if (open.before === null || points.some((point) => isSilent(point, at))) return drop(state);
  const after = restOf(samples, { since: settlesBy, until: Infinity });
  return after === null ? state : learn(state, { before: open.before, after, from: open.from }, config);
}

function drop(state: LearningState): LearningState {
  const points = Object.fromEntries(Object.entries(state.points).map(([id, point]) => [id, settle(lost(point))]));
  return { ...state, points, open: null };
}

/** What it draws after this, nobody has seen. */
function lost(point: PointState): PointState {
  return point.movement === null ? point : { ...point, drawn_dA: null };
}

type Clear = { readonly before: Reading; readonly after: Reading; readonly from: Milliseconds };

function learn(before: LearningState, clear: Clear, config: LearningConfig): LearningState {
  const beliefs = believe(freeQuestion(before, config));
  const moved = config.chargePoints.flatMap(({ id }, index) => {
    const point = before.points[id];
    if (point === undefined || point.movement === null) return [];
    const mover = moverOf(point, beliefs.pointAt(index).cells);
    return mover === null ? [] : [{ id, point, mover }];
  });
  const isSmall = moved.every(({ mover }) => largestOf(mover) < SMALLEST_dA);
  const state = drop(before);
  if (isSmall) return state;
  const { mainsPhases, mayExport } = config;
  const surprise = surpriseOn(before.noise, clear.after.from - clear.before.to);
  const step = { ...clear, signed: before.signed, mayExport, mainsPhases, surprise };
  const explained = explain(
    step,
    moved.map(({ mover }) => mover),
  );
  const points = moved.map(({ id, point, mover }, index): [string, PointState] => {
    const answer = explained[index] ?? null;
    const isTaught = answer !== null && largestOf(mover) >= SMALLEST_dA;
    return [id, settle(isTaught ? taught(point, { id, mover, explained: answer, clear }) : lost(point))];
  });
  return chooseReference({ ...state, points: { ...state.points, ...Object.fromEntries(points) } }, config);
}

function moverOf({ level, movement, session, drawn_dA }: PointState, cells: readonly number[]): Mover | null {
  if (level === null || movement === null) return null;
  const was_dA = level.draw_dA;
  const is_dA = movement.to.draw_dA;
  const draw_dA = was_dA === null || is_dA === null ? null : mapPhases(is_dA, (is, own) => is - was_dA[own]);
  return { draw_dA, offer: { from_dA: level.offer_dA, to_dA: movement.to.offer_dA }, drawn_dA, session, cells };
}

const ANSWERS_KEPT = 3;

type Taught = { readonly id: string; readonly mover: Mover; readonly explained: Explained; readonly clear: Clear };

function taught(point: PointState, { id, mover, explained, clear }: Taught): PointState {
  const { draw_dA, offer } = mover;
  const most_dA = offer.to_dA - offer.from_dA;
  const shown_dA = mapPhases(clear.after.current_dA, (value, phase) => value - clear.before.current_dA[phase]);
  const answer: Answer = { chargePoint: id, at: clear.from, draw_dA, most_dA, shown_dA };
  const latest = [...point.latest, answer].slice(-ANSWERS_KEPT);
  const counted = { ...point, steps: point.steps + 1, carSteps: point.carSteps + 1, latest };
  if (draw_dA !== null) return { ...counted, table: added(point.table, explained.logs) };
  const session = added(point.session, explained.logs);
  const changed_dA = explained.draws_dA[session.indexOf(0)] ?? 0;
  const drawn_dA = point.drawn_dA === null ? null : Math.max(0, point.drawn_dA + changed_dA);
  return { ...counted, session, drawn_dA };
}
