// What a person who looks at the LED would say it shows: the pattern of libs/evse whose times are nearest to those at
// which its lines went on and off. Lines that are only on or off can show neither dim nor a swelling light: both look on.
import { INDICATORS, type Indicator } from '@fairamp/evse';
import type { Milliseconds } from '@fairamp/units';

export type Shine = { readonly at: Milliseconds; readonly isOn: boolean };

const BLINKING = ['flash', 'blink-slow', 'blink', 'blink-fast'] as const;
/** Longer than any pattern keeps still. */
const STILL_ms: Milliseconds = 1500;

/** @param shines the changes, oldest first */
export function indicatorSeen(shines: readonly Shine[], now: Milliseconds): Indicator {
  const last = shines.at(-1);
  if (last === undefined) return 'off';
  const on_ms = latestStretch(shines, true);
  if (on_ms === null || now - last.at >= STILL_ms) return last.isOn ? 'on' : 'off';
  const off_ms = latestStretch(shines, false);
  const distanceTo = (indicator: Indicator): number => {
    const { period_ms, on_permille } = INDICATORS[indicator];
    const expected_ms = (period_ms * on_permille) / 1000;
    const offBy_ms = off_ms === null ? 0 : Math.abs(off_ms - (period_ms - expected_ms));
    return Math.abs(on_ms - expected_ms) + offBy_ms;
  };
  return BLINKING.toSorted((one, other) => distanceTo(one) - distanceTo(other))[0] ?? 'off';
}

/** How long it was last on (off) from one change to the next; null: it has not been yet. */
function latestStretch(shines: readonly Shine[], isOn: boolean): Milliseconds | null {
  for (let index = shines.length - 2; index >= 1 - Number(isOn); index -= 1) {
    const [from, to] = [shines[index], shines[index + 1]];
    if (from !== undefined && to !== undefined && from.isOn === isOn) return to.at - from.at;
  }
  return null;
}
