// Which way does it flow? A meter without direction shows a magnitude, and what the sun sends out looks like a load: our
// cars would be lowered for it, the reading would rise, and so on until nobody charges (behaviour.md 5.6 W17). The
// answers to our own steps tell: import falls with our cars, outflow rises. Two steps in a row that the reading answered
// the contrary way, and nothing else between them, and that conductor's current is known to flow out, for a while. It
// makes nobody's limit higher than an empty conductor would. Asked only where somebody has said that the sun feeds in.
import { type Deciamps, type Milliseconds, PHASES, type PerPhase, type Phase, mapPhases } from '@fairamp/units';

type OutflowEvent = {
  readonly at: Milliseconds;
  readonly current_dA: PerPhase<Deciamps>;
  readonly limit_dA: PerPhase<Deciamps>;
  /** What our cars drew together around the sample, at least and at most. */
  readonly cars: { readonly lowest_dA: PerPhase<Deciamps>; readonly highest_dA: PerPhase<Deciamps> };
};

type Seen = {
  readonly at: Milliseconds;
  readonly current_dA: Deciamps;
  readonly low_dA: Deciamps;
  readonly high_dA: Deciamps;
};
export type Outflow = {
  /** From which the next step of our cars is reckoned. */
  readonly anchor: Seen | null;
  readonly newest: Seen | null;
  /** Steps in a row that were answered the contrary way. */
  readonly contrary: number;
  /** null = it may flow in. */
  readonly believedUntil: Milliseconds | null;
};
export type OutflowState = PerPhase<Outflow>;

/** Once might be the house. */
const CONTRARY_NEEDED = 2;
/** Smaller steps are the meters' noise. */
const SMALLEST_STEP_dA = 6;
/** What a house changes by between two samples without being called a change. */
const WANDERS_dA = 15;
const ANCHOR_ms: Milliseconds = 15_000;
/** Then our cars ask again: should it have been the house after all, it is not for longer. */
const BELIEVED_ms: Milliseconds = 60_000;

const NOTHING: Outflow = { anchor: null, newest: null, contrary: 0, believedUntil: null };

export function initialOutflow(): OutflowState {
  return { L1: NOTHING, L2: NOTHING, L3: NOTHING };
}

/** On these conductors the newest sample shows what flows out. */
export function outflowOn(state: OutflowState, at: Milliseconds): readonly Phase[] {
  return PHASES.filter((phase) => {
    const { believedUntil } = state[phase];
    return believedUntil !== null && at < believedUntil;
  });
}

/** @param sample of a meter without direction */
export function stepOutflow(state: OutflowState, sample: OutflowEvent): OutflowState {
  return mapPhases(state, (before, phase) => {
    const { lowest_dA, highest_dA } = sample.cars;
    const current_dA = sample.current_dA[phase];
    const seen = { at: sample.at, current_dA, low_dA: lowest_dA[phase], high_dA: highest_dA[phase] };
    // With less it may have gone through zero since the sample before, and it asks nothing of our cars anyway.
    return 2 * current_dA < sample.limit_dA[phase] ? NOTHING : follow(before, seen);
  });
}

function follow(before: Outflow, seen: Seen): Outflow {
  const { anchor, newest } = before;
  if (anchor === null || newest === null || seen.at - anchor.at > ANCHOR_ms)
    return { ...before, anchor: seen, newest: seen };
  // The house has moved: what it was before that says nothing of now.
  if (!isContrary(newest, seen) && !isAlong(newest, seen)) return { ...NOTHING, anchor: seen, newest: seen };
  if (stepOf(anchor, seen) < SMALLEST_STEP_dA) return { ...before, newest: seen };
  const [isOut, isIn] = [isContrary(anchor, seen), isAlong(anchor, seen)];
  if (isOut === isIn) return { ...before, newest: seen };
  if (isIn) return { ...NOTHING, anchor: seen, newest: seen };
  const contrary = before.contrary + 1;
  const isProven = contrary >= CONTRARY_NEEDED;
  const believedUntil = isProven ? seen.at + BELIEVED_ms : before.believedUntil;
  return { anchor: seen, newest: seen, contrary, believedUntil };
}

/** What our cars surely changed by, either way. */
function stepOf(from: Seen, to: Seen): Deciamps {
  return Math.max(0, to.low_dA - from.high_dA, from.low_dA - to.high_dA);
}

function isAlong(from: Seen, to: Seen): boolean {
  return fits(to.current_dA - from.current_dA, from, to);
}

function isContrary(from: Seen, to: Seen): boolean {
  return fits(from.current_dA - to.current_dA, from, to);
}

function fits(read_dA: Deciamps, from: Seen, to: Seen): boolean {
  // Where our cars have held still, a house may wander; what they have done is answered as a meter can.
  const isStill = stepOf(from, to) < SMALLEST_STEP_dA;
  const tolerance_dA = isStill ? WANDERS_dA : 3 + Math.max(from.current_dA, to.current_dA) / 100;
  return read_dA >= to.low_dA - from.high_dA - tolerance_dA && read_dA <= to.high_dA - from.low_dA + tolerance_dA;
}
