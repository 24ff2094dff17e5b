// The newest samples, and when some in a row say the same. Only such a rest is compared with another one: a load of the
// house inside it, or a sample that saw half of a car's step, is noticed and the step does not count.
import { type Milliseconds, type PerPhase, PHASES, perPhase } from '@fairamp/units';
import type { SampleEvent } from './types.js';

export type Sample = { readonly measuredAt: Milliseconds; readonly current_dA: PerPhase<number> };

/** The median of samples at rest, and the time that they span. */
export type Reading = { readonly from: Milliseconds; readonly to: Milliseconds; readonly current_dA: PerPhase<number> };

const KEPT = 8;
/** Noise of a Sensorbox is 0.3 A and 1 %; the smallest load that matters here is 2 A. */
const SPREAD_dA = 12;
const SPREAD_SHARE = 0.03;
/** Three samples of the slowest source (10 s apart) and some late ones. */
const LONGEST_REST_ms: Milliseconds = 40_000;

export function remember(samples: readonly Sample[], { measuredAt, current_dA }: SampleEvent): readonly Sample[] {
  const newest = samples.at(-1);
  if (newest !== undefined && measuredAt <= newest.measuredAt) return samples;
  return [...samples.slice(1 - KEPT), { measuredAt, current_dA }];
}

export type Span = { readonly since: Milliseconds; readonly until: Milliseconds };

/** Of the newest `count` that were measured in this time; null = too few, or not at rest. */
export function restOf(samples: readonly Sample[], { since, until }: Span, count: 2 | 3): Reading | null {
  const newest = samples.filter(({ measuredAt }) => measuredAt >= since && measuredAt <= until).slice(-count);
  const [first] = newest;
  const last = newest.at(-1);
  if (first === undefined || last === undefined || newest.length < count) return null;
  const current_dA = perPhase((phase) => median(newest.map((sample) => sample.current_dA[phase])));
  const isAtRest = PHASES.every((phase) => {
    const values = newest.map((sample) => sample.current_dA[phase]);
    const spread = Math.max(...values) - Math.min(...values);
    return spread <= SPREAD_dA + SPREAD_SHARE * Math.abs(current_dA[phase]);
  });
  const isShort = last.measuredAt - first.measuredAt <= LONGEST_REST_ms;
  return isAtRest && isShort ? { from: first.measuredAt, to: last.measuredAt, current_dA } : null;
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((one, other) => one - other);
  const middle = (sorted.length - 1) / 2;
  return ((sorted[Math.floor(middle)] ?? 0) + (sorted[Math.ceil(middle)] ?? 0)) / 2;
}
