// The duty cycle that says a current, and the current that a car reads from it (IEC 61851-1 Tables A.7 and A.8).
// Integer arithmetic throughout, rounded down: a car never reads more than the limit, and at most 0.1 A less on the
// lower branch. There is no duty for 0 A: whoever wants to pause a car puts the pilot to X1 (2.07 coded 0 A as 6 A).
import { assert, type Deciamps, type Permille } from '@fairamp/units';

/** The standard's smallest and largest current (Table A.7). */
export const LOWEST_OFFER_dA: Deciamps = 60;
export const HIGHEST_OFFER_dA: Deciamps = 800;

/** Up to 51 A the duty is I / 0.6, above it I / 2.5 + 64 % (Table A.7). */
const KNEE_dA: Deciamps = 510;

/**
 * From 51.1 to 52.4 A the upper branch gives 84.4 to 84.9 %, which a car reads by the lower branch: 50.6 to 50.9 A, less
 * than at 51 A. The standard has the same kink (behaviour.md 3). Holding 85 % there would win 0.4 A, and hand 52.5 A
 * to a car that takes exactly 85 % for the upper branch: so the dip stays.
 */
export function dutyOf(limit_dA: Deciamps): Permille {
  assert(isOffer(limit_dA), `no duty says ${limit_dA} dA: only whole 60 to 800 dA`);
  if (limit_dA <= KNEE_dA) return Math.floor((limit_dA * 5) / 3);
  return Math.floor((limit_dA * 2) / 5) + 640;
}

export function isOffer(limit_dA: Deciamps): boolean {
  return Number.isInteger(limit_dA) && limit_dA >= LOWEST_OFFER_dA && limit_dA <= HIGHEST_OFFER_dA;
}

/** What a car reads (Table A.8), whole deciamperes; 0 = it must not charge. For simulated cars and for tests. */
export function ampsOf(duty: Permille): Deciamps {
  // 3 to 7 % asks for digital communication, which is not spoken here; below and beside it stands nothing.
  if (duty < 80 || duty > 970) return 0;
  if (duty < 100) return LOWEST_OFFER_dA;
  if (duty <= 850) return Math.floor((duty * 3) / 5);
  if (duty <= 960) return Math.floor(((duty - 640) * 5) / 2);
  return HIGHEST_OFFER_dA;
}
