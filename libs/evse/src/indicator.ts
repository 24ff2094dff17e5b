// The LED on IO1: one pattern for what a person at the charge point wants to know first (behaviour.md 8). The session
// derives it in each step; a board plays it from the table, a display or a page may draw the same.
import type { Milliseconds } from '@fairamp/units';
import type { EvseView, Indicator } from './types.js';

/** on_permille: of each period. An unsteady one rises and falls with it. */
export type IndicatorPattern = {
  readonly period_ms: Milliseconds;
  readonly on_permille: number;
  readonly brightness: 'full' | 'dim' | 'swelling';
};

export const INDICATORS: Readonly<Record<Indicator, IndicatorPattern>> = {
  off: { period_ms: 1000, on_permille: 0, brightness: 'full' },
  dim: { period_ms: 1000, on_permille: 1000, brightness: 'dim' },
  on: { period_ms: 1000, on_permille: 1000, brightness: 'full' },
  breathing: { period_ms: 1410, on_permille: 1000, brightness: 'swelling' },
  flash: { period_ms: 939, on_permille: 215, brightness: 'full' },
  'blink-slow': { period_ms: 939, on_permille: 500, brightness: 'full' },
  blink: { period_ms: 282, on_permille: 500, brightness: 'full' },
  'blink-fast': { period_ms: 141, on_permille: 500, brightness: 'full' },
};

type Shown = Pick<EvseView, 'faults' | 'session' | 'retriesAt'>;

export function indicatorOf({ faults, session, retriesAt }: Shown): Indicator {
  if (faults.includes('residual-current')) return 'blink-fast';
  if (faults.length > 0) return retriesAt === null ? 'blink-slow' : 'blink';
  switch (session) {
    case 'denied':
      return 'off';
    case 'stopped':
      return 'flash';
    case 'idle':
      return 'dim';
    case 'charging':
      return 'breathing';
    default:
      return 'on';
  }
}
