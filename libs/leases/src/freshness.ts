// How old is what the bridge measured, on the master's own clock? The bridge echoes the master's newest beacon, so no
// two clocks need agree: age = now - sent(beacon) - since_ms + age_ms. Anything that cannot be dated is no sample
// (design 3 rule 7; leases.md B13, B14, B15).
import { failure, ok, type Milliseconds, type PerPhase, type Deciamps, type Result } from '@fairamp/units';
import { BEACONS_WITHHELD_AFTER_MS, BEACONS_WITHHELD_FOR_MS, LONGEST_ECHO_MS } from './timing.js';

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
  if (waited >= BEACONS_WITHHELD_AFTER_MS + BEACONS_WITHHELD_FOR_MS)
    return nextBeacon({ ...state, waitingSince: at }, at);
  if (waited >= BEACONS_WITHHELD_AFTER_MS) return { state, seq: null };
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
  if (told.master === null || told.echo === null) return failure('names-nobody', 'the bridge has heard no beacon yet');
  if (told.master.boot !== state.boot || told.echo.boot !== state.boot) {
    return failure('names-another', `master.boot ${told.master.boot}, not ${state.boot}`);
  }
  const { seq, since_ms } = told.echo;
  if (since_ms > LONGEST_ECHO_MS) return failure('old-echo', `since_ms ${since_ms}: above ${LONGEST_ECHO_MS}`);
  const beacon = state.beacons.find((sent) => sent.seq === seq);
  if (beacon === undefined) return failure('unknown-beacon', `echo.seq ${seq}: not among the newest ${BEACONS_KEPT}`);
  const { newest } = state;
  if (newest !== null && newest.boot === told.boot && told.seq <= newest.seq) {
    return failure('not-newer', `seq ${told.seq}: not above ${newest.seq}`);
  }
  // Drift can make the transit look negative; a sample is never younger than the bridge says.
  const age = Math.max(at - beacon.at - since_ms, 0) + told.age_ms;
  if (newest !== null && newest.boot !== told.boot && at - age < newest.measuredAt) {
    return failure('not-newer', `bridge boot ${told.boot}: measured before the newest sample of another boot`);
  }
  const { boot, current_dA, master } = told;
  return ok({ boot, seq: told.seq, arrivedAt: at, measuredAt: at - age, current_dA, namedFor_ms: master.for_ms });
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
