// What sharing does with any capacity of any tree: it fits, it is max-min fair, nothing is left over, and more capacity
// never hurts those who have least.
import { sumOf } from '@fairamp/units';
import fc from 'fast-check';
import { runs } from '../../../test/runs.js';
import { type Demand, demandOf } from '../src/demand.js';
import { type Plan, planOf } from '../src/plan.js';
import { type Target, share } from '../src/share.js';
import { type Standing, asks, standingsOf } from '../src/standing.js';
import type { Site } from '../src/index.js';
import { sites, sitesOf, upTo } from './sites.js';

const often = runs(500);

type One = Demand & Target & { readonly point: number; readonly standing: Standing; readonly seated: boolean };
/** A capacity that was shared out: nothing here rests on what flows. */
type Shared = {
  readonly plan: Plan;
  readonly capacity_dA: readonly number[];
  readonly lately_dA: readonly number[];
  readonly all: readonly One[];
};

function sharedOf(site: Site, capacity_dA: readonly number[], lately_dA: readonly number[] = []): Shared {
  const plan = planOf(site);
  const standings = standingsOf(plan);
  const { targets, seated } = share(plan, standings, { capacity_dA, lately_dA });
  const all = standings.map((standing, point) => {
    const target = targets[point] ?? { target_dA: -1, because: [] };
    return { ...demandOf(standing, site.now), ...target, point, standing, seated: seated[point] === true };
  });
  return { plan, capacity_dA, lately_dA, all };
}
const usersOf = ({ plan, all }: Shared, branch: number): readonly One[] =>
  all.filter(({ point }) => plan.branches[branch]?.users.includes(point) === true);
const takenOn = (shared: Shared, branch: number): number =>
  sumOf(usersOf(shared, branch), ({ target_dA }) => target_dA);
const capacityOn = ({ capacity_dA }: Shared, branch: number): number => capacity_dA[branch] ?? 0;
const pathOf = ({ plan }: Shared, { point }: One): readonly number[] => plan.paths[point] ?? [];
const isFull = (shared: Shared, branch: number): boolean => takenOn(shared, branch) >= capacityOn(shared, branch);

const amounts = (site: Site, amount: fc.Arbitrary<number>): fc.Arbitrary<readonly number[]> => {
  const count = 3 * site.circuits.length;
  return fc.array(amount, { minLength: count, maxLength: count });
};
const shared = sites.chain((site) =>
  fc
    .tuple(amounts(site, fc.integer({ min: -50, max: 900 })), amounts(site, fc.constantFrom(0, 0, 20, 100)))
    .map(([capacity_dA, lately_dA]) => sharedOf(site, capacity_dA, lately_dA)),
);

/** One deciampere cannot be divided: the other may be that much ahead. */
const isAheadOf = (one: One, upToWhich: 'pace_dA' | 'minimum_dA', other: One): boolean =>
  other.target_dA > Math.max(one.target_dA + 1, other.minimum_dA, other[upToWhich]);

/** Nobody of its priority has more but what it needs in time, and nobody of a lower one more than its minimum. */
function isFairOn(all: Shared, one: One, branch: number): boolean {
  const { priority } = one.standing.point;
  const isLate = one.target_dA < one.pace_dA;
  return usersOf(all, branch)
    .filter(({ seated }) => seated)
    .every((other) => {
      if (other.standing.point.priority > priority) return true;
      if (other.standing.point.priority < priority) return other.target_dA <= other.minimum_dA;
      return !isAheadOf(one, isLate ? 'minimum_dA' : 'pace_dA', other);
    });
}

/** Why it would not fit beside those who have a place. */
function wouldNotFit(all: Shared, one: One): boolean {
  const isLong = ({ standing: { point } }: One): boolean =>
    all.plan.site.now - point.waitsSince >= all.plan.site.turn_ms;
  const fitsAlone = (other: One): boolean =>
    pathOf(all, other).every((branch) => capacityOn(all, branch) >= other.minimum_dA);
  return pathOf(all, one).some((branch) => {
    const minima = usersOf(all, branch).filter(({ seated }) => seated);
    const spare = (all.lately_dA[branch] ?? 0) + (minima.length > 0 ? 5 : 0);
    const left = capacityOn(all, branch) - sumOf(minima, ({ minimum_dA }) => minimum_dA);
    const isHeld = usersOf(all, branch).some(
      (other) => !other.seated && asks(other.standing.point) && isLong(other) && fitsAlone(other),
    );
    return left - spare < one.minimum_dA || isHeld;
  });
}

