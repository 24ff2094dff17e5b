import { type PerPhase } from '@fairamp/units';
import { initialOverload, measureOverload } from './overload.js';

const on = (L1: number, L2 = 0, L3 = 0): PerPhase<number> => ({ L1, L2, L3 });
const watch = (...looks: (readonly [number, PerPhase<number>, PerPhase<number>])[]) =>
  looks.reduce(
    (before, [at, mains_dA, cars_dA]) => measureOverload(before, { at, mains_dA, cars_dA }, 400),
    initialOverload(),
  );

test('a look at which nothing is over changes nothing', () => {
  const before = initialOverload();
  expect(measureOverload(before, { at: 1, mains_dA: on(400), cars_dA: on(60) }, 400)).toBe(before);
});

describe('the truth about the fuse', () => {
  test.each([
    ['at the limit is not over', watch([0, on(400), on(60)], [1000, on(400), on(60)]), 0, 0],
    [
      'counts until the look that finds it gone',
      watch([0, on(450), on(60)], [700, on(450), on(60)], [1000, on(390), on(60)]),
      50,
      1000,
    ],
    ['goes on counting while it lasts', watch([0, on(450), on(60)], [700, on(410), on(60)]), 50, 700],
    ['of the house alone is no fault of the cars', watch([0, on(500), on(0)], [1000, on(500), on(0)]), 0, 0],
    [
      'ends when the cars draw no more',
      watch([0, on(500), on(60)], [1000, on(500), on(0)], [5000, on(500), on(0)]),
      100,
      1000,
    ],
    [
      'counts only the phase on which a car draws',
      watch([0, on(500, 390), on(0, 60)], [1000, on(500, 390), on(0, 60)]),
      0,
      0,
    ],
    [
      'is the longest run, not the sum',
      watch([0, on(410), on(9)], [300, on(1), on(9)], [400, on(410), on(9)], [600, on(1), on(9)]),
      10,
      300,
    ],
    [
      'on two phases in turn is two runs',
      watch([0, on(410), on(9, 9)], [500, on(1, 420), on(9, 9)], [900, on(1, 1), on(9, 9)]),
      20,
      500,
    ],
  ])('overload %s', (_, { worst_over_dA, worst_over_ms }, over_dA, over_ms) => {
    expect({ worst_over_dA, worst_over_ms }).toEqual({ worst_over_dA: over_dA, worst_over_ms: over_ms });
  });
});
