import type { Phase } from '@fairamp/units';
import { type Demand, allocate } from './index.js';

function asks(id: string, given: Partial<Demand> = {}): Demand {
  const base = { id, phases: ['L1'] as const, turn: 'keeps' as const, since: 0, minimum_dA: 60 };
  return { ...base, wants_dA: 320, maximum_dA: 320, maximumBecause: 'setting-max', ...given };
}
function targets(capacity_dA: number, demands: readonly Demand[]) {
  const shared = allocate({ L1: capacity_dA, L2: capacity_dA, L3: capacity_dA }, demands);
  return Object.fromEntries(shared.map(({ of, target_dA, because }) => [of.id, [target_dA, ...because]]));
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
    [asks('a', { wants_dA: 100, maximum_dA: 100 }), asks('b')],
    { a: [100, 'setting-max'], b: [200, ...SHARED] },
  ],
  [
    'what one does not use goes to the other',
    300,
    [asks('a', { wants_dA: 100 }), asks('b')],
    { a: [100, 'car-draws-less', ...SHARED], b: [200, ...SHARED] },
  ],
  [
    'and comes back when nobody wants it',
    450,
    [asks('a', { wants_dA: 100 }), asks('b')],
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
    'who charges keeps its place, newcomers wait in their order',
    130,
    [asks('a', { turn: 'queues', since: 2 }), asks('b', { turn: 'queues', since: 1 }), asks('c', { since: 9 })],
    { a: [0, 'waiting-turn', ...L1], b: [65, ...SHARED], c: [65, ...SHARED] },
  ],
  [
    'whose minimum is too high is passed over',
    130,
    [asks('a', { turn: 'queues', minimum_dA: 160 }), asks('b', { turn: 'queues', since: 1 })],
    { a: [0, 'no-current', ...L1], b: [130, ...L1] },
  ],
  ['not even alone', 59, [asks('a')], { a: [0, 'no-current', ...L1] }],
  [
    'who rests is served from what is left',
    400,
    [asks('a', { turn: 'rests', wants_dA: 60, maximum_dA: 60, maximumBecause: 'car-draws-less' }), asks('b')],
    { a: [60, 'car-draws-less'], b: [320, 'setting-max'] },
  ],
  [
    'and otherwise has nothing, though it waits for nobody: it stopped by itself',
    300,
    [asks('a', { turn: 'rests', wants_dA: 60, maximum_dA: 60 }), asks('b')],
    { a: [0, 'car-draws-less'], b: [300, ...L1] },
  ],
  ['without a car there is nothing', 300, [asks('a', { turn: 'absent' })], { a: [0, 'no-car'] }],
  [
    'on an overloaded phase others are served',
    -50,
    [asks('a', { turn: 'absent', phases: ['L2'] })],
    { a: [0, 'no-car'] },
  ],
] as const)('%s', (_, capacity_dA, demands, expected) => {
  expect(targets(capacity_dA, demands)).toEqual(expected);
});

test('a phase that is overloaded holds back nobody who does not use it', () => {
  expect(allocate({ L1: 200, L2: -90, L3: -90 }, [asks('a')])).toMatchObject([{ target_dA: 200, because: L1 }]);
});
