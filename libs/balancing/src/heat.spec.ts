// How a device of each curve warms and when it opens, against the table of its model (one time constant; heat.ts names
// the two devices of the promise): the times are written here by hand, not by the formula.
import type { ProtectiveDevice } from '@fairamp/units';
import { type Carried, carries_dA, warmed } from './heat.js';

const RATED_dA = 250;
const B = { curve: 'B', rated_dA: RATED_dA } as const;
const C = { curve: 'C', rated_dA: RATED_dA } as const;
const gG = { curve: 'gG', rated_dA: RATED_dA } as const;
const atItsRating = (device: ProtectiveDevice): Carried => ({ device, limit_dA: device.rated_dA });

const OPENS_AT = { B: 1.28, C: 1.28, gG: 1.5625 };
const COLD = 0;
/** 0.8 of its rating has flowed for long. */
const WARM = 0.64;

describe('I2: the heat of a device', () => {
  test.each([
    // A typical breaker (IEC 60898-1), K 1.28 and 120 s.
    [B, COLD, 1.3, 170],
    [C, COLD, 1.3, 170],
    [C, COLD, 1.45, 113],
    [C, COLD, 2, 46],
    [C, COLD, 2.55, 26],
    [C, WARM, 1.45, 69],
    [C, WARM, 2, 25],
    // The fastest legal fuse (IEC 60269), K 1.25 squared and 22.3 s.
    [gG, COLD, 1.3, 58],
    [gG, COLD, 1.45, 30],
    [gG, COLD, 1.6, 21],
    [gG, COLD, 2, 11],
    [gG, WARM, 1.45, 22],
    [gG, WARM, 2, 7.2],
  ] as const)('%o, at %d before, opens with %d times its rating after %d s', (device, before, times, opens_s) => {
    const after = (part: number): number =>
      warmed(before, atItsRating(device), times * RATED_dA, part * opens_s * 1000);
    expect(after(0.95)).toBeLessThan(OPENS_AT[device.curve]);
    expect(after(1.05)).toBeGreaterThan(OPENS_AT[device.curve]);
  });

  test.each([
    ['a breaker carries 1.13 of its rating for ever', C, 1.13, false],
    ['and not 1.14', C, 1.14, true],
    ['a fuse carries 1.24 of its rating for ever', gG, 1.24, false],
    ['and not 1.26', gG, 1.26, true],
  ] as const)('%s', (_case, device, times, opens) => {
    expect(warmed(COLD, atItsRating(device), times * RATED_dA, 3_600_000) >= OPENS_AT[device.curve]).toBe(opens);
  });

  test('what flows out of a site warms like what flows in', () => {
    expect(warmed(COLD, atItsRating(C), -300, 10_000)).toBe(warmed(COLD, atItsRating(C), 300, 10_000));
  });

  test('a limit of nothing is taken for 0.1 A: a number, at any current', () => {
    expect(warmed(COLD, { device: C, limit_dA: 0 }, 1, 1e9)).toBeCloseTo(1, 6);
  });

  test('without a current it cools: to a half in 0.69 of its time constant', () => {
    expect(warmed(1, atItsRating(gG), 0, 15_457)).toBeCloseTo(0.5, 3);
  });
});

describe('I2: what a device carries', () => {
  const times = [1_000, 6_500, 9_500, 30_000, 120_000];
  const hot = [COLD, WARM, 0.9, 1.1];
  const rows = [B, C, gG].flatMap((device) => hot.map((heat) => [device, heat] as const));
  test.each(rows)('%o, at %d: the most that leaves 8 of a hundred of the heat at which it opens', (device, heat) => {
    for (const for_ms of times) {
      const most_dA = carries_dA(heat, atItsRating(device), for_ms);
      const reached = (current_dA: number): number => warmed(heat, atItsRating(device), current_dA, for_ms);
      if (most_dA > 0) expect(reached(most_dA)).toBeLessThanOrEqual(0.92 * OPENS_AT[device.curve]);
      if (most_dA < 2 * RATED_dA - 1) expect(reached(most_dA + 1)).toBeGreaterThan(0.92 * OPENS_AT[device.curve]);
    }
  });

  test.each([
    ['a cool breaker, for 120 s: 1.36 times its rating', atItsRating(C), COLD, 120_000, 341],
    ['a warm one, for 30 s: 1.75 times', atItsRating(C), WARM, 30_000, 438],
    ['a cool fuse, for 30 s: 1.39 times', atItsRating(gG), COLD, 30_000, 348],
    ['always less than twice its limit, however cool and short', atItsRating(C), COLD, 1_000, 499],
    [
      'a lower limit is taken to be as warm, as if it were the rating',
      { device: C, limit_dA: 160 },
      COLD,
      120_000,
      218,
    ],
    ['a device smaller than the limit counts itself', { device: C, limit_dA: 400 }, COLD, 120_000, 341],
    ['one as hot as that and no time to cool: nothing, never less', atItsRating(gG), 3, 1_000, 0],
    ['one that has just opened', atItsRating(C), 1.28, 1_000, 0],
  ] as const)('%s', (...[, carried, heat, for_ms, most_dA]) => {
    expect(carries_dA(heat, carried, for_ms)).toBe(most_dA);
  });
});
