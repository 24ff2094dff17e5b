import { MAINS, PHASES, perPhase } from '@fairamp/units';
import { car, circuit, smart } from '../test/site.js';
import { besideOf, capacityOf } from './capacity.js';
import type { ChargePoint, Site } from './index.js';
import { planOf } from './plan.js';
import { type Standing, standingsOf } from './standing.js';

type Given = Parameters<typeof car>[1];

const HOUSE_dA = 50;
/** 10 s before now, and 1 ms less: the mains can have answered, or not yet. */
const [LONG_AGO, JUST_NOW] = [90_000, 90_001];

const onL1 = (current_dA: number) => ({ L1: current_dA, L2: 0, L3: 0 });

/** What was seen of its draw: the most by its reports, the least for sure. */
function drawing(limit_dA: number, high_dA: number, low_dA: number | null, given: Given = {}): ChargePoint {
  const low = low_dA === null ? null : onL1(low_dA);
  return car('old', { limit_dA, drawHigh_dA: onL1(high_dA), drawLow_dA: low, ...given });
}

const unmetered = { isMetered: false };
const newcomer = car('new', { need: 'starting' });

type Differently = { readonly house_dA?: number; readonly standing?: (one: Standing) => Standing };

/** Beside them on L1, where the house draws 5 A. */
function beside(cars: readonly ChargePoint[], { house_dA = HOUSE_dA, standing }: Differently = {}): number {
  const plan = planOf(smart(320, house_dA, cars));
  return besideOf(plan, standingsOf(plan).map(standing ?? ((one) => one)))[0] ?? NaN;
}

test.each<readonly [string, ChargePoint, number]>([
  ['with a meter: the most of its draw is its own', drawing(80, 80, 50), 50],
  ['that nobody measures: only what it surely draws is its own', drawing(80, 80, 50, unmetered), 80],
  ['that nobody measures and nothing is known of', drawing(80, 80, null, unmetered), 130],
  ['raised just now: all that it may draw', drawing(80, 80, 50, { ...unmetered, raisedAt: JUST_NOW }), 50],
  ['raised long ago: as ever', drawing(80, 80, 50, { ...unmetered, raisedAt: LONG_AGO }), 80],
  ['lowered just now: an ampere less than it draws', drawing(70, 80, 10, { ...unmetered, loweredAt: JUST_NOW }), 60],
  ['lowered long ago: as ever', drawing(70, 80, 10, { ...unmetered, loweredAt: LONG_AGO }), 120],
  [
    'lowered from much: a tenth less, of each tenth begun',
    drawing(210, 205, 10, { ...unmetered, loweredAt: JUST_NOW }),
    71,
  ],
  [
    'lowered, and more is sure of it than that',
    drawing(70, 80, 78, { ...unmetered, loweredAt: JUST_NOW, obeyed_dA: 80 }),
    52,
  ],
])('beside a car %s', (_, old, expected_dA) => {
  expect(beside([old])).toBe(expected_dA);
});

test('what the mains have shown of a draw that no report tells is no second time the house`s', () => {
  const told = drawing(80, 0, 80, unmetered);
  expect(beside([told], { house_dA: HOUSE_dA + 80 })).toBe(HOUSE_dA);
});

describe('while somebody waits to begin', () => {
  test.each<readonly [string, ChargePoint, number]>([
    ['what wavers of a draw is nobody`s', drawing(190, 190, 186), 54],
    ['a car that ramps up takes an ampere of that', drawing(190, 190, 100), 60],
    ['and what it draws above its promise', drawing(187, 190, 186), 54],
    ['raised just now, it is still to draw more: nothing', drawing(190, 190, 186, { raisedAt: JUST_NOW }), 50],
    ['of a draw that nobody measures, as much as a lowering will make unsure', drawing(80, 54, 50, unmetered), 60],
    ['which it cannot at its minimum', drawing(60, 54, 50, unmetered), 54],
  ])('%s', (_, old, expected_dA) => {
    expect(beside([old, newcomer])).toBe(expected_dA);
  });

  test('who is paused in this very decision does not: he gives room, and takes none', () => {
    const paused = car('new', { limit_dA: 60, draw_dA: 0 });
    const standing = (one: Standing): Standing => (one.point.id === 'new' ? { ...one, limit_dA: 0 } : one);
    expect(beside([drawing(190, 190, 186), paused], { standing })).toBe(50);
  });
});

describe('our cars may share', () => {
  const shared = (site: Site): number => {
    const plan = planOf(site);
    const standings = standingsOf(plan);
    return capacityOf(plan, standings, besideOf(plan, standings))[0] ?? NaN;
  };
  const charges = car('old', { limit_dA: 160 });

  test.each([
    ['the limit less what flows beside them', 200, 150],
    ['and no less than the minimum of who charges', 80, 60],
  ])('%s', (_, limit_dA, expected_dA) => {
    expect(shared(smart(limit_dA, HOUSE_dA, [charges]))).toBe(expected_dA);
  });

  test('where nobody sees what flows, no more than that minimum, whatever their own draw', () => {
    const load = { kind: 'measured', signed: true, current_dA: perPhase(() => 0) } as const;
    const blind = circuit(MAINS, 320, { load, seen: PHASES.filter((phase) => phase !== 'L1') });
    expect(shared({ ...smart(320, 0, [charges]), circuits: [blind] })).toBe(60);
  });
});
