// From the state to one question for the whole site: which tables there are, what the configuration has settled, and
// by which charge point the rest is named. Turning all charge points and transformers together is never seen, so one
// of them has to be taken as it is configured.
import { AS_LABELLED, PHASES, type Rotation } from '@fairamp/units';
import { ALL, CYCLIC, indexOf, isReversed } from './hypotheses.js';
import type { LearningState } from './learning.js';
import { type Beliefs, type Question, EVERY_DIRECTION, NOTHING_SEEN, added, believe } from './posterior.js';
import { conductorsNamed } from './named.js';
import type { LearningConfig, LearningPoint } from './types.js';
import { NO_STEPS, tableOf } from './session.js';

export function beliefsOf(state: LearningState, config: LearningConfig): Beliefs {
  return believe(questionOf(state, config));
}

/** Taking nothing as given: what is measured is weighed without leaning on what somebody has written down. */
export function freeQuestion(state: LearningState, { chargePoints }: LearningConfig): Question {
  return {
    orders: ALL,
    directions: state.signed ? EVERY_DIRECTION : EVERY_DIRECTION.slice(0, 1),
    points: chargePoints.map(({ id }) => ({ table: tableFor(state, id), rotations: CYCLIC })),
  };
}

export function questionOf(state: LearningState, config: LearningConfig): Question {
  const reference = isGiven(config) ? null : state.reference;
  return {
    orders: config.transformers.isOrderConfirmed ? [indexOf(config.transformers.order)] : ALL,
    directions: directionsOf(state, config),
    points: config.chargePoints.map((point) => ({
      table: tableFor(state, point.id),
      rotations: rotationsOf(point, reference),
    })),
  };
}

/** Nothing has to be taken as a reference where somebody has looked. */
function isGiven({ transformers, chargePoints }: LearningConfig): boolean {
  return transformers.isOrderConfirmed || chargePoints.some(({ isConfirmed }) => isConfirmed);
}

function tableFor(state: LearningState, id: string): readonly number[] {
  const point = state.points[id];
  if (point === undefined) return NOTHING_SEEN;
  return point.session === NO_STEPS ? point.table : added(point.table, tableOf(point.session));
}

function rotationsOf({ id, isConfirmed, rotation }: LearningPoint, reference: string | null): readonly number[] {
  if (isConfirmed) return [indexOf(rotation)];
  return id === reference ? [indexOf(asReference(rotation))] : CYCLIC;
}

/** By definition it is as configured; a definition that is not cyclic would contradict all others. */
function asReference(rotation: Rotation): Rotation {
  return CYCLIC.includes(indexOf(rotation)) ? rotation : AS_LABELLED;
}

function directionsOf({ signed }: LearningState, { transformers }: LearningConfig): readonly number[] {
  if (!signed) return EVERY_DIRECTION.slice(0, 1);
  if (!transformers.areDirectionsConfirmed) return EVERY_DIRECTION;
  return EVERY_DIRECTION.filter((direction) =>
    PHASES.every((label) => isReversed(direction, label) === transformers.reversed.includes(label)),
  );
}

type RelativeTo = string | 'transformers' | null;

export function relativeTo(state: LearningState, config: LearningConfig): RelativeTo {
  if (config.transformers.isOrderConfirmed) return 'transformers';
  return config.chargePoints.find(({ isConfirmed }) => isConfirmed)?.id ?? state.reference;
}

/** The first of the roster of which any conductor is sure. */
export function chooseReference(state: LearningState, config: LearningConfig): LearningState {
  if (state.reference !== null || isGiven(config)) return state;
  const { pointAt } = beliefsOf(state, config);
  const index = config.chargePoints.findIndex((_, place) => conductorsNamed(pointAt(place)).length > 0);
  return { ...state, reference: config.chargePoints[index]?.id ?? null };
}
