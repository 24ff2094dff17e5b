import { Dice } from '../random.js';
import { drawn_ms, tenths, wholeAmps_dA } from './ranges.js';
import type { Range } from './schema.js';

const draws = (draw: (range: Range, dice: Dice) => number, range: Range): readonly number[] => {
  const dice = new Dice(1, 1);
  return Array.from({ length: 2000 }, () => draw(range, dice));
};

describe('a range is drawn within its ends, both reached', () => {
  test.each([
    ['amperes in tenths', tenths, [16, 17.5], [160, 175, 16]],
    ['amperes that go down', tenths, [-1.2, -0.5], [-12, -5, 8]],
    ['whole amperes', wholeAmps_dA, [20, 63], [200, 630, 44]],
    ['seconds in milliseconds', drawn_ms, [0.2, 0.25], [200, 250, 51]],
    ['a range of one', drawn_ms, [3, 3], [3000, 3000, 1]],
    ['one figure in tenths', tenths, 7.5, [75, 75, 1]],
    ['one figure in whole amperes', wholeAmps_dA, 25, [250, 250, 1]],
    ['one figure in milliseconds', drawn_ms, 0.05, [50, 50, 1]],
  ] as const)('%s', (_, draw, range, [lowest, highest, values]) => {
    const drawn = draws(draw, range);
    expect([Math.min(...drawn), Math.max(...drawn), new Set(drawn).size]).toEqual([lowest, highest, values]);
    expect(drawn.every(Number.isInteger)).toBe(true);
  });
});
