// How old is what the bridge measured, on the master's own clock? The bridge echoes the master's newest beacon, so no
// two clocks need agree: age = now - sent(beacon) - since_ms + age_ms. Anything that cannot be dated is no sample
// (design 3 rule 7; leases.md B13, B14, B15).
import { failure, ok, type Milliseconds, type PerPhase, type Deciamps, type Result } from '@fairamp/units';
import { BEACONS_WITHHELD_AFTER_ms, BEACONS_WITHHELD_FOR_ms, LONGEST_ECHO_ms } from './timing.js';

export type SampleTold = {
  readonly boot: string;
  readonly seq: number;
  readonly age_ms: Milliseconds;
  readonly current_dA: PerPhase<Deciamps>;
  readonly signed: boolean;
  readonly master: { readonly boot: string; readonly for_ms: Milliseconds } | null;
  readonly echo: { readonly boot: string; readonly seq: number; readonly since_ms: Milliseconds } | null;
};

export type Sample = {
  readonly boot: string;
  readonly seq: number;
  readonly arrivedAt: Milliseconds;
  /** When it was true, at the earliest, on this master's clock. */
  readonly measuredAt: Milliseconds;
  readonly current_dA: PerPhase<Deciamps>;
  /** false: the source sends magnitudes, so nothing below 0 is export. */
  readonly signed: boolean;
  /** How long, at arrival, this master had been named without a break. */
  readonly namedFor_ms: Milliseconds;
};

export type SampleRefusal = 'names-nobody' | 'names-another' | 'unknown-beacon' | 'old-echo' | 'not-newer';

type SentBeacon = { readonly seq: number; readonly at: Milliseconds };

export type FreshnessState = {
  readonly boot: string;
  /** The newest beacons sent; older ones can no longer be echoed in time. */
  readonly beacons: readonly SentBeacon[];
  readonly nextSeq: number;
  readonly newest: Sample | null;
  /** Start of the present wait for a sample: this boot's start, the newest sample, or the end of a withholding. */
  readonly waitingSince: Milliseconds;
};

// A beacon each second and an echo of at most 3 s, with room for the transit.
const BEACONS_KEPT = 8;

export function initialFreshness(boot: string, at: Milliseconds): FreshnessState {
  return { boot, beacons: [], nextSeq: 1, newest: null, waitingSince: at };
}

/** @returns seq of the beacon to send now, or null while they are withheld so that another master may be named */
export function nextBeacon(state: FreshnessState, at: Milliseconds): { state: FreshnessState; seq: number | null } {
  const waited = at - state.waitingSince;
  if (waited >= BEACONS_WITHHELD_AFTER_ms + BEACONS_WITHHELD_FOR_ms)
    return nextBeacon({ ...state, waitingSince: at }, at);
  if (waited >= BEACONS_WITHHELD_AFTER_ms) return { state, seq: null };
  const seq = state.nextSeq;
  const beacons = [...state.beacons, { seq, at }].slice(-BEACONS_KEPT);
  return { state: { ...state, beacons, nextSeq: seq + 1 }, seq };
}

export function hearSample(
  state: FreshnessState,
  told: SampleTold,
  at: Milliseconds,
): { state: FreshnessState; verdict: Result<Sample, SampleRefusal> } {
  const verdict = dated(state, told, at);
  if (!verdict.ok) return { state, verdict };
  return { state: { ...state, newest: verdict.value, waitingSince: at }, verdict };
}

function dated(state: FreshnessState, told: SampleTold, at: Milliseconds): Result<Sample, SampleRefusal> {
  const { boot, seq, current_dA, signed, master, echo } = told;
  if (master === null || echo === null) return failure('names-nobody', 'the bridge has heard no beacon yet');
  if (master.boot !== state.boot || echo.boot !== state.boot) {
    return failure('names-another', `master.boot ${master.boot}, not ${state.boot}`);
  }
  if (echo.since_ms > LONGEST_ECHO_ms)
    return failure('old-echo', `since_ms ${echo.since_ms}: above ${LONGEST_ECHO_ms}`);
  const beacon = state.beacons.find((sent) => sent.seq === echo.seq);
  if (beacon === undefined) {
    return failure('unknown-beacon', `echo.seq ${echo.seq}: not among the newest ${BEACONS_KEPT}`);
  }
  // Drift can make the transit look negative; a sample is never younger than the bridge says.
  const measuredAt = at - Math.max(at - beacon.at - echo.since_ms, 0) - told.age_ms;
  const sample = { boot, seq, arrivedAt: at, measuredAt, current_dA, signed, namedFor_ms: master.for_ms };
  return isNewer(sample, state.newest) ? ok(sample) : failure('not-newer', `seq ${seq} of boot ${boot}`);
}

/** Within one life of the bridge its seq decides; between two lives only what was measured later is newer. */
function isNewer(sample: Sample, than: Sample | null): boolean {
  if (than === null) return true;
  return sample.boot === than.boot ? sample.seq > than.seq : sample.measuredAt >= than.measuredAt;
}

/** For how long a grant on this sample may be valid, at most; 0 or less = no grant. */
export function validFor(
  measuredAt: Milliseconds,
  at: Milliseconds,
  oldestSample: Milliseconds,
  longest: Milliseconds,
): Milliseconds {
  return Math.min(longest, oldestSample - (at - measuredAt));
}
