// The symbols of the lease rules, in one place. Change one only together with a simulator run that shows why: every
// figure stands in several proofs at once (reliability.md 2, leases.md).
import type { Milliseconds } from '@fairamp/units';

/** T: longest lease. The manual's figure: "10 seconds ... will stop charging". */
export const LONGEST_LEASE_ms: Milliseconds = 10_000;
/** A: oldest usable mains sample, for sources that report at least every 2 s. Slower meters bring their own. */
export const OLDEST_SAMPLE_ms: Milliseconds = 10_000;
/** A raise needs a fresher sample: a superseded master then cannot meet a freed reservation (leases.md B2). */
export const OLDEST_SAMPLE_FOR_RAISE_ms: Milliseconds = 5_000;
/** q: from the lease's end to the pilot being off. */
export const SLAVE_REACTION_ms: Milliseconds = 500;
/** E: a car follows a lowered duty (IEC 61851-1 Annex A: 5 s). */
export const CAR_FOLLOWS_ms: Milliseconds = 5_000;
/** H: soft stop, the car's time to stop drawing before the contactor opens under load (IEC 61851-1 Table A.6 seq. 10.2). */
export const SOFT_STOP_ms: Milliseconds = 6_000;
/** c: contactor command to contacts apart. */
export const CONTACTOR_ms: Milliseconds = 250;
/** Beacons and grants come each second. */
export const CYCLE_ms: Milliseconds = 1_000;
/** A slave unheard for longer counts as not cut. */
export const HEARD_WITHIN_ms: Milliseconds = 2_500;
/** The bridge names another master only after this long without a newer beacon of the named one. */
export const BEACON_SILENCE_ms: Milliseconds = 3_000;
/** A sample whose echo was held longer hides the drift of two clocks (leases.md B14). */
export const LONGEST_ECHO_ms: Milliseconds = 3_000;
/** A named master without samples lets a standby have the bridge: it withholds beacons this long after 5 s without one (leases.md, residual b). */
export const BEACONS_WITHHELD_AFTER_ms: Milliseconds = 5_000;
export const BEACONS_WITHHELD_FOR_ms: Milliseconds = 4_000;
/**
 * The window of drawLow: longer than the oldest sample that a raise may use (5 s on a slow clock), the 0.9 s by which a
 * Sensorbox samples before it sends, and the second between two readings of a charge point's own meter (decision 0010).
 */
export const DRAW_LOW_WINDOW_ms: Milliseconds = 7_000;
/** A grant that ends more than this before the held lease, and lowers nothing, is ignored (leases.md, residual a). */
export const LEASE_SHORTENING_ms: Milliseconds = 1_000;

/** k = 1.01: two clocks of 5,000 ppm each. In integers, rounded up. */
export function stretched(duration: Milliseconds): Milliseconds {
  return Math.ceil((duration * 101) / 100);
}

/** How long after R a promise with this V can still be drawn on: (V + q + H + c) k, 17 s at most for A = 10 s. */
export function releaseAfter(validFor: Milliseconds): Milliseconds {
  return stretched(validFor + SLAVE_REACTION_ms + SOFT_STOP_ms + CONTACTOR_ms);
}

/** E k: how long a car may go on at an older limit after its charge point obeys a lower one. 5.05 s, told as 5.1 s. */
export const FOLLOWS_ms: Milliseconds = stretched(CAR_FOLLOWS_ms);

/** A slow master and a fast bridge: what an echo of 3 s can hide of a sample's age (leases.md B14). */
const HIDDEN_BY_ECHO_ms: Milliseconds = stretched(LONGEST_ECHO_ms) - LONGEST_ECHO_ms;
/** The design tells the silence as 17 s and 32.2 s, both of which leave a margin of at least 50 ms. */
const SILENCE_STEP_ms: Milliseconds = 200;

/** The silence of a new master: (A + q + H + c) k and what the echo hides, rounded up: 17 s, for A = 25 s 32.2 s. */
export function silenceOf(oldestSample: Milliseconds): Milliseconds {
  const needed = releaseAfter(oldestSample) + stretched(HIDDEN_BY_ECHO_ms);
  return Math.ceil(needed / SILENCE_STEP_ms) * SILENCE_STEP_ms;
}
