// A sample in a trial. It ends when every car has had its time and two samples have seen it, and a car that ramps up
// has come to the end of its ramp; one that goes on for too long, as limits never rest, is settled as far as it is.
import { type Milliseconds, type PerPhase, PHASES, mapPhases, ownOf, perPhase } from '@fairamp/units';
import { levelAt, noiseOf } from './level.js';
import { learn, shifted } from './point.js';
import { follow, mapPoints } from './quiet.js';
import { answersOf, boundsIn, doneAt, isLowered, isRaised, shownBy } from './trial.js';
import type { Answer, ClearSample, InferenceState, Move, Point, Trial } from './types.js';

const LONGEST_ms: Milliseconds = 30_000;
/** A ramp goes on as it was: by at least this a sample, and by half more at most. */
const RAMP_LEAST_dA = 3;
const RAMP_MOST = 1.5;
const SAMPLES_KEPT = 3;
/** Well above the noise, so that an answer and no answer cannot be taken for each other. */
const TEACHES_FROM_dA = 20;
/** A car draws up to a tenth less than it may. */
const UNFOLLOWED = 0.1;
/** For so long after its time a slow car may still be rising, and must not be taken for another. */
const RAMPS_FOR_ms: Milliseconds = 25_000;

export function hearAnswer(state: InferenceState, before: Trial, sample: ClearSample): InferenceState {
  if (sample.measuredAt < before.openedAt) return earlier(state, before, sample);
  const trial = withSample(state, before, sample);
  const next = { ...state, trial };
  const isSeen = trial.samples.slice(-2).filter(({ measuredAt }) => measuredAt >= doneAt(trial)).length === 2;
  const isLong = sample.at - trial.openedAt > LONGEST_ms;
  if (isSeen && (isLong || !isRamping(trial))) return settle(next, trial, { sample, isOver: true });
  return isLong ? settle(next, trial, { sample, isOver: isSeen }) : next;
}

/** Measured before the change, or perhaps so: it tells of the mains before it, unless somebody may be down already. */
function earlier(state: InferenceState, trial: Trial, sample: ClearSample): InferenceState {
  if (Object.values(trial.moves).some(isLowered)) return risenEarlier(state, trial, sample);
  const next = follow(state, sample);
  const base_dA = mapPhases(trial.base_dA, (base, phase) => next.levels?.[phase].mean_dA ?? base);
  return { ...next, trial: { ...trial, base_dA, peak_dA: base_dA } };
}

function risenEarlier(state: InferenceState, trial: Trial, { mains_dA }: ClearSample): InferenceState {
  const shifts = mapPhases(trial.base_dA, (base, phase) => {
    const rise_dA = mains_dA[phase] - base;
    return { fall_dA: 0, rise_dA: rise_dA > noiseOf(base) ? rise_dA : 0, deficit_dA: 0 };
  });
  const base_dA = mapPhases(trial.base_dA, (base, phase) => base + shifts[phase].rise_dA);
  const points = mapPoints(state, (point) => shifted(point, shifts));
  return { ...state, points, trial: { ...trial, base_dA, peak_dA: base_dA } };
}

function withSample(state: InferenceState, before: Trial, sample: ClearSample): Trial {
  const samples = [...before.samples, sample].slice(-SAMPLES_KEPT);
  const trial = { ...before, samples };
  const answers = answersOf(state, trial, { at: sample.at, isOver: false });
  const fallen_dA = mapPhases(answers, ({ mayFall_dA, noise_dA }, phase) => {
    const fall_dA = trial.base_dA[phase] - sample.mains_dA[phase] - mayFall_dA;
    return fall_dA > noise_dA ? Math.max(trial.fallen_dA[phase], fall_dA) : trial.fallen_dA[phase];
  });
  const peak_dA = mapPhases(trial.peak_dA, (peak, phase) => Math.max(peak, sample.mains_dA[phase]));
  return { ...trial, fallen_dA, peak_dA };
}

