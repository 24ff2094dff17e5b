// For how long nobody need be paused although everybody on a circuit is at the least already and it is over all the same:
// lowering follows every ampere, a pause costs a car its session, and a device carries a little too much for a while
// (reliability.md 3). Reckoned here for the checkers alone, from the formula and not from what the balancing makes of it.
import { type Milliseconds, type ProtectiveDevice } from '@fairamp/units';
import { decay } from './devices.js';

type Heat = {
  /** Heat at which it opens; 1 is what its rated current leads to, and what it is taken to have at the start. */
  readonly tripsAt: number;
  readonly timeConstant_ms: Milliseconds;
};

const MCB: Heat = { tripsAt: 1.28, timeConstant_ms: 120_000 };
const GG: Heat = { tripsAt: 1.5625, timeConstant_ms: 22_300 };
const HEATS: Readonly<Record<ProtectiveDevice['curve'], Heat>> = { B: MCB, C: MCB, gG: GG };

/** So much of its trip level may be used up, and so early the pause must be begun: to be seen, told and obeyed. */
const USED_UP = 0.92;
const EARLY_ms: Milliseconds = 11_500;
export const LONGEST_PATIENCE_ms: Milliseconds = 120_000;
/** From here on no time is to be lost. */
const AT_ONCE = 2;

/** @param load in times its rating */
export function patienceOf({ curve }: ProtectiveDevice, load: number): Milliseconds {
  if (load >= AT_ONCE) return 0;
  const { tripsAt, timeConstant_ms } = HEATS[curve];
  const aim = load * load;
  const heatAfter = (for_ms: Milliseconds): number => aim + (1 - aim) * decay(for_ms / timeConstant_ms);
  const isTooHot = (for_ms: Milliseconds): boolean => heatAfter(for_ms) > USED_UP * tripsAt;
  let [cool, hot] = [0, LONGEST_PATIENCE_ms + EARLY_ms];
  if (!isTooHot(hot)) return LONGEST_PATIENCE_ms;
  while (hot - cool > 1) {
    const middle = (cool + hot) >> 1;
    if (isTooHot(middle)) hot = middle;
    else cool = middle;
  }
  return Math.max(0, cool - EARLY_ms);
}
