// The verdict on one run: what a line of `npm run simulate` says.
import type { Milliseconds } from '@fairamp/units';
import type { Violation } from './checks/moment.js';

export type Strategy = 'fairamp' | 'classic';

export type Outcome = {
  readonly scenario: string;
  readonly seed: number;
  readonly strategy: Strategy;
  readonly simulated_ms: Milliseconds;
  /** On any circuit, while our cars drew on that phase. */
  readonly worst_over_dA: number;
  /** The longest time more than 0.5 A above its limit without a break; a house that steps again prolongs it. */
  readonly worst_over_ms: Milliseconds;
  readonly energy_Wh: number;
  /** By protective device (devices.ts); all of them, whether or not they count as a violation. */
  readonly trips: Readonly<Record<string, number>>;
  /** How near each device came, in thousandths of its trip level. */
  readonly margin_permille: Readonly<Record<string, number>>;
  readonly violations: readonly Violation[];
  /** SHA-256 over the integer trace. */
  readonly hash: string;
};
