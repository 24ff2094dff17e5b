// A trial: limits of ours have moved, and the mains answer or do not. The only place where a car's lower bound goes
// up: by what the mains rose after a raise of ours, less the meters' noise, less what every other raised car may have
// added, and never beyond what the raise allowed. Two samples must show it.
import {
  type Milliseconds,
  type PerPhase,
  PHASES,
  type Phase,
  mapPhases,
  ownOf,
  perPhase,
  sumOf,
} from '@fairamp/units';
import { noiseOf } from './level.js';
import { boundsAt, fallOf, followed, knownPhases, usedPhases } from './point.js';
import type { Answer, Bounds, InferenceState, Move, Point, Trial } from './types.js';

/** IEC 61851-1: a car is at or under a lower duty within 5 s; it takes up a higher one as quickly. */
const FOLLOWS_WITHIN_ms: Milliseconds = 5_000;
/** From the contactor to the charge: a car may start its conductors some seconds apart. */
const STARTS_WITHIN_ms: Milliseconds = 10_000;
/** Below 1 A a conductor carries a charger's electronics, not a charge. */
const USED_FROM_dA = 10;

export function moved(before: Move | undefined, point: Point, to_dA: number, at: Milliseconds): Move {
  const { from_dA, least_dA, most_dA, doneAt } = before ?? unmoved(point, at);
  const isStart = point.allowed_dA === 0 && to_dA > 0;
  return {
    from_dA,
    least_dA: Math.min(least_dA, to_dA),
    most_dA: Math.max(most_dA, to_dA),
    now_dA: to_dA,
    doneAt: Math.max(doneAt, at + (isStart ? STARTS_WITHIN_ms : FOLLOWS_WITHIN_ms)),
  };
}

function unmoved({ allowed_dA }: Point, at: Milliseconds): Move {
  return { from_dA: allowed_dA, least_dA: allowed_dA, most_dA: allowed_dA, now_dA: allowed_dA, doneAt: at };
}

export function isRaised(move: Move): boolean {
  return move.most_dA > move.from_dA;
}

export function isLowered(move: Move): boolean {
  return move.least_dA < move.from_dA;
}

export function doneAt({ moves }: Trial): Milliseconds {
  return Math.max(...Object.values(moves).map((move) => move.doneAt));
}

/** What both newest samples show of the mains: the lower one; before there are two, nothing has risen. */
export function shownBy({ samples, base_dA }: Trial): PerPhase<number> {
  const [older, newer] = samples.slice(-2);
  if (older === undefined || newer === undefined) {
    return mapPhases(base_dA, (base, phase) => Math.min(base, older?.mains_dA[phase] ?? base));
  }
  return mapPhases(older.mains_dA, (mains, phase) => Math.min(mains, newer.mains_dA[phase]));
}

/** @param isOver every car has had its time: what was lowered is down */
export function answersOf(
  state: InferenceState,
  trial: Trial,
  { at, isOver }: { readonly at: Milliseconds; readonly isOver: boolean },
): PerPhase<Answer> {
  const shown_dA = shownBy(trial);
  const movers = Object.entries(trial.moves).flatMap(([id, move]) => {
    const point = ownOf(state.points, id);
    return point === undefined ? [] : [{ point, move, bounds: boundsAt(point, at) }];
  });
  return perPhase((phase) => {
    const here = movers.filter(({ point }) => usedPhases(point).includes(phase));
    return {
      risen_dA: shown_dA[phase] - trial.base_dA[phase],
      fallen_dA: trial.fallen_dA[phase],
      peak_dA: trial.peak_dA[phase] - trial.base_dA[phase],
      mayRise_dA: sumOf(here, ({ move, bounds }) => mayRise(move, bounds.low_dA[phase])),
      mayFall_dA: sumOf(here, ({ move, bounds }) => mayFall(move, bounds.high_dA[phase])),
      surelyFell_dA: isOver ? sumOf(here, ({ move, bounds }) => Math.max(0, bounds.low_dA[phase] - move.now_dA)) : 0,
      noise_dA: noiseOf(Math.max(shown_dA[phase], trial.base_dA[phase])),
      restless_dA: (state.levels?.[phase].restless_dA_per_s ?? 0) * Math.max(0, (at - trial.openedAt) / 1000),
      isBarred: trial.barred.includes(phase),
    };
  });
}

function mayRise(move: Move, low_dA: number): number {
  return isRaised(move) ? Math.max(0, move.most_dA - clipped(move, low_dA)) : 0;
}

function mayFall(move: Move, high_dA: number): number {
  return isLowered(move) ? Math.max(0, high_dA - followed(move.least_dA)) : 0;
}

/** What it surely draws of that once it was lowered on the way. */
function clipped(move: Move, low_dA: number): number {
  return isLowered(move) ? Math.min(low_dA, followed(move.least_dA)) : low_dA;
}

