// What each kind of source is like: how fine and how noisy its readings are, how late it is by itself, and therefore how
// much evidence accuses it. Every figure that a lie is judged by stands here.
import type { Deciamps, Milliseconds } from '@fairamp/units';

/** sensorbox: 1, 1.1, 1.5. modbus: a meter that is asked about each second. p1: a smart meter's own telegram, in whole A. */
export type SourceKind = 'sensorbox' | 'modbus' | 'p1';

export type Source = {
  readonly resolution_dA: Deciamps;
  /** Measured so long before `measuredAt` at most: between converter and wire, or averaged over so long. */
  readonly early_ms: Milliseconds;
  /** A step of our cars is judged between readings that are no further apart. */
  readonly span_ms: Milliseconds;
  /** Without a change of the house for so long before, a step of ours is no answer to one. */
  readonly calm_ms: Milliseconds;
  /** And so long after it, nothing is to have moved. */
  readonly after_ms: Milliseconds;
  /** Nobody is raised for so long after a doubt; then the house has been calm, and a raise may test the meter. */
  readonly doubt_ms: Milliseconds;
  /**
   * Readings in a row, alike on all conductors, that no honest source of this kind gives while a car charges; null =
   * its steps are so coarse that it may.
   */
  readonly alike: number | null;
  /** Points of our cars' steps within such a row that accuse it, and alike samples after the step. */
  readonly frozenPoints: number;
  readonly frozenAfter: number;
  /** Points of steps that speak for one lie, without one between that speaks for the meter. */
  readonly points: number;
  /** So many of the newest samples below what our cars draw. */
  readonly short: { readonly of: number; readonly samples: number };
};

/**
 * alike: a car's steady 16 A read to a tenth by a converter with 0.3 % of noise stays the same from one reading to the
 * next in at most 9 cases of 10, whatever the house does; 120 in a row are then less likely than one in a hundred
 * thousand. A Modbus meter averages: alone with a car on its circuit it may read the same for minutes, though not for ten,
 * in which the mains' voltage moves by more than a tenth of 16 A.
 */
export const SOURCES: { readonly [kind in SourceKind]: Source } = {
  sensorbox: {
    resolution_dA: 1,
    early_ms: 1_000,
    span_ms: 25_000,
    calm_ms: 8_000,
    after_ms: 3_500,
    doubt_ms: 10_000,
    alike: 120,
    frozenPoints: 1,
    frozenAfter: 1,
    points: 3,
    short: { of: 6, samples: 3 },
  },
  modbus: {
    resolution_dA: 1,
    early_ms: 1_500,
    span_ms: 25_000,
    calm_ms: 8_000,
    after_ms: 3_500,
    doubt_ms: 10_000,
    alike: 600,
    frozenPoints: 1,
    frozenAfter: 2,
    points: 3,
    short: { of: 6, samples: 3 },
  },
  p1: {
    resolution_dA: 10,
    early_ms: 3_000,
    span_ms: 42_000,
    calm_ms: 19_000,
    after_ms: 9_000,
    doubt_ms: 20_000,
    alike: null,
    frozenPoints: 3,
    frozenAfter: 1,
    points: 5,
    short: { of: 4, samples: 2 },
  },
};

/** Between two readings that our cars changed nothing of: four deviations of noise and flicker, each beside its roundings. */
export function toleranceOf({ resolution_dA }: Source, one_dA: Deciamps, other_dA: Deciamps): Deciamps {
  return 4 + resolution_dA + 0.035 * Math.max(Math.abs(one_dA), Math.abs(other_dA));
}

/** How far below the truth of our own meters a reading may lie: two meters of class 1, a clamp, and the roundings. */
export function shortfallOf({ resolution_dA }: Source, cars_dA: Deciamps): Deciamps {
  return 5 + resolution_dA + 0.06 * cars_dA;
}

/** What an input without a transformer may pick up. */
export const NOTHING_dA: Deciamps = 5;
/** Anything less is no step of ours: a house does such things all day (I7: 2 A). */
export const SMALLEST_STEP_dA: Deciamps = 20;
/** Our cars are known so well, or changed by so little, that nothing is lost by calling it nothing. */
export const NARROW_dA: Deciamps = 10;
/** A house that undoes such a step by chance within seconds is so rare that it counts twice. */
const LARGE_STEP_dA: Deciamps = 50;

export function pointsOf(step_dA: Deciamps): number {
  return Math.abs(step_dA) >= LARGE_STEP_dA ? 2 : 1;
}
