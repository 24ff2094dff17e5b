import { type Phase, perPhase } from '@fairamp/units';
import { car, smart } from '../test/site.js';
import type { ChargePoint } from './index.js';
import { planOf } from './plan.js';
import { share } from './share.js';
import { standingsOf } from './standing.js';

type Given = Parameters<typeof car>[1];
const asks = (id: string, given: Given = {}): ChargePoint => car(id, { limit_dA: given.minimum_dA ?? 60, ...given });
const queues = (id: string, given: Given = {}): ChargePoint => car(id, { need: 'starting', ...given });
const three: readonly Phase[] = ['L1', 'L2', 'L3'];

test('who has just given its place takes nobody else`s, for his turn is over too; who is new does', () => {
  const had = [1, 2].map((number) => asks(`had${number}`, { seatedAt: number, since: 0 }));
  const seated = (waits: Given) => {
    const plan = planOf({ ...smart(0, 0, [...had, queues('waits', waits)]), turn_ms: 50_000 });
    const amounts = { capacity_dA: perThree(130), lately_dA: perThree(0) };
    const { seated: all } = share(plan, standingsOf(plan), amounts);
    return plan.points.filter((_, point) => all[point] === true).map(({ id }) => id);
  };
  expect(seated({ since: 0, waitsSince: 99_000 })).toEqual(['had1', 'had2']);
  expect(seated({ since: 0, waitsSince: 50_000 })).toEqual(['had2', 'waits']);
  expect(seated({ since: 99_000, waitsSince: 99_000 })).toEqual(['had2', 'waits']);
});

test('whom protection has just paused takes nobody`s place by having waited long before', () => {
  const had = asks('had', { seatedAt: 0, since: 0 });
  const plan = planOf({
    ...smart(0, 0, [had, asks('paused', { seatedAt: 0, since: 0, waitsSince: 0 })]),
    turn_ms: 50_000,
  });
  const standings = standingsOf(plan).map((one) => (one.point.id === 'paused' ? { ...one, limit_dA: 0 } : one));
  const { seated } = share(plan, standings, { capacity_dA: perThree(60), lately_dA: perThree(0) });
  expect(plan.points.filter((_, point) => seated[point] === true).map(({ id }) => id)).toEqual(['had']);
});

test('who would not fit beside what flowed lately keeps no room from who does, however long it waits', () => {
  const long = queues('a', { minimum_dA: 100, waitsSince: 0 });
  const plan = planOf({ ...smart(0, 0, [long, queues('b', { waitsSince: 99_000 })]), turn_ms: 50_000 });
  const amounts = { capacity_dA: perThree(120), lately_dA: perThree(30) };
  const { targets: all } = share(plan, standingsOf(plan), amounts);
  expect(all.map(({ target_dA }) => target_dA)).toEqual([0, 60]);
});

test.each([
  ['is kept from who is new', 110, 0, ['b']],
  ['nor may anybody take what it needs beside others', 124, 0, ['b']],
  ['and what is left beside both is not', 125, 0, ['a', 'b']],
  ['unless it waits for one of a higher priority: that may be for ever', 110, 1, ['a', 'b']],
])('what who has waited for a turn needs where it lacks nothing %s', (_, capacity_dA, priority, expected) => {
  const inTurn = asks('b', { phases: ['L2'], seatedAt: 90_000, priority });
  const fresh = queues('a', { since: 90_000, waitsSince: 90_000 });
  const plan = planOf({
    ...smart(0, 0, [fresh, inTurn, queues('c', { phases: three, waitsSince: 0 })]),
    turn_ms: 50_000,
  });
  const { seated } = share(plan, standingsOf(plan), { capacity_dA: [capacity_dA, 110, 110], lately_dA: perThree(0) });
  expect(plan.points.filter((_one, point) => seated[point] === true).map(({ id }) => id)).toEqual(expected);
});

test('nor does who cannot begin beside one of a higher priority, for the tenths that it must leave beside it', () => {
  const seated = (capacity_dA: number): readonly string[] => {
    const first = asks('a', { priority: 1 });
    const long = queues('b', { phases: three, waitsSince: 0 });
    const plan = planOf({ ...smart(0, 0, [first, long, queues('c', { phases: ['L2'] })]), turn_ms: 50_000 });
    const shared = share(plan, standingsOf(plan), { capacity_dA: [capacity_dA, 120, 120], lately_dA: perThree(0) });
    return plan.points.filter((_, point) => shared.seated[point] === true).map(({ id }) => id);
  };
  expect(seated(119)).toEqual(['a', 'c']);
  expect(seated(124)).toEqual(['a', 'c']);
  expect(seated(125)).toEqual(['a', 'b']);
});

