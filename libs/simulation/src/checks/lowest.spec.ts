import { Lowest } from './lowest.js';

describe('the lowest of the last seconds', () => {
  const noted = (...values: readonly (readonly [at: number, value: number])[]) => {
    const lowest = new Lowest(10_000);
    for (const [at, value] of values) lowest.note(at, value);
    return lowest;
  };
  test.each([
    ['is the lowest of what was noted since', noted([0, 5], [1_000, 3], [2_000, 4]).since(500, 2_000), 3],
    ['forgets what was before', noted([0, 1], [1_000, 3], [2_000, 4]).since(500, 2_000), 3],
    ['counts a quarter of a second whole', noted([1_000, 1], [1_200, 3]).since(1_100, 1_200), 1],
    ['goes round without taking up what is older than its span', noted([0, 1], [11_000, 3]).since(2_000, 11_000), 3],
    ['may be below nothing: a house that exports', noted([0, -50], [100, 2]).since(0, 100), -50],
    ['of a time in which nothing was noted is no number', noted([0, 1]).since(5_000, 6_000), Infinity],
    ['asks for a time before the beginning', noted([0, 1]).since(-9_000, 100), 1],
  ])('%s', (_, lowest, expected) => expect(lowest).toBe(expected));
});
