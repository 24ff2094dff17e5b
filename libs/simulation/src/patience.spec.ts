import { newDevice, type DeviceName } from './devices.js';
import { heatAfter, patienceOf, type Carrying } from './patience.js';

const MCB: Carrying = { device: { curve: 'C', rated_dA: 250 }, limit_dA: 250 };
const FUSE: Carrying = { device: { curve: 'gG', rated_dA: 250 }, limit_dA: 250 };
const WARM = 1;

/** By the logarithm, as people reckon it: a warm device reaches 0.92 of its trip level after so long, less 11.5 s. */
function reckoned_s(tripsAt: number, constant_s: number, load: number): number {
  const square = load ** 2;
  if (square <= 0.92 * tripsAt) return 120;
  return Math.min(120, Math.max(0, constant_s * Math.log((square - 1) / (square - 0.92 * tripsAt)) - 11.5));
}

test.each([1, 1.05, 1.09, 1.1, 1.2, 1.25, 1.3, 1.4, 1.5, 1.6, 1.75, 1.9])(
  'I2 warm devices that carry %d times their rating leave what the logarithm says',
  (load) => {
    expect(patienceOf(WARM, MCB, 250 * load) / 1000).toBeCloseTo(reckoned_s(1.28, 120, load), 1);
    expect(patienceOf(WARM, FUSE, 250 * load) / 1000).toBeCloseTo(reckoned_s(1.5625, 22.3, load), 1);
  },
);

test.each([
  ['what it carries for ever leaves two minutes', patienceOf(WARM, MCB, 260), 120_000],
  ['a cold one leaves longer than a warm one', patienceOf(0, MCB, 375), 77_600],
  ['twice as much leaves none, however cold', patienceOf(0, MCB, 500), 0],
  ['a lower limit is kept as if it were the rating', patienceOf(WARM, { ...MCB, limit_dA: 200 }, 300), 6_900],
  ['and so is a device below it', patienceOf(WARM, { ...MCB, limit_dA: 300 }, 375), 6_900],
])('I2 %s', (_, left_ms, expected_ms) => {
  expect(Math.abs(left_ms - expected_ms)).toBeLessThan(300);
});

test('heat follows the square of the current, and goes again', () => {
  expect(heatAfter(1, MCB, 250, 3_600_000)).toBeCloseTo(1, 6);
  expect(heatAfter(0, MCB, 500, 120_000)).toBeCloseTo(4 * (1 - Math.exp(-1)), 4);
  expect(heatAfter(1.2, MCB, 0, 120_000)).toBeCloseTo(1.2 * Math.exp(-1), 4);
});

/** The devices themselves, loaded to their rating for an hour. The warm breaker is never colder than 0.64. */
const DEVICES: readonly [DeviceName, Carrying][] = [
  ['mcb-typical-hot', MCB],
  ['gg-fastest', FUSE],
];
/** Beyond, the fastest fuse opens before anybody can have paused (docs/safety.md). */
const LOADS = [1.15, 1.2, 1.25, 1.3, 1.4, 1.5, 1.6];
const STEP_ms = 100;
/** A pause is true 9.5 s after it was demanded. */
const PAUSED_WITHIN_ms = 9_500;

test.each(DEVICES)('trip: %s does not open within its patience and the 9.5 s after it', (name, carrying) => {
  const opened = LOADS.filter((load) => {
    const device = newDevice(name);
    for (let at = 0; at <= 3_600_000; at += 1000) device.carry(at, 1);
    const until = 3_600_000 + patienceOf(WARM, carrying, 250 * load) + PAUSED_WITHIN_ms;
    for (let at = 3_600_000; at <= until; at += STEP_ms) device.carry(at, load);
    return device.trips > 0;
  });
  expect(opened).toEqual([]);
});
