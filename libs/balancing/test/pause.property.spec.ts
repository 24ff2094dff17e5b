// Whom a shortage pauses: the fewest, held against every other choice that there is.
import { MAINS, PHASES, type Phase, sumOf } from '@fairamp/units';
import fc from 'fast-check';
import { runs } from '../../../test/runs.js';
import type { Lowerables } from '../src/lower.js';
import { type Rank, pauseFewest } from '../src/pause.js';
import { type Plan, planOf } from '../src/plan.js';
import { car, circuit } from './site.js';
import { SETS, type Tree, byPhase, rarely, treesOf, upTo } from './sites.js';

/** A charge point as pausing sees it: what it holds, what it must hold at least, what flows of it. */
type Pausable = {
  readonly phases: readonly Phase[];
  readonly circuit: string;
  readonly floor_dA: number;
  readonly limit_dA: number;
  readonly load_dA: number;
  readonly rank: Rank;
};
type Shortage = { readonly plan: Plan; readonly cars: readonly Pausable[]; readonly need_dA: readonly number[] };

const pausable = (sets: readonly (readonly Phase[])[], circuits: readonly string[], priority: fc.Arbitrary<number>) =>
  fc
    .record({
      phases: fc.constantFrom(...sets),
      circuit: fc.constantFrom(...circuits),
      floor_dA: fc.integer({ min: 60, max: 100 }),
      above_dA: fc.constantFrom(0, 0, 50),
      draw_dA: upTo(150),
      rank: fc.record({
        priority,
        isCharging: rarely(true, fc.constant(false)),
        seatedAt: upTo(9),
        waited_ms: upTo(9),
      }),
    })
    .map(({ above_dA, draw_dA, ...one }): Pausable => {
      const limit_dA = one.floor_dA + above_dA;
      return { ...one, limit_dA, load_dA: Math.min(draw_dA, limit_dA) };
    });

type Given = {
  readonly sets: readonly (readonly Phase[])[];
  readonly most_dA: number;
  readonly priority?: fc.Arbitrary<number>;
};

function shortagesOf(trees: fc.Arbitrary<Tree>, given: Given): fc.Arbitrary<Shortage> {
  const { sets, most_dA, priority = fc.constant(0) } = given;
  return trees.chain((tree) => {
    const ids = tree.map(({ id }) => id);
    const needs = fc.tuple(...tree.map(() => byPhase(upTo(most_dA))));
    return fc.tuple(fc.array(pausable(sets, ids, priority), { maxLength: 6 }), needs).map(([cars, need]) => ({
      cars,
      need_dA: need.flatMap((of) => PHASES.map((phase) => of[phase])),
      plan: planOf({
        now: 0,
        turn_ms: 0,
        barred: [],
        circuits: tree.map(({ id, parent }) => circuit(id, 250, { parent })),
        chargePoints: cars.map(({ phases, circuit: on }, number) => car(`cp${number}`, { phases, circuit: on })),
      }),
    }));
  });
}
const alone = fc.constant<Tree>([{ id: MAINS, parent: null }]);

function pausedOf({ plan, cars, need_dA }: Shortage): readonly number[] {
  const items: Lowerables['items'] = cars;
  const load_dA = (point: number): number => cars[point]?.load_dA ?? 0;
  const ranks = (point: number): Rank =>
    cars[point]?.rank ?? { priority: 0, isCharging: true, seatedAt: 0, waited_ms: 0 };
  return [...pauseFewest({ plan, items, load_dA, ranks }, need_dA).paused];
}

/** Does nothing stay over, with these paused and all others at their minimum? */
function suffices({ plan, cars, need_dA }: Shortage, paused: readonly number[]): boolean {
  const removed = (point: number): number => {
    const one = cars[point];
    return one === undefined ? 0 : Math.max(0, one.load_dA - (paused.includes(point) ? 0 : one.floor_dA));
  };
  return need_dA.every((need, branch) => {
    // Nobody asks for anything of a branch that nobody uses.
    const users = plan.branches[branch]?.users ?? [];
    return need - sumOf(users, removed) <= 0;
  });
}
const everyone = ({ cars }: Shortage): readonly number[] => cars.map((_, point) => point);
const subsets = (points: readonly number[]): readonly (readonly number[])[] =>
  points.reduce<readonly (readonly number[])[]>((sets, one) => [...sets, ...sets.map((set) => [...set, one])], [[]]);
