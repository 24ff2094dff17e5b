import { type Phase, perPhase } from '@fairamp/units';
import { car, smart } from '../test/site.js';
import type { ChargePoint } from './index.js';
import { planOf } from './plan.js';
import { share } from './share.js';
import { standingsOf } from './standing.js';

type Given = Parameters<typeof car>[1];
/** It charges, draws all of what it holds, and would like 32 A. */
const asks = (id: string, given: Given = {}): ChargePoint => car(id, { limit_dA: given.minimum_dA ?? 60, ...given });
/** It may have 13 A and draws 6 A: 10 A are what it uses. */
const modest = (id: string): ChargePoint => asks(id, { limit_dA: 130, draw_dA: 60 });
const queues = (id: string, given: Given = {}): ChargePoint => car(id, { need: 'starting', ...given });

function targets(capacity_dA: number, cars: readonly ChargePoint[]) {
  const plan = planOf(smart(0, 0, cars));
  const amounts = plan.branches.map(() => capacity_dA);
  const standings = standingsOf(plan);
  const { targets: all } = share(plan, standings, { capacity_dA: amounts, lately_dA: plan.branches.map(() => 0) });
  return Object.fromEntries(
    all.map(({ target_dA, because }, point) => [plan.points[point]?.id, [target_dA, ...because]]),
  );
}
const three: readonly Phase[] = ['L1', 'L2', 'L3'];
const L1 = ['mains-L1'];
const SHARED = ['mains-L1', 'fair-share'];

test.each([
  ['alone it gets what there is', 200, [asks('a')], { a: [200, ...L1] }],
  ['alone it gets its maximum', 400, [asks('a', { maximumBecause: 'cable' })], { a: [320, 'cable'] }],
  ['two share evenly', 300, [asks('a'), asks('b')], { a: [150, ...SHARED], b: [150, ...SHARED] }],
  [
    'an odd deciampere goes to the first by id',
    301,
    [asks('b'), asks('a')],
    { a: [151, ...SHARED], b: [150, ...SHARED] },
  ],
  [
    'what one cannot take goes to the other',
    300,
    [asks('a', { maximum_dA: 100 }), asks('b')],
    { a: [100, 'setting-max'], b: [200, ...SHARED] },
  ],
  [
    'what one does not use goes to the other',
    300,
    [modest('a'), asks('b')],
    { a: [100, 'car-draws-less', ...SHARED], b: [200, ...SHARED] },
  ],
  [
    'and comes back when nobody wants it',
    450,
    [modest('a'), asks('b')],
    { a: [130, 'car-draws-less', ...SHARED], b: [320, 'setting-max'] },
  ],
  [
    'a higher minimum comes before equality',
    240,
    [asks('a', { minimum_dA: 160 }), asks('b')],
    { a: [160, ...SHARED], b: [80, ...SHARED] },
  ],
  [
    'cars on different phases do not share',
    200,
    [asks('a'), asks('b', { phases: ['L2'] })],
    { a: [200, ...L1], b: [200, 'mains-L2'] },
  ],
  [
    'three phases share with each',
    200,
    [asks('a', { phases: three }), asks('b', { phases: ['L3'] })],
    { a: [100, 'mains-L3', 'fair-share'], b: [100, 'mains-L3', 'fair-share'] },
  ],
  [
    'a higher priority is served first, and beside it only minima',
    300,
    [asks('a', { priority: 1, maximum_dA: 200 }), asks('b')],
    { a: [200, 'setting-max'], b: [100, ...SHARED] },
  ],
  [
    'who has time leaves what it does not need yet to who has none',
    300,
    [asks('a', { goal: { pace_dA: 80, laxity_ms: 9e6 } }), asks('b', { goal: { pace_dA: 300, laxity_ms: 0 } })],
    { a: [80, 'in-good-time', ...SHARED], b: [220, ...SHARED] },
  ],
  [
    'and of who has said nothing nothing is taken for it',
    300,
    [asks('a'), asks('b', { goal: { pace_dA: 300, laxity_ms: 0 } })],
    { a: [150, ...SHARED], b: [150, ...SHARED] },
  ],
  [
    'who charges keeps its place, newcomers wait in their order',
    130,
    [queues('a', { waitsSince: 2 }), queues('b', { waitsSince: 1 }), asks('c')],
    { a: [0, 'waiting-turn', ...L1], b: [60, 'newcomer'], c: [70, ...SHARED] },
  ],
  [
    'whose minimum is too high is passed over',
    130,
    [queues('a', { minimum_dA: 160 }), queues('b', { waitsSince: 1 })],
    { a: [0, 'no-current', ...L1], b: [60, 'newcomer'] },
  ],
  ['not even alone', 59, [queues('a')], { a: [0, 'no-current', ...L1] }],
  [
    'who rests is served from what is left',
    400,
    [car('a', { need: 'resting' }), asks('b')],
    { a: [60, 'car-draws-less'], b: [320, 'setting-max'] },
  ],
  [
    'and otherwise has nothing, though it waits for nobody: it stopped by itself',
    300,
    [car('a', { need: 'resting' }), asks('b')],
    { a: [0, 'car-draws-less'], b: [300, ...L1] },
  ],
  ['without a car there is nothing', 300, [car('a', { need: 'none' })], { a: [0, 'no-car'] }],
] as const)('%s', (_, capacity_dA, cars, expected) => {
  expect(targets(capacity_dA, cars)).toEqual(expected);
});

test('a phase that is overloaded holds back nobody who does not use it', () => {
  const plan = planOf(smart(0, 0, [asks('a')]));
  const standings = standingsOf(plan);
  const capacity_dA = [200, -90, -90];
  const { targets: all } = share(plan, standings, { capacity_dA, lately_dA: perThree(0) });
  expect(all).toMatchObject([{ target_dA: 200, because: L1 }]);
});

function perThree(amount: number): readonly number[] {
  return Object.values(perPhase(() => amount));
}
