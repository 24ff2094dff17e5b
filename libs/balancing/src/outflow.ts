// Which way does it flow? A meter without direction shows a magnitude, and what the sun sends out looks like a load: our
// cars would be lowered for it, the reading would rise, and so on until nobody charges (behaviour.md 5.6 W17). The
// answers to our own steps tell: import falls with our cars, outflow rises. Two steps in a row that the reading answered
// the contrary way, and nothing else between them, and that conductor's current is taken to flow out, for a while. Then
// it lowers nobody, and our cars may have a little more, step by step: what is believed is tried by every sample, and as
// soon as our cars draw more and the reading has not fallen for it, or it has risen by itself, it flows in. Asked only
// where somebody has said that the sun feeds in.
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
  readonly believed: Believed | null;
};
/** Since then it should have fallen by what our cars took more. */
type Believed = { readonly until: Milliseconds; readonly from: Seen };
export type OutflowState = PerPhase<Outflow>;

/** Once might be the house. */
const CONTRARY_NEEDED = 2;
/** Smaller ones a house that drifts answers the contrary way every few minutes. */
const SMALLEST_STEP_dA = 10;
/** In tenths of the limit: no sun sends out for minutes what its own fuse would open at. */
const MOST_OUT_tenths = 14.5;
/** What a house changes by between two samples without being called a change. */
const WANDERS_dA = 15;
const ANCHOR_ms: Milliseconds = 15_000;
/** Then our cars ask again: should it have been the house after all, it is not for longer. */
const BELIEVED_ms: Milliseconds = 60_000;

/** What our cars may have more there at once: should it flow in after all, it is over by no more before that is seen. */
export const TRIED_dA: Deciamps = 20;

const NOTHING: Outflow = { anchor: null, newest: null, contrary: 0, believed: null };

export function initialOutflow(): OutflowState {
  return { L1: NOTHING, L2: NOTHING, L3: NOTHING };
}

/** On these conductors the newest sample shows what flows out. */
export function outflowOn(state: OutflowState, at: Milliseconds): readonly Phase[] {
  return PHASES.filter((phase) => {
    const { believed } = state[phase];
    return believed !== null && at < believed.until;
  });
}

/** @param sample of a meter without direction */
export function stepOutflow(state: OutflowState, sample: OutflowEvent): OutflowState {
  return mapPhases(state, (before, phase) => {
    const { lowest_dA, highest_dA } = sample.cars;
    const current_dA = sample.current_dA[phase];
    const seen = { at: sample.at, current_dA, low_dA: lowest_dA[phase], high_dA: highest_dA[phase] };
    const limit_dA = sample.limit_dA[phase];
    // With less it may have gone through zero since the sample before, and it asks nothing of our cars anyway.
    const canBe = 2 * current_dA >= limit_dA && 10 * current_dA <= MOST_OUT_tenths * limit_dA;
    return canBe ? follow(before, seen) : NOTHING;
  });
}

function follow(before: Outflow, seen: Seen): Outflow {
  const { anchor, newest, believed } = before;
  if (believed !== null && isRefuted(believed.from, seen)) return { ...NOTHING, anchor: seen, newest: seen };
  if (anchor === null || newest === null || seen.at - anchor.at > ANCHOR_ms)
    return { ...before, anchor: seen, newest: seen };
  // The house has moved: what it was before that says nothing of now.
  if (!isContrary(newest, seen) && !isAlong(newest, seen)) return { ...NOTHING, anchor: seen, newest: seen };
  return stepOf(anchor, seen) < SMALLEST_STEP_dA ? { ...before, newest: seen } : answered(before, anchor, seen);
}

/** Our cars have surely changed since the anchor, so the answer tells. */
function answered(before: Outflow, anchor: Seen, seen: Seen): Outflow {
  const [isOut, isIn] = [isContrary(anchor, seen), isAlong(anchor, seen)];
  if (isOut === isIn) return { ...before, newest: seen };
  if (isIn) return { ...NOTHING, anchor: seen, newest: seen };
  const contrary = before.contrary + 1;
  const isProven = contrary >= CONTRARY_NEEDED;
  const proven = isProven ? { until: seen.at + BELIEVED_ms, from: seen } : before.believed;
  return { anchor: seen, newest: seen, contrary, believed: proven };
}

/** What flows out falls by all that our cars surely take more, and does not rise by itself. */
function isRefuted(from: Seen, { current_dA, low_dA }: Seen): boolean {
  const more_dA = Math.max(0, low_dA - from.high_dA);
  return current_dA > from.current_dA - more_dA + WANDERS_dA;
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
