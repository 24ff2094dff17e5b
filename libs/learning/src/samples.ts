// The newest samples, and when two in a row say the same. Only such a rest is compared with another one: a load of the
// house inside it, or a sample that saw half of a car's step, is noticed and the step does not count.
import { type Milliseconds, type PerPhase, PHASES, perPhase } from '@fairamp/units';
import type { SampleEvent } from './types.js';

export type Sample = { readonly measuredAt: Milliseconds; readonly current_dA: PerPhase<number> };

/** The mean of two samples at rest, and the time that they span. */
export type Reading = { readonly from: Milliseconds; readonly to: Milliseconds; readonly current_dA: PerPhase<number> };

const KEPT = 8;
/** Noise of a Sensorbox is 0.3 A and 1 %; the smallest load that matters here is 2 A. */
const SPREAD_dA = 12;
const SPREAD_SHARE = 0.03;
/** Two samples of the slowest source (10 s apart), and one lost. */
const LONGEST_REST_ms: Milliseconds = 25_000;

export function remember(samples: readonly Sample[], { measuredAt, current_dA }: SampleEvent): readonly Sample[] {
  const newest = samples.at(-1);
  if (newest !== undefined && measuredAt <= newest.measuredAt) return samples;
  return [...samples.slice(1 - KEPT), { measuredAt, current_dA }];
}

export type Span = { readonly since: Milliseconds; readonly until: Milliseconds };

/** Of the newest two that were measured in this time; null = too few, or not at rest. */
export function restOf(samples: readonly Sample[], { since, until }: Span): Reading | null {
  const [first, last] = samples.filter(({ measuredAt }) => measuredAt >= since && measuredAt <= until).slice(-2);
  if (first === undefined || last === undefined) return null;
  const current_dA = perPhase((phase) => (first.current_dA[phase] + last.current_dA[phase]) / 2);
  const isAtRest = PHASES.every((phase) => {
    const spread_dA = Math.abs(last.current_dA[phase] - first.current_dA[phase]);
    return spread_dA <= SPREAD_dA + SPREAD_SHARE * Math.abs(current_dA[phase]);
  });
  const isShort = last.measuredAt - first.measuredAt <= LONGEST_REST_ms;
  return isAtRest && isShort ? { from: first.measuredAt, to: last.measuredAt, current_dA } : null;
}