type Law = (all: Shared) => boolean;
const LAWS: Readonly<Record<string, Law>> = {
  'what is shared out fits every branch': (all) =>
    all.capacity_dA.every((capacity, branch) => takenOn(all, branch) <= Math.max(0, capacity)),
  'each gets 0 or its minimum to its maximum, in whole deciamperes': ({ all }) =>
    all.every(({ target_dA, minimum_dA, most_dA, standing: { point } }) => {
      const isAllowed = target_dA >= minimum_dA && target_dA <= Math.min(most_dA, point.maximum_dA);
      return target_dA === 0 || (isAllowed && Number.isInteger(target_dA));
    }),
  'who has a place has something, and who has something has a place or rests': ({ all }) =>
    all.every(({ target_dA, seated, standing: { point } }) =>
      seated ? target_dA > 0 : target_dA === 0 || point.need === 'resting',
    ),
  'max-min: who could use more has a full branch on which nobody goes before it for nothing': (all) =>
    all.all
      .filter((one) => one.seated && one.target_dA < one.wants_dA)
      .every((one) => pathOf(all, one).some((branch) => isFull(all, branch) && isFairOn(all, one, branch))),
  'nothing that somebody may have is left over': (all) =>
    all.all
      .filter(({ seated, target_dA, most_dA }) => seated && target_dA < most_dA)
      .every((one) => pathOf(all, one).some((branch) => isFull(all, branch))),
  'who waits would not fit beside those who were served before it': (all) =>
    all.all.filter(({ seated, standing }) => !seated && asks(standing.point)).every((one) => wouldNotFit(all, one)),
  'waiting is called waiting where it would fit alone, and no current where it would not': (all) =>
    all.all
      .filter(({ seated, standing }) => !seated && asks(standing.point))
      .every((one) => {
        const fits = pathOf(all, one).every((branch) => capacityOn(all, branch) >= one.minimum_dA);
        return one.because.includes(fits ? 'waiting-turn' : 'no-current');
      }),
};

test('what is shared out fits, is fair, and leaves nothing over', () => {
  const judge = (all: Shared): void => {
    for (const [words, holds] of Object.entries(LAWS)) if (!holds(all)) throw new Error(`not so: ${words}`);
  };
  fc.assert(fc.property(shared, judge), often);
});

/** Everybody charges, and all minima fit wherever they hang: the same cars go on whatever the capacity. */
const settled = (most: number): fc.Arbitrary<Site> =>
  sitesOf(most).map((site) => ({
    ...site,
    chargePoints: site.chargePoints.map((point) => ({
      ...point,
      need: 'charging' as const,
      limit_dA: Math.max(point.limit_dA, point.minimum_dA),
      seatedAt: site.now,
    })),
  }));
const minimaOf = ({ chargePoints }: Site): number => sumOf(chargePoints, ({ minimum_dA }) => minimum_dA);
const greedy = (site: Site): Site => ({
  ...site,
  // A raise that is just being followed: each wants all that it may have.
  chargePoints: site.chargePoints.map((point) => ({ ...point, priority: 0, goal: null, raisedAt: site.now })),
});

test('on one branch and for fixed cars, more capacity lowers nobody, whatever their priorities and goals', () => {
  const onOne = settled(8).map((site) => ({
    ...site,
    circuits: site.circuits.slice(0, 1),
    chargePoints: site.chargePoints.map((point) => ({ ...point, circuit: 'mains', phases: ['L2' as const] })),
  }));
  fc.assert(
    fc.property(onOne, upTo(1200), upTo(50), (site, least, more) => {
      const capacity = (amount: number) => [0, minimaOf(site) + amount, 0];
      const scarce = sharedOf(site, capacity(least)).all;
      const ample = sharedOf(site, capacity(least + more)).all;
      return scarce.every(({ target_dA }, point) => (ample[point]?.target_dA ?? 0) >= target_dA);
    }),
    often,
  );
});

const more = settled(8).chain((site) =>
  fc.tuple(fc.constant(greedy(site)), amounts(site, upTo(400)), amounts(site, upTo(400))),
);

test('for fixed cars in any tree, more capacity anywhere never lowers the one that has least', () => {
  const least = (site: Site, capacity_dA: readonly number[]) =>
    Math.min(...sharedOf(site, capacity_dA).all.map(({ target_dA }) => target_dA));
  fc.assert(
    fc.property(more, ([site, first, then]) => {
      const scarce = first.map((amount) => amount + minimaOf(site));
      const ample = scarce.map((amount, branch) => amount + (then[branch] ?? 0));
      return least(site, ample) >= least(site, scarce);
    }),
    often,
  );
});