/** Only where all paused suffice: otherwise the house alone is over. */
const scarce = (drawn: fc.Arbitrary<Shortage>): fc.Arbitrary<Shortage> =>
  drawn.map((one) => {
    const { plan, cars } = one;
    const most = (branch: number): number =>
      sumOf(plan.branches[branch]?.users ?? [], (point) => cars[point]?.load_dA ?? 0);
    return { ...one, need_dA: one.need_dA.map((need, branch) => Math.min(need, most(branch))) };
  });
const often = runs(500);

test('on one branch no smaller number of pauses would do', () => {
  fc.assert(
    fc.property(scarce(shortagesOf(alone, { sets: [['L2']], most_dA: 600 })), (shortage) => {
      const paused = pausedOf(shortage);
      const fewer = subsets(everyone(shortage)).filter((set) => set.length < paused.length);
      return suffices(shortage, paused) && !fewer.some((set) => suffices(shortage, set));
    }),
    often,
  );
});

test('on one branch of the highest priority no more are paused than must be when all others are', () => {
  const classes = shortagesOf(alone, { sets: [['L2']], most_dA: 600, priority: upTo(2) });
  fc.assert(
    fc.property(scarce(classes), (shortage) => {
      const paused = pausedOf(shortage);
      const priorityOf = (point: number): number => shortage.cars[point]?.rank.priority ?? 0;
      const highest = Math.max(...everyone(shortage).map(priorityOf));
      const top = (points: readonly number[]) => points.filter((point) => priorityOf(point) === highest);
      const others = everyone(shortage).filter((point) => priorityOf(point) < highest);
      const fewer = subsets(top(everyone(shortage))).filter((set) => set.length < top(paused).length);
      return suffices(shortage, paused) && !fewer.some((set) => suffices(shortage, [...others, ...set]));
    }),
    often,
  );
});

test('in any tree the pauses suffice, and none of them can be spared', () => {
  const anywhere = shortagesOf(treesOf(5), { sets: SETS, most_dA: 600, priority: upTo(1) });
  fc.assert(
    fc.property(scarce(anywhere), (shortage) => {
      const paused = pausedOf(shortage);
      const sparing = paused.map((spared) => paused.filter((one) => one !== spared));
      return suffices(shortage, paused) && !sparing.some((rest) => suffices(shortage, rest));
    }),
    often,
  );
});

test('where one pause would do, one is paused', () => {
  fc.assert(
    fc.property(scarce(shortagesOf(treesOf(3), { sets: SETS, most_dA: 100 })), (shortage) => {
      fc.pre(everyone(shortage).some((one) => suffices(shortage, [one])));
      return pausedOf(shortage).length <= 1;
    }),
    often,
  );
});

test('where the house alone is over, nobody there holds anything, and nobody elsewhere pauses for it', () => {
  const need = shortagesOf(treesOf(3), { sets: SETS, most_dA: 600 });
  fc.assert(
    fc.property(need, (shortage) => {
      const { plan, cars, need_dA } = shortage;
      const most = (branch: number): number =>
        sumOf(plan.branches[branch]?.users ?? [], (point) => cars[point]?.load_dA ?? 0);
      const isHouse = (branch: number): boolean => (need_dA[branch] ?? 0) > most(branch);
      const paused = pausedOf(shortage);
      return plan.paths.every((path, point) => {
        if (path.some(isHouse)) return paused.includes(point);
        return !paused.includes(point) || path.some((branch) => (need_dA[branch] ?? 0) > 0);
      });
    }),
    often,
  );
});
