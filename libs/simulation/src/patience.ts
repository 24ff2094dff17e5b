// For how long nobody need be paused although everybody on a circuit is at the least already and it is over all the same:
// lowering follows every ampere, a pause costs a car its session, and a device carries a little too much for a while
// (reliability.md 3). Reckoned here for the checkers alone, from the formula and not from what the balancing makes of it.
import { type Deciamps, type Milliseconds, type ProtectiveDevice } from '@fairamp/units';
import { decay } from './devices.js';

type Nature = {
  /** Heat at which it opens; 1 is what its rated current leads to. */
  readonly tripsAt: number;
  readonly timeConstant_ms: Milliseconds;
};

const MCB: Nature = { tripsAt: 1.28, timeConstant_ms: 120_000 };
const GG: Nature = { tripsAt: 1.5625, timeConstant_ms: 22_300 };
const NATURES: Readonly<Record<ProtectiveDevice['curve'], Nature>> = { B: MCB, C: MCB, gG: GG };

/** So much of its trip level may be used up, and so early the pause must be begun: to be seen, told and obeyed. */
const USED_UP = 0.92;
const EARLY_ms: Milliseconds = 11_500;
/** Beyond I2's 18 s nobody asks: what lasts for so long may last. */
const SEARCHED_ms: Milliseconds = 120_000;
/** From here on no time is to be lost. */
const AT_ONCE = 2;

/** A lower limit than the device's rating is some wire's or contract's, and taken to be as warm. */
export type Carrying = { readonly device: ProtectiveDevice; readonly limit_dA: Deciamps };

/** Its heat after so long with that current. */
export function heatAfter(heat: number, carrying: Carrying, current_dA: Deciamps, for_ms: Milliseconds): number {
  const aim = loadOf(carrying, current_dA) ** 2;
  return aim + (heat - aim) * decay(for_ms / NATURES[carrying.device.curve].timeConstant_ms);
}

function loadOf({ device, limit_dA }: Carrying, current_dA: Deciamps): number {
  return current_dA / Math.min(device.rated_dA, limit_dA);
}

/** From a heat on, with that current all the time. */
export function patienceOf(heat: number, carrying: Carrying, current_dA: Deciamps): Milliseconds {
  if (loadOf(carrying, current_dA) >= AT_ONCE) return 0;
  const most = USED_UP * NATURES[carrying.device.curve].tripsAt;
  const isTooHot = (for_ms: Milliseconds): boolean => heatAfter(heat, carrying, current_dA, for_ms) > most;
  let [cool, hot] = [0, SEARCHED_ms + EARLY_ms];
  if (!isTooHot(hot)) return SEARCHED_ms;
  while (hot - cool > 1) {
    const middle = (cool + hot) >> 1;
    if (isTooHot(middle)) hot = middle;
    else cool = middle;
  }
  return Math.max(0, cool - EARLY_ms);
}
