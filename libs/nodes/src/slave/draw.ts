// What the car draws, as a report needs it: now, the lowest of the last 7 s (a raise elsewhere may count no more), and
// the conductors that it uses. Buckets of half a second keep it short; a bucket that has begun before the window
// counts whole, which errs to the low side.
import {
  mapPhases,
  PHASES,
  perPhase,
  type Deciamps,
  type Milliseconds,
  type PerPhase,
  type Phase,
} from '@fairamp/units';
import { DRAW_LOW_WINDOW_ms } from '@fairamp/leases';

type Bucket = { readonly from: Milliseconds; readonly lowest_dA: PerPhase<Deciamps> };

export type DrawState = {
  readonly newest: { readonly at: Milliseconds; readonly draw_dA: PerPhase<Deciamps> } | null;
  readonly buckets: readonly Bucket[];
  readonly drawingSince: Milliseconds | null;
  /** Conductors that this car has used since it came. */
  readonly used: readonly Phase[];
  /** It has drawn long enough for them to be all; until it leaves, for a car that was stopped is still the same car. */
  readonly isKnown: boolean;
};

const BUCKET_ms = 500;
/** A meter that is silent for longer says nothing about now. The board meters several times a second. */
const STALE_ms = 2_000;
/** Below 1 A a conductor carries a charger's electronics, not a charge. */
const USED_FROM_dA = 10;
/** A three-phase car may start its phases some seconds apart. */
const SETTLED_ms = 10_000;

/** Nothing is known of the time before, so it counts as nothing drawn. */
export function initialDraw(at: Milliseconds): DrawState {
  return {
    newest: null,
    buckets: [{ from: at, lowest_dA: perPhase(() => 0) }],
    drawingSince: null,
    used: [],
    isKnown: false,
  };
}

export function meterDraw(state: DrawState, draw_dA: PerPhase<Deciamps>, at: Milliseconds): DrawState {
  const current = state.buckets.at(-1);
  const joins = current !== undefined && at - current.from < BUCKET_ms;
  const bucket = joins
    ? { from: current.from, lowest_dA: mapPhases(draw_dA, (draw, phase) => Math.min(draw, current.lowest_dA[phase])) }
    : { from: at, lowest_dA: draw_dA };
  const kept = (joins ? state.buckets.slice(0, -1) : state.buckets).filter(
    (one) => one.from + BUCKET_ms > at - DRAW_LOW_WINDOW_ms,
  );
  return { newest: { at, draw_dA }, buckets: [...kept, bucket], ...learnCar(state, draw_dA, at) };
}

function learnCar(
  state: DrawState,
  draw_dA: PerPhase<Deciamps>,
  at: Milliseconds,
): Pick<DrawState, 'drawingSince' | 'used' | 'isKnown'> {
  const drawing = PHASES.filter((phase) => draw_dA[phase] >= USED_FROM_dA);
  const drawingSince = drawing.length > 0 ? (state.drawingSince ?? at) : null;
  const used = PHASES.filter((phase) => drawing.includes(phase) || state.used.includes(phase));
  return { drawingSince, used, isKnown: state.isKnown || (drawingSince !== null && at - drawingSince >= SETTLED_ms) };
}

/** The car has left: the next one may use other conductors. */
export function forgetCar(state: DrawState): DrawState {
  return state.used.length === 0 ? state : { ...state, drawingSince: null, used: [], isKnown: false };
}

/** null = not metered now. */
export function drawNow(state: DrawState, at: Milliseconds): PerPhase<Deciamps> | null {
  return state.newest !== null && at - state.newest.at <= STALE_ms ? state.newest.draw_dA : null;
}

export function drawLow(state: DrawState, at: Milliseconds): PerPhase<Deciamps> | null {
  if (drawNow(state, at) === null) return null;
  return perPhase((phase) => Math.min(...state.buckets.map((bucket) => bucket.lowest_dA[phase])));
}

/** All wired conductors until the car has drawn for 10 s, then those that it has used since it came. */
export function phasesInUse(state: DrawState, wired: readonly Phase[]): readonly Phase[] {
  return state.isKnown ? wired.filter((phase) => state.used.includes(phase)) : wired;
}

/** From the charge point's terminals (first, second, third) to the mains' conductors, by its wiring. */
export function byConductor(byTerminal: PerPhase<Deciamps>, wired: readonly Phase[]): PerPhase<Deciamps> {
  const terminals = [byTerminal.L1, byTerminal.L2, byTerminal.L3];
  return perPhase((phase) => terminals[wired.indexOf(phase)] ?? 0);
}
