// More capacity anywhere in a tree never hurts in the sense of max-min: the shares, sorted, are never less from the
// lowest on. One alone may get less, when a sub-board opens for another who uses the same mains.
import fc from 'fast-check';
import { runs } from '../../../test/runs.js';
import { fill } from '../src/fill.js';
import { planOf, sumOn } from '../src/plan.js';
import { sitesOf, upTo } from './sites.js';

/**
 * So fine that what cannot be divided (some units, wherever a level was rounded) is never mistaken for a difference: of
 * eight cars levels differ by 1/324 dA at least, for they are sums divided by numbers whose own sum is 8 at most.
 */
const FINE = 100_000;
const ROUNDED = 100;

/** @returns the lowest at which they differ: above 0 where the second is more */
function difference(some: readonly number[], others: readonly number[]): number {
  const sorted = (values: readonly number[]) => [...values].sort((a, b) => a - b);
  const [one, other] = [sorted(some), sorted(others)];
  const gains = one.map((value, rank) => (other[rank] ?? 0) - value);
  return gains.find((gain) => Math.abs(gain) > ROUNDED) ?? 0;
}

const cases = sitesOf(8).chain((site) => {
  const plan = planOf(site);
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
