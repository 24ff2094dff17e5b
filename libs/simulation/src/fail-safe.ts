// How long the simulated boards stay closed without a heartbeat, by their class (design.md 3 rule 6).
import type { FailSafe, Milliseconds } from '@fairamp/units';

/** heartbeat: a coil that drops without pulses. process: something outside opens. none: outputs stay latched. */
export const FAIL_SAFE_ms: Readonly<Record<FailSafe, Milliseconds | null>> = {
  heartbeat: 1500,
  process: 4000,
  none: null,
};

/** A step of the plant, and its slowest contactor. */
const SEEN_WITHIN_ms: Milliseconds = 300;

/** What such a board declares: by then its contactor is open. */
export function declaredFailSafe(failSafe: FailSafe): Milliseconds | null {
  const latest_ms = FAIL_SAFE_ms[failSafe];
  return latest_ms === null ? null : latest_ms + SEEN_WITHIN_ms;
}