/** Bounds as the newest samples leave them. */
export function boundsIn(
  point: Point,
  move: Move | undefined,
  answers: PerPhase<Answer>,
  { at, isOver }: { readonly at: Milliseconds; readonly isOver: boolean },
): Bounds {
  const before = boundsAt(point, at);
  const taken_dA = fallOf(
    point,
    before.low_dA,
    mapPhases(answers, ({ fallen_dA, risen_dA }) => ({ fall_dA: fallen_dA, rise_dA: 0, deficit_dA: -risen_dA })),
  );
  const least_dA = mapPhases(before.low_dA, (low, phase) => {
    return Math.max(0, (move === undefined ? low : clipped(move, low)) - taken_dA[phase]);
  });
  const each_dA = mapPhases(before.high_dA, (high, phase) => highIn(high, move, answers[phase], isOver));
  const high_dA = move !== undefined && isRaised(move) ? evenedUp(point, each_dA) : each_dA;
  if (move === undefined) return { low_dA: least_dA, high_dA: cappedBy(high_dA, point.allowed_dA) };
  const credit_dA = creditOf(point, move, answers, before.low_dA);
  const low_dA = mapPhases(least_dA, (low, phase) => low + credit_dA[phase]);
  return { low_dA: cappedBy(low_dA, move.now_dA), high_dA: cappedBy(high_dA, isOver ? move.now_dA : move.most_dA) };
}

function cappedBy(current_dA: PerPhase<number>, most_dA: number): PerPhase<number> {
  return mapPhases(current_dA, (current) => Math.min(current, most_dA));
}

/** The house may have gone down on one conductor while the car went up on all of its own. */
function evenedUp(point: Point, high_dA: PerPhase<number>): PerPhase<number> {
  const used = usedPhases(point);
  const most_dA = Math.max(...used.map((phase) => high_dA[phase]));
  return mapPhases(high_dA, (high, phase) => (used.includes(phase) ? most_dA : high));
}

function highIn(high_dA: number, move: Move | undefined, answer: Answer, isOver: boolean): number {
  const { peak_dA, mayRise_dA, mayFall_dA, noise_dA, restless_dA } = answer;
  if (move !== undefined && isRaised(move)) {
    return isOver
      ? high_dA + Math.max(0, peak_dA + mayFall_dA) + noise_dA + restless_dA
      : Math.max(high_dA, move.most_dA);
  }
  const unexplained_dA = peak_dA - mayRise_dA;
  return unexplained_dA > noise_dA ? high_dA + unexplained_dA : high_dA;
}

/** What of the mains' rise is this car's own for certain, on each conductor. */
function creditOf(point: Point, move: Move, answers: PerPhase<Answer>, low_dA: PerPhase<number>): PerPhase<number> {
  const raw_dA = mapPhases(answers, (answer, phase) =>
    rawCredit(point, move, answer, { phase, low_dA: low_dA[phase] }),
  );
  const known = knownPhases(point);
  if (known !== null) {
    // A car takes the same from each of its conductors, so the clearest answer holds for all; where they disagree, one
    // of them was the house.
    const values = known.map((phase) => raw_dA[phase]);
    const common_dA = isCommon(known, raw_dA, answers) ? Math.max(...values) : Math.min(...values);
    return mapPhases(raw_dA, (_, phase) => (known.includes(phase) ? common_dA : 0));
  }
  const answered = agreeing(raw_dA, answers);
  const isWhole = PHASES.every((phase) => low_dA[phase] <= USED_FROM_dA || answered.includes(phase));
  return mapPhases(raw_dA, (raw, phase) => (isWhole && answered.includes(phase) ? raw : 0));
}

/** All that answered; where they disagree, the two that do not: a house hardly switches on two conductors alike. */
function agreeing(raw_dA: PerPhase<number>, answers: PerPhase<Answer>): readonly Phase[] {
  const answered = PHASES.filter((phase) => raw_dA[phase] > USED_FROM_dA);
  if (isCommon(answered, raw_dA, answers)) return answered;
  const pairs = answered.map((without) => answered.filter((phase) => phase !== without));
  const alike = pairs.filter((pair) => pair.length === 2 && isCommon(pair, raw_dA, answers));
  return alike.length === 1 ? (alike[0] ?? []) : [];
}

function isCommon(phases: readonly Phase[], raw_dA: PerPhase<number>, answers: PerPhase<Answer>): boolean {
  const most_dA = Math.max(...phases.map((phase) => raw_dA[phase]));
  return phases.every((phase) => most_dA <= mayHaveRisen(answers[phase]));
}

/** Others may have gone down meanwhile and hidden a part of it; beyond that it would have been seen. */
function mayHaveRisen({ risen_dA, fallen_dA, mayFall_dA, noise_dA }: Answer): number {
  return risen_dA + fallen_dA + mayFall_dA + noise_dA;
}

function rawCredit(
  point: Point,
  move: Move,
  answer: Answer,
  { phase, low_dA }: { readonly phase: Phase; readonly low_dA: number },
): number {
  if (!isRaised(move) || answer.isBarred || !usedPhases(point).includes(phase)) return 0;
  const { risen_dA, fallen_dA, mayRise_dA, surelyFell_dA, noise_dA, restless_dA } = answer;
  // More than all our cars may have taken: then the house has come on too, and nobody knows with how much.
  if (risen_dA + surelyFell_dA > mayRise_dA + 2 * noise_dA) return 0;
  const own_dA = mayRise(move, low_dA);
  const rise_dA = risen_dA + fallen_dA + surelyFell_dA - noise_dA - restless_dA - (mayRise_dA - own_dA);
  return Math.max(0, Math.min(rise_dA, own_dA));
}