describe('nothing is kept', () => {
  const site = (...cars: readonly ChargePoint[]) => ({ ...smart(0, 0, cars), turn_ms: 50_000 });
  const seatedIn = (
    cars: readonly ChargePoint[],
    capacity_dA: readonly number[],
    lately_dA = perThree(0),
  ): readonly string[] => {
    const plan = planOf(site(...cars));
    const { seated } = share(plan, standingsOf(plan), { capacity_dA, lately_dA });
    return plan.points.filter((_, point) => seated[point] === true).map(({ id }) => id);
  };
  const long = queues('b', { phases: three, waitsSince: 0 });
  const fresh = queues('c', { phases: ['L2'] });

  test('where they who must make its room leave it the rest too', () => {
    const inTurn = asks('a', { phases: three, seatedAt: 90_000 });
    expect(seatedIn([inTurn, long, fresh], [110, 125, 125])).toEqual(['a', 'c']);
  });

  test('but what they do not leave is', () => {
    const inTurn = asks('a', { phases: ['L1'], seatedAt: 90_000 });
    const other = asks('d', { phases: ['L2'], seatedAt: 95_000 });
    expect(seatedIn([inTurn, long, fresh], [110, 124, 124])).toEqual(['a']);
    expect(seatedIn([inTurn, long, fresh], [110, 125, 124])).toEqual(['a', 'c']);
    expect(seatedIn([inTurn, other, long, fresh], [110, 184, 124])).toEqual(['a', 'd']);
    expect(seatedIn([inTurn, other, long, fresh], [110, 185, 124])).toEqual(['a', 'c', 'd']);
    // Its turn is over before the other's, so it is counted on.
    const sooner = { ...other, seatedAt: 85_000 };
    expect(seatedIn([inTurn, sooner, long, fresh], [110, 184, 124])).toEqual(['a', 'c', 'd']);
    // Of a higher priority nobody is expected to end his turn.
    expect(seatedIn([inTurn, { ...sooner, priority: 1 }, long, fresh], [110, 184, 124])).toEqual(['a', 'd']);
  });

  test('where it lacks something neither: it has what they leave, and beside them there is room for less', () => {
    const big = { minimum_dA: 100, phases: ['L1'] } as const;
    const cars = [asks('a', { ...big, seatedAt: 90_000 }), queues('b', { ...big, waitsSince: 0 }), queues('c')];
    expect(seatedIn(cars, perThree(165))).toEqual(['a', 'c']);
    expect(seatedIn(cars, perThree(164))).toEqual(['a']);
    expect(
      seatedIn([asks('a', { ...big, minimum_dA: 90, seatedAt: 90_000 }), ...cars.slice(1)], perThree(164)),
    ).toEqual(['a']);
  });

  test('as soon as enough of them have ended theirs', () => {
    const onL1 = (id: string, seatedAt: number) => asks(id, { phases: ['L1'], seatedAt });
    const other = asks('d', { phases: ['L2'], seatedAt: 90_000 });
    const cars = [onL1('a', 95_000), other, onL1('e', 85_000), long, fresh];
    // One that leaves is enough, with half an ampere to spare beside the other and what flowed lately.
    expect(seatedIn(cars, [125, 184, 124])).toEqual(['a', 'd', 'e']);
    expect(seatedIn(cars, [124, 184, 124])).toEqual(['a', 'c', 'd', 'e']);
    expect(seatedIn(cars, [128, 184, 124], [3, 0, 0])).toEqual(['a', 'd', 'e']);
    expect(seatedIn(cars, [127, 184, 124], [3, 0, 0])).toEqual(['a', 'c', 'd', 'e']);
  });

  test('for who comes after another who lacks the same: its turn is not next', () => {
    const inTurn = asks('a', { phases: ['L1'], seatedAt: 90_000 });
    const next = queues('b', { phases: ['L1'], waitsSince: 0 });
    const later = queues('d', { phases: three, waitsSince: 1 });
    expect(seatedIn([inTurn, next, later, fresh], [110, 100, 100])).toEqual(['a', 'c']);
    expect(seatedIn([inTurn, { ...next, waitsSince: 2 }, later, fresh], [110, 100, 100])).toEqual(['a']);
    // Nor for who lacks what is kept for another.
    const first = queues('b', { phases: ['L1', 'L2'], waitsSince: 0 });
    const behind = queues('d', { phases: ['L2', 'L3'], waitsSince: 1 });
    expect(seatedIn([inTurn, first, behind, queues('c', { phases: ['L3'] })], [110, 110, 124])).toEqual(['a', 'c']);
  });
});

function perThree(amount: number): readonly number[] {
  return Object.values(perPhase(() => amount));
}
