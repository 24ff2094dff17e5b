// What the steps of our own cars teach about the wiring. Fed by the master's node with every sample and every report;
// asked for proposals whenever somebody looks. It decides nothing about currents.
import { type Milliseconds, assert, ownOf } from '@fairamp/units';
import { type OpenStep, closeStep } from './steps.js';
import { type Noise, assumedNoise, hearPair } from './noise.js';
import { type PointState, hearPoint, initialPoint, isLost, leave } from './point.js';
import { type Reading, type Sample, remember, restOf } from './samples.js';
import type { ChargePointEvent, LearningConfig, LearningEvent, SampleEvent } from './types.js';

export type LearningState = {
  /** Newest last; at most eight. */
  readonly samples: readonly Sample[];
  /** Of the newest sample. */
  readonly signed: boolean;
  readonly noise: Noise;
  /** A rest while all our cars stood still, for a pair of noise. */
  readonly quiet: Reading | null;
  readonly open: OpenStep | null;
  readonly points: Readonly<Record<string, PointState>>;
  /** The charge point by which all is named where nothing is confirmed; once chosen it stays. */
  readonly reference: string | null;
};

export function initialLearning({ chargePoints }: LearningConfig): LearningState {
  const points = Object.fromEntries(chargePoints.map(({ id }) => [id, initialPoint()]));
  return { samples: [], signed: true, noise: assumedNoise(), quiet: null, open: null, points, reference: null };
}

export function stepLearning(state: LearningState, event: LearningEvent, config: LearningConfig): LearningState {
  switch (event.kind) {
    case 'sample':
      return hearSample(state, event, config);
    case 'charge-point':
      return hearReport(state, event);
    case 'left':
      return withPoint(state, event.id, leave(known(state, event.id)));
  }
}

function known({ points }: LearningState, id: string): PointState {
  const point = ownOf(points, id);
  assert(point !== undefined, `charge point "${id}": not in the roster that learning began with`);
  return point;
}

function withPoint(state: LearningState, id: string, point: PointState): LearningState {
  return { ...state, points: { ...state.points, [id]: point } };
}

function hearReport(state: LearningState, event: ChargePointEvent): LearningState {
  const before = known(state, event.id);
  const point = hearPoint(before, event);
  const heard = withPoint(state, event.id, point);
  if (isLost(before, event)) return { ...heard, open: state.open === null ? null : { ...state.open, before: null } };
  if (point.movement === null || state.open !== null) return heard;
  // An offer is told at once and followed later; of a draw only the report before is sure to be from before. What made
  // us change anything is in a sample that had arrived by then, so it shows as unrest and not as an answer.
  const from = event.draw_dA === null ? event.at : before.toldAt;
  return {
    ...heard,
    quiet: null,
    open: { from, before: restOf(state.samples, { since: from - RECENT_ms, until: from }) },
  };
}
/** Two samples of the slowest source. */
const RECENT_ms: Milliseconds = 25_000;

function hearSample(before: LearningState, event: SampleEvent, config: LearningConfig): LearningState {
  // Another source: what the last one said is not to be compared.
  const isOther = event.signed !== before.signed;
  const samples = remember(isOther ? [] : before.samples, event);
  if (samples === before.samples) return before;
  const state = { ...before, samples, signed: event.signed };
  if (isOther) return { ...state, quiet: null, open: state.open === null ? null : { ...state.open, before: null } };
  return state.open === null ? listen(state, event.measuredAt) : closeStep(state, event.at, config);
}

/** Rests of a pair are so far apart as those of a step; where the house is not at rest for long, it begins anew. */
const PAIR_ms: Milliseconds = 10_000;
const LONGEST_PAIR_ms: Milliseconds = 60_000;

/** No car of ours moves: what changes now, the house does. */
function listen(state: LearningState, measuredAt: Milliseconds): LearningState {
  const { quiet, samples, noise } = state;
  if (quiet === null) return { ...state, quiet: restOf(samples, { since: measuredAt - RECENT_ms, until: Infinity }) };
  const since_ms = measuredAt - quiet.to;
  if (since_ms < PAIR_ms) return state;
  const rest = restOf(samples, { since: quiet.to, until: Infinity });
  if (rest !== null) return { ...state, quiet: rest, noise: hearPair(noise, quiet, rest) };
  return since_ms > LONGEST_PAIR_ms ? { ...state, quiet: null } : state;
}