/** Past its time a car may still be rising, by about as much with each sample; what jumps is the house. */
function isRamping({ samples, moves }: Trial): boolean {
  const [first, second, third] = samples;
  if (first === undefined || second === undefined || third === undefined) return false;
  if (!Object.values(moves).some(isRaised)) return false;
  return PHASES.some((phase) => {
    const before_dA = second.mains_dA[phase] - first.mains_dA[phase];
    const now_dA = third.mains_dA[phase] - second.mains_dA[phase];
    return before_dA >= RAMP_LEAST_dA && now_dA >= RAMP_LEAST_dA && now_dA <= RAMP_MOST * before_dA;
  });
}

type End = { readonly sample: ClearSample; readonly isOver: boolean };

/** What the trial has shown becomes what is known; who has not had its time yet begins a new one. */
function settle(state: InferenceState, trial: Trial, { sample, isOver }: End): InferenceState {
  const { at } = sample;
  const answers = answersOf(state, trial, { at, isOver });
  const points = mapPoints(state, (point) => {
    const move = ownOf(trial.moves, point.id);
    const hasFollowed = isOver || (move !== undefined && move.doneAt <= sample.measuredAt);
    const bounds = boundsIn(point, move, answers, { at, isOver: hasFollowed });
    if (move === undefined) return { ...point, ...bounds };
    return settled(taught(point, trial, answers), move, { bounds, at });
  });
  const shown_dA = shownBy(trial);
  const levels = mapPhases(shown_dA, (mains, phase) => levelAt(mains, state.levels?.[phase].restless_dA_per_s));
  const next = { ...state, points, levels, trial: isOver ? null : remaining(trial, sample, shown_dA), quietSince: at };
  return isOver ? follow(next, sample) : next;
}

function settled(
  point: Point,
  move: Move,
  { bounds, at }: { bounds: Pick<Point, 'low_dA' | 'high_dA'>; at: number },
): Point {
  // A probe is over when the car has been seen below it.
  const probe = isLowered(move) ? null : point.probe;
  return { ...point, ...bounds, probe, provenAt: isRaised(move) ? at : point.provenAt };
}

/**
 * Only where nobody else moved, where it followed in full (a house that switches meanwhile hardly does so by the same
 * step), and where every conductor has either answered so or held still.
 */
function taught(point: Point, trial: Trial, answers: PerPhase<Answer>): Point {
  const move = ownOf(trial.moves, point.id);
  if (move === undefined || Object.keys(trial.moves).length > 1) return point;
  const step_dA = move.now_dA - move.from_dA;
  const noise_dA = Math.max(...PHASES.map((phase) => answers[phase].noise_dA));
  const follows = (risen_dA: number) => Math.abs(step_dA - risen_dA) <= noise_dA + UNFOLLOWED * Math.abs(step_dA);
  const answered = PHASES.filter((phase) => follows(answers[phase].risen_dA));
  const isClear = PHASES.every((phase) => answered.includes(phase) || Math.abs(answers[phase].risen_dA) <= noise_dA);
  const teaches = isClear && answered.length > 0 && Math.abs(step_dA) >= TEACHES_FROM_dA;
  return teaches ? learn(point, answered) : point;
}

function remaining(trial: Trial, { at, measuredAt }: ClearSample, base_dA: PerPhase<number>): Trial | null {
  const all = Object.entries(trial.moves);
  if (all.every(([, move]) => move.doneAt <= measuredAt)) return null;
  const open = all.filter(([, move]) => move.doneAt + (isRaised(move) ? RAMPS_FOR_ms : 0) > measuredAt);
  const moves = Object.fromEntries(open.map(([id, move]) => [id, restarted(move)]));
  const nothing = { fallen_dA: perPhase(() => 0), barred: [], samples: [] };
  return { ...trial, ...nothing, openedAt: at, base_dA, peak_dA: base_dA, moves };
}

function restarted({ from_dA, now_dA, doneAt }: Move): Move {
  return { from_dA, least_dA: Math.min(from_dA, now_dA), most_dA: Math.max(from_dA, now_dA), now_dA, doneAt };
}
