// What the steps of our own cars teach about the wiring. Fed by the master's node with every sample and every report;
// asked for proposals whenever somebody looks. It decides nothing about currents.
import { type Milliseconds, assert } from '@fairamp/units';
import { closeSteps } from './steps.js';
import { type Noise, assumedNoise, hearPair } from './noise.js';
import { type PointState, hearPoint, initialPoint } from './point.js';
import { added } from './posterior.js';
import { type Reading, type Sample, remember, restOf } from './samples.js';
import type { LearningConfig, LearningEvent, SampleEvent } from './types.js';
import { NO_STEPS, tableOf } from './unmetered.js';

export type LearningState = {
  readonly samples: readonly Sample[];
  /** Of the newest sample. */
  readonly signed: boolean;
  readonly noise: Noise;
  /** A rest while all our cars stood still, for a pair of noise. */
  readonly quiet: Reading | null;
  readonly points: Readonly<Record<string, PointState>>;
  /** The charge point by which all is named where nothing is confirmed; once chosen it stays. */
  readonly reference: string | null;
};

export function initialLearning({ chargePoints }: LearningConfig): LearningState {
  const points = Object.fromEntries(chargePoints.map(({ id }) => [id, initialPoint()]));
  return { samples: [], signed: true, noise: assumedNoise(), quiet: null, points, reference: null };
}

export function stepLearning(state: LearningState, event: LearningEvent, config: LearningConfig): LearningState {
  switch (event.kind) {
    case 'sample':
      return hearSample(state, event, config);
    case 'charge-point':
      return withPoint(state, event.id, (point) => hearPoint(point, event, state.samples));
    case 'left':
      return withPoint(state, event.id, leave);
  }
}

function withPoint(state: LearningState, id: string, change: (point: PointState) => PointState): LearningState {
  const point = state.points[id];
  assert(point !== undefined, `charge point "${id}": not in the roster that learning began with`);
  return { ...state, points: { ...state.points, [id]: change(point) } };
}

/** The next car may use other conductors; what this one showed of the wiring stays. */
function leave(point: PointState): PointState {
  return { ...point, table: added(point.table, tableOf(point.session)), session: NO_STEPS, carSteps: 0 };
}

function hearSample(before: LearningState, event: SampleEvent, config: LearningConfig): LearningState {
  // Another source: what the last one said is not to be compared.
  const isOther = event.signed !== before.signed;
  const samples = remember(isOther ? [] : before.samples, event);
  if (samples === before.samples) return before;
  const state = { ...before, samples, signed: event.signed, quiet: isOther ? null : before.quiet };
  return closeSteps(listen(state), event.at, config);
}

/** Rests of a pair are so far apart as those of a step; where the house is not at rest for long, it begins anew. */
const PAIR_ms: Milliseconds = 12_000;
const LONGEST_PAIR_ms: Milliseconds = 60_000;

function listen(state: LearningState): LearningState {
  const { quiet, samples, noise, points } = state;
  if (Object.values(points).some(({ movement }) => movement !== null)) return { ...state, quiet: null };
  if (quiet === null) return { ...state, quiet: restOf(samples, settledSince(state), Infinity) };
  const since_ms = (samples.at(-1)?.measuredAt ?? 0) - quiet.to;
  if (since_ms < PAIR_ms) return state;
  const rest = restOf(samples, quiet.to, Infinity);
  if (rest !== null) return { ...state, quiet: rest, noise: hearPair(noise, quiet, rest) };
  return since_ms > LONGEST_PAIR_ms ? { ...state, quiet: null } : state;
}

/** A sample from before the last car settled shows that car. */
function settledSince({ points }: LearningState): Milliseconds {
  return Object.values(points).reduce((latest, { levels }) => Math.max(latest, levels.at(-1)?.from ?? 0), 0);
}
