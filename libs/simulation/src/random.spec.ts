import { chance, drawsFrom, gaussian, wholeBetween } from './random.js';

const many = Array.from({ length: 20_000 }, (_, index) => index);
const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

describe('seeded chance', () => {
  test('is the same for the same seed and indices, also on another day', () => {
    expect(chance(7, 1, 2)).toBe(chance(7, 1, 2));
    expect([chance(1), chance(1, 0), chance(1, 1)].map((value) => value.toFixed(6))).toEqual([
      '0.173837',
      '0.546210',
      '0.130198',
    ]);
  });

  test('differs with the seed, the index and their order', () => {
    expect(
      new Set([chance(1, 2, 3), chance(2, 2, 3), chance(1, 3, 2), chance(1, 2), chance(1, 2, 2 ** 32 + 3)]).size,
    ).toBe(5);
  });

  test('is spread evenly, neighbours independent', () => {
    const values = many.map((index) => chance(3, index));
    expect(Math.min(...values)).toBeGreaterThanOrEqual(0);
    expect(Math.max(...values)).toBeLessThan(1);
    expect(mean(values)).toBeCloseTo(0.5, 2);
    expect(mean(values.map((value, i) => (value - 0.5) * ((values[i + 1] ?? 0.5) - 0.5)))).toBeCloseTo(0, 2);
  });

  test('gaussian has mean 0, deviation 1 and no tail beyond 3.5', () => {
    const values = many.map((index) => gaussian(3, index));
    expect(mean(values)).toBeCloseTo(0, 1);
    expect(mean(values.map((value) => value * value))).toBeCloseTo(1, 1);
    expect(Math.max(...values.map(Math.abs))).toBeLessThanOrEqual(3.5);
  });

  test('whole numbers reach both ends and nothing beyond', () => {
    expect(new Set(many.map((index) => wholeBetween(-1, 2, chance(5, index))))).toEqual(new Set([-1, 0, 1, 2]));
  });

  test('a sequence can be drawn again', () => {
    const draw = () => {
      const draws = drawsFrom(9, 1);
      return many.slice(0, 5).map(() => (draws.happens(0.5) ? draws.between(3, 4) : 0));
    };
    expect(draw()).toEqual(draw());
  });
});
