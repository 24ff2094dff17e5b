import type { PlantLine } from '@fairamp/board';
import { INDICATORS, type Indicator, type LockState, type PilotOutput } from '@fairamp/evse';
import { indicatorSeen } from './led.js';
import { drivenToward, outputOf, pilotSettings, settingsOf, type Peaks } from './translate.js';
import { lineKey, pilotCounts, proximityCounts, type Wiring } from './wiring.js';
import { RASPBERRY, TARRAGON } from './wirings.js';

// The counts of a Tarragon's converter by its own driver's scale (io.md 1.2).
test.each([
  [12_000, 3628],
  [9000, 3239],
  [6000, 2851],
  [0, 2074],
  [-12_000, 520],
  [-99_000, 0],
  [99_000, 4095],
])('%i mV on the pilot are %i counts', (line_mV, counts) => {
  expect(pilotCounts(TARRAGON, line_mV)).toBe(counts);
});

// Millivolts at which its driver changes from one rating to the next, and the resistors that the standard has there.
test.each([
  [null, 2459, 3300],
  [1500, 1813, 2459],
  [680, 1170, 1813],
  [220, 891, 1170],
  [100, 751, 891],
  [20, 0, 751],
])('a plug of %p Ohm is read between %i and %i mV', (ohm, least_mV, most_mV) => {
  const pin_mV = (proximityCounts(TARRAGON, ohm) * 3300) / 4095;
  expect([pin_mV >= least_mV, pin_mV <= most_mV]).toEqual([true, true]);
});

test('the divider of a Raspberry gives the resistor back', () => {
  const ohmOf = (counts: number) => (1000 * counts) / (4095 - counts);
  expect([100, 220, 680, 1500].map((ohm) => Math.round(ohmOf(proximityCounts(RASPBERRY, ohm)) / 10))).toEqual([
    10, 22, 68, 150,
  ]);
  expect(proximityCounts(RASPBERRY, null)).toBe(4095);
});

test.each<[Peaks, number, number]>([
  [{ high_mV: 12_000, low_mV: null }, 3628, 3628],
  [{ high_mV: 9000, low_mV: -12_000 }, 3239, 520],
])('the detectors of %j', (peaks, positive, negative) => {
  expect(pilotSettings(TARRAGON, peaks)).toEqual({ 'iio:2198000.adc:2': positive, 'iio:2198000.adc:3': negative });
});

test.each<[Wiring, PlantLine, object]>([
  [TARRAGON, { kind: 'contactor', closed: true }, { 'gpio:209c000.gpio:9': 0 }],
  [RASPBERRY, { kind: 'contactor', closed: true }, { 'gpio:pinctrl-bcm2711:27': 1 }],
  [TARRAGON, { kind: 'lock', high: true }, { 'iio:2198000.adc:0': 496 }],
  [TARRAGON, { kind: 'lock', high: false }, { 'iio:2198000.adc:0': 3847 }],
  [RASPBERRY, { kind: 'lock', high: false }, { 'gpio:pinctrl-bcm2711:13': 1 }],
  [TARRAGON, { kind: 'residual', tripped: true }, { 'gpio:20a4000.gpio:11': 1 }],
  [RASPBERRY, { kind: 'residual', tripped: true }, { 'gpio:pinctrl-bcm2711:25': 0 }],
  [RASPBERRY, { kind: 'switch', pressed: true }, { 'gpio:pinctrl-bcm2711:16': 0 }],
  [TARRAGON, { kind: 'switch', pressed: true }, {}],
  [RASPBERRY, { kind: 'temperature', celsius: 70 }, { 'hwmon:lm75': 70_000 }],
  [TARRAGON, { kind: 'temperature', celsius: 70 }, {}],
  [TARRAGON, { kind: 'supply', failing: false }, { 'iio:2198000.adc:4': 3640 }],
  [TARRAGON, { kind: 'supply', failing: true }, { 'iio:2198000.adc:4': 1517 }],
  [RASPBERRY, { kind: 'supply', failing: true }, {}],
  [RASPBERRY, { kind: 'draw', draw_dA: { L1: 1, L2: 2, L3: 3 } }, {}],
])('%#: the files show what the outlet tells', (wiring, line, settings) => {
  expect(settingsOf(wiring, line)).toEqual(settings);
});

test.each<[number, boolean, PilotOutput]>([
  [0, true, { kind: 'F' }],
  [1000, true, { kind: 'X1' }],
  [266, true, { kind: 'pwm', duty_permille: 266 }],
  [1000, false, { kind: 'F' }],
])('a duty of %i permille, driven %p', (high_permille, isDriven, output) => {
  expect(outputOf(high_permille, isDriven)).toEqual(output);
});

test.each<[Wiring, number, number, LockState | null]>([
  [TARRAGON, 1, 1, 'locked'],
  [TARRAGON, 0, 0, 'unlocked'],
  [TARRAGON, 1, 0, null],
  [TARRAGON, 0, 1, null],
  [RASPBERRY, 1, 0, 'locked'],
  [RASPBERRY, 0, 1, 'unlocked'],
])('%#: a lock whose lines are %i and %i', ({ lock }, toLock, toUnlock, toward) => {
  const levels = new Map([
    [lineKey(lock.toLock), toLock],
    [lineKey(lock.toUnlock), toUnlock],
  ]);
  expect(drivenToward(lock, levels)).toBe(toward);
});

describe('the LED', () => {
  const played = (indicator: Indicator, late_ms: number) => {
    const { period_ms, on_permille } = INDICATORS[indicator];
    const on_ms = (period_ms * on_permille) / 1000;
    return Array.from({ length: 6 }, (_, index) => [
      { at: index * period_ms + late_ms, isOn: true },
      { at: index * period_ms + on_ms, isOn: false },
    ]).flat();
  };

  test.each<Indicator>(['flash', 'blink-slow', 'blink', 'blink-fast'])(
    'is seen to show %s, also a little late',
    (what) => {
      for (const late_ms of [0, 20]) {
        const shines = played(what, late_ms);
        for (let count = 2; count <= shines.length; count += 1) {
          const seen = shines.slice(0, count);
          expect(indicatorSeen(seen, (seen.at(-1)?.at ?? 0) + 10)).toBe(what);
        }
      }
    },
  );

  test('goes by the pause too, when the light comes late', () => {
    const shines = played('flash', 40);
    expect(indicatorSeen(shines, (shines.at(-1)?.at ?? 0) + 10)).toBe('flash');
  });

  test('is on or off when it keeps still', () => {
    expect(indicatorSeen([], 5000)).toBe('off');
    expect(indicatorSeen([{ at: 0, isOn: true }], 10)).toBe('on');
    expect(indicatorSeen(played('blink', 0), 5000)).toBe('off');
  });
});
