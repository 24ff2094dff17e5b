// What many reaction times come to, with and without the time in which the computer itself stood still.
import type { Milliseconds } from '@fairamp/units';

/** Of the monotonic clock, in nanoseconds. */
export type Span = { readonly from_ns: number; readonly to_ns: number };
/** One trial: the pilot left C, the coil's line was written off. */
export type Trial = Span;

export type Distribution = {
  readonly trials: number;
  readonly p50_ms: Milliseconds;
  readonly p90_ms: Milliseconds;
  readonly p99_ms: Milliseconds;
  readonly p999_ms: Milliseconds;
  readonly most_ms: Milliseconds;
  /** IEC 61851-1 Table A.6 seq. 8.1. */
  readonly above100: number;
};

const LIMIT_ms: Milliseconds = 100;

export function distributionOf(times_ms: readonly Milliseconds[]): Distribution {
  const sorted = times_ms.toSorted((one, other) => one - other);
  // The nearest rank: a time that was really measured.
  const at = (share: number): Milliseconds => sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? NaN;
  return {
    trials: sorted.length,
    p50_ms: at(0.5),
    p90_ms: at(0.9),
    p99_ms: at(0.99),
    p999_ms: at(0.999),
    most_ms: at(1),
    above100: sorted.filter((time_ms) => time_ms > LIMIT_ms).length,
  };
}

export function timesOf(trials: readonly Trial[]): readonly Milliseconds[] {
  return trials.map(({ from_ns, to_ns }) => (to_ns - from_ns) / 1e6);
}

/** What is left of each when every moment is taken out in which a core stood still, whichever the program was on. */
export function netTimesOf(trials: readonly Trial[], stalls: readonly Span[]): readonly Milliseconds[] {
  const apart = merged(stalls);
  return trials.map((trial) => {
    const stalled_ns = apart.reduce((sum, stall) => sum + overlap_ns(trial, stall), 0);
    return (trial.to_ns - trial.from_ns - stalled_ns) / 1e6;
  });
}

/** Two cores that stand still at once are one stall. */
function merged(spans: readonly Span[]): readonly Span[] {
  const apart: Span[] = [];
  for (const span of spans.toSorted((one, other) => one.from_ns - other.from_ns)) {
    const last = apart.at(-1);
    if (last === undefined || span.from_ns > last.to_ns) apart.push(span);
    else apart[apart.length - 1] = { from_ns: last.from_ns, to_ns: Math.max(last.to_ns, span.to_ns) };
  }
  return apart;
}

function overlap_ns(one: Span, other: Span): number {
  return Math.max(0, Math.min(one.to_ns, other.to_ns) - Math.max(one.from_ns, other.from_ns));
}

export function longest_ms(spans: readonly Span[]): Milliseconds {
  return Math.max(0, ...timesOf(spans));
}
