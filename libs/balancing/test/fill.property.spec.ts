// A filling is max-min fair, as the definition says it of each car by itself. And more capacity anywhere in a tree never
// hurts in that sense: the shares, sorted, are never less from the lowest on. One alone may get less, when a sub-board
// opens for another who uses the same mains.
import fc from 'fast-check';
import { runs } from '../../../test/runs.js';
import { type Filled, type Filling, fill } from '../src/fill.js';
import { planOf, sumOn } from '../src/plan.js';
import { car, normal } from './site.js';
import { SETS, sitesOf, upTo } from './sites.js';

/**
 * So fine that what cannot be divided (some units, wherever a level was rounded) is never mistaken for a difference: of
 * five cars levels differ by 1/36 dA at least, for they are sums divided by numbers whose own sum is 5 at most.
 */
const CARS = 5;
const FINE = 1_000;
const ROUNDED = 20;

/** @returns the lowest at which they differ: above 0 where the second is more */
function difference(some: readonly number[], others: readonly number[]): number {
  const sorted = (values: readonly number[]) => [...values].sort((a, b) => a - b);
  const [one, other] = [sorted(some), sorted(others)];
  const gains = one.map((value, rank) => (other[rank] ?? 0) - value);
  return gains.find((gain) => Math.abs(gain) > ROUNDED) ?? 0;
}

const cases = sitesOf(CARS).chain((drawn) => {
  const plan = planOf(drawn);
  const branches = { minLength: plan.branches.length, maxLength: plan.branches.length };
  return fc
    .tuple(fc.array(upTo(400), branches), fc.array(fc.constantFrom(0, 0, 10, 200), branches))
    .map(([left, more]) => ({ plan, left, more }));
});

test('for fixed cars with more capacity anywhere, the sorted shares are never less', () => {
  fc.assert(
    fc.property(cases, ({ plan, left, more }) => {
      const value_dA = plan.points.map(({ minimum_dA }) => minimum_dA * FINE);
      const ceiling_dA = plan.points.map(({ maximum_dA }) => maximum_dA * FINE);
      const filled = (left_dA: readonly number[]) => fill({ plan, value_dA, ceiling_dA, left_dA });
      const scarce = filled(left.map((amount) => amount * FINE));
      const ample = filled(left.map((amount, branch) => (amount + (more[branch] ?? 0)) * FINE));
      const taken = sumOn(plan, (point) => (scarce.value_dA[point] ?? 0) - (value_dA[point] ?? 0));
      expect(taken.every((amount, branch) => amount <= (left[branch] ?? 0) * FINE)).toBe(true);
      expect(difference(scarce.value_dA, ample.value_dA)).toBeGreaterThanOrEqual(0);
    }),
    runs(300),
  );
});

/** Few values, so that some begin where others end, and all that a branch has can be tried. */
const small = fc
  .array(fc.tuple(fc.constantFrom(...SETS), upTo(11), upTo(11)), { minLength: 1, maxLength: 7 })
  .chain((cars) => fc.tuple(fc.constant(cars), fc.array(upTo(25), { minLength: 3, maxLength: 3 })))
  .map(([cars, left_dA]) => {
    const chargePoints = cars.map(([phases], number) => car(`cp${number}`, { phases }));
    return {
      plan: planOf(normal(250, chargePoints)),
      value_dA: cars.map(([, value]) => value),
      ceiling_dA: cars.map(([, value, more]) => value + more - 2),
      left_dA,
    };
  });

/**
 * Nobody could have one more unless somebody who has no more (but for the one that cannot be divided) gives it up: on a
 * full branch of its nobody has risen higher.
 */
function isStopped({ plan, value_dA, ceiling_dA }: Filling, filled: Filled, point: number): boolean {
  const value = filled.value_dA[point] ?? 0;
  if (value >= (ceiling_dA[point] ?? 0)) return value === Math.max(value_dA[point] ?? 0, ceiling_dA[point] ?? 0);
  const hasRisenHigher = (other: number): boolean => {
    const height = filled.value_dA[other] ?? 0;
    return height > value + 1 && height > (value_dA[other] ?? 0);
  };
  return (plan.paths[point] ?? []).some((branch) => {
    return filled.left_dA[branch] === 0 && !(plan.branches[branch]?.users ?? []).some(hasRisenHigher);
  });
}

test('a filling gives out no more than there is, and whom it stops, a full branch stops', () => {
  fc.assert(
    fc.property(small, (filling) => {
      const filled = fill(filling);
      const taken = sumOn(filling.plan, (point) => (filled.value_dA[point] ?? 0) - (filling.value_dA[point] ?? 0));
      expect(filled.left_dA).toEqual(filling.left_dA.map((left, branch) => left - (taken[branch] ?? 0)));
      expect(filled.left_dA.every((left) => left >= 0)).toBe(true);
      const { points } = filling.plan;
      expect(points.filter((_, point) => !isStopped(filling, filled, point)).map(({ id }) => id)).toEqual([]);
    }),
    runs(1000),
  );
});

/** One begins to rise where another ends: what its branch has left must be known at that level too. */
test.each<[readonly number[], readonly number[], number, readonly number[]]>([
  [[60, 100, 60], [100, 320, 320], 201, [100, 161, 160]],
  [[100, 60, 60], [320, 100, 320], 201, [161, 100, 160]],
  [[60, 60, 100], [320, 100, 320], 201, [161, 100, 160]],
])('%j up to %j, and %d left: %j', (value_dA, ceiling_dA, left, expected) => {
  const chargePoints = value_dA.map((_, number) => car(`cp${number}`, { phases: ['L1'] }));
  const plan = planOf(normal(250, chargePoints));
  expect(fill({ plan, value_dA, ceiling_dA, left_dA: [left, 0, 0] }).value_dA).toEqual(expected);
});
