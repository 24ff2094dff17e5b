// How warm a protective device is, and what it carries before it opens (reliability.md 3). One state: it follows the
// square of the current with a time constant, and opens at a certain value: 1 is what its rating makes of it in the end.
// Lowering needs none of this, it follows every ampere; only a pause waits until the device demands it.
import type { Deciamps, Milliseconds, ProtectiveDevice } from '@fairamp/units';

type Nature = { readonly opensAt: number; readonly constant_ms: Milliseconds };
/** The devices of the promise: a typical warm breaker (its magnets are far above), the fastest legal fuse. */
const BREAKER: Nature = { opensAt: 1.28, constant_ms: 120_000 };
const FUSE: Nature = { opensAt: 1.5625, constant_ms: 22_300 };
/** Of the heat at which it opens: what may be reached when a pause has become true. */
const MARGIN = 0.92;

function natureOf({ curve }: ProtectiveDevice): Nature {
  return curve === 'gG' ? FUSE : BREAKER;
}

/** Where the limit is lower than the device, a contract or a wire is what must be kept, and is taken to be as warm. */
function ratioOf(device: ProtectiveDevice, limit_dA: Deciamps, current_dA: Deciamps): number {
  return Math.abs(current_dA) / Math.max(1, Math.min(device.rated_dA, limit_dA));
}

export type Carried = { readonly device: ProtectiveDevice; readonly limit_dA: Deciamps };

/** Its heat after so long with this current. */
export function warmed(
  heat: number,
  { device, limit_dA }: Carried,
  current_dA: Deciamps,
  for_ms: Milliseconds,
): number {
  const end = ratioOf(device, limit_dA, current_dA) ** 2;
  return end + (heat - end) * Math.exp(-for_ms / natureOf(device).constant_ms);
}

/** The largest current that it surely carries for so long, whole deciamperes, always less than twice its limit. */
export function carries_dA(heat: number, { device, limit_dA }: Carried, for_ms: Milliseconds): Deciamps {
  const { opensAt, constant_ms } = natureOf(device);
  const kept = Math.exp(-for_ms / constant_ms);
  const square = (MARGIN * opensAt - heat * kept) / (1 - kept);
  const most = Math.sqrt(Math.max(0, square)) * Math.min(device.rated_dA, limit_dA);
  return Math.min(Math.floor(most), 2 * limit_dA - 1);
}
