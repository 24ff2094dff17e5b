import { INDICATORS, indicatorOf } from './indicator.js';
import type { EvseView, Indicator, SessionPhase } from './types.js';

type Shown = Parameters<typeof indicatorOf>[0];
const IDLE: Shown = { session: 'idle', faults: [], retriesAt: null };

// behaviour.md 8, in the order of its priorities
test.each<[EvseView['faults'], number | null, SessionPhase, Indicator]>([
  [['residual-current'], null, 'blocked', 'blink-fast'],
  [['residual-current', 'no-current'], 60_000, 'blocked', 'blink-fast'],
  [['no-current'], 60_000, 'blocked', 'blink'],
  [['high-temperature'], null, 'blocked', 'blink-slow'],
  [['no-serial-com'], null, 'charging', 'blink-slow'],
  [[], 15_000, 'stopped', 'flash'],
  [[], null, 'stopped', 'flash'],
  [[], null, 'denied', 'off'],
  [[], null, 'idle', 'dim'],
  [[], null, 'connected', 'on'],
  [[], null, 'offering', 'on'],
  [[], null, 'stopping', 'on'],
  [[], null, 'charging', 'breathing'],
])('faults %j, tries again at %p, session %s: %s', (faults, retriesAt, session, indicator) => {
  expect(indicatorOf({ ...IDLE, faults, retriesAt, session })).toBe(indicator);
});

// behaviour.md 8: the periods of a counter that wraps, and the shares of it
test.each<[Indicator, number, number, string]>([
  ['off', 1000, 0, 'full'],
  ['dim', 1000, 1000, 'dim'],
  ['on', 1000, 1000, 'full'],
  ['breathing', 1410, 1000, 'swelling'],
  ['flash', 939, 215, 'full'],
  ['blink-slow', 939, 500, 'full'],
  ['blink', 282, 500, 'full'],
  ['blink-fast', 141, 500, 'full'],
])('%s: each %d ms, %d permille of it, %s', (indicator, period_ms, on_permille, brightness) => {
  expect(INDICATORS[indicator]).toEqual({ period_ms, on_permille, brightness });
});
