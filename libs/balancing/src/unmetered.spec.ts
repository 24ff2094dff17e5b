import { MAINS, PHASES, perPhase } from '@fairamp/units';
import { type ChargePoint, decide } from './index.js';
import { becauseOf, car, circuit, decided, limits, measured, raised, smart } from '../test/site.js';

/** It draws all of its limit, and only the mains know. */
const unmetered = (limit_dA: number) =>
  car('old', { limit_dA, maximum_dA: 240, draw_dA: 0, drawLow_dA: null, isMetered: false });
const site = (limit_dA: number, other: ReturnType<typeof car>) =>
  smart(580, 125 + limit_dA, [unmetered(limit_dA), other]);
const onL1 = (current_dA: number) => ({ L1: current_dA, L2: 0, L3: 0 });
const newcomer = car('new', { need: 'starting' });

describe('beside a car that nobody measures', () => {
  test('I15: a newcomer is made room for as the gate for raises will reckon', () => {
    // 12.5 A of house and 24 A drawn stand in the sample, and 24 A are reserved of it beside that.
    const first = decided(site(240, newcomer));
    expect(limits(first)).toEqual({ old: 155, new: 0 });
    expect(raised(first)).toEqual([]);
    const obeyed = decided(site(155, newcomer));
    expect(limits(obeyed)).toMatchObject({ new: 60 });
    expect(raised(obeyed)).toContain('new');
  });

  test('what is not known of its draw is the house`s once, not twice', () => {
    const inferred = { drawHigh_dA: onL1(60), drawBefore_dA: onL1(60), drawLow_dA: onL1(50), isMetered: false };
    const old = car('old', { limit_dA: 60, maximum_dA: 60, ...inferred });
    expect(limits(decided(smart(135, 0, [old, newcomer])))).toEqual({ old: 60, new: 60 });
    expect(limits(decided(smart(134, 0, [old, newcomer])))).toEqual({ old: 60, new: 0 });
  });

  test.each([
    [90_001, 80],
    [90_000, 60],
  ])(
    'its rise is not taken for the house`s before the mains can have answered: raised at %i ms',
    (raisedAt, expected_dA) => {
      const all = (current_dA: number) => perPhase(() => current_dA);
      const inferred = { drawHigh_dA: all(80), drawBefore_dA: all(80), drawLow_dA: all(50), isMetered: false };
      const old = car('old', { limit_dA: 80, phases: PHASES, ...inferred, raisedAt });
      const other = car('other', { limit_dA: 100, phases: ['L3'] });
      const limit_dA = { L1: 80, L2: 200, L3: 200 };
      const mains = circuit(MAINS, 200, { limit_dA, load: measured(0, [old, other]) });
      const decisions = decided({ ...smart(200, 0, [old, other]), circuits: [mains] });
      expect(limits(decisions)['old']).toBe(expected_dA);
    },
  );

  test.each([
    [90_001, true],
    [90_000, false],
  ])('nor its fall: who got its place because it was lowered keeps it, at %i ms', (loweredAt, seated) => {
    // The mains have not shown yet what it draws now, so less is known of it than will be.
    const inferred = { drawHigh_dA: onL1(80), drawBefore_dA: onL1(80), drawLow_dA: onL1(10), isMetered: false };
    const old = car('old', { limit_dA: 70, obeyed_dA: 80, ...inferred, loweredAt, seatedAt: 98_000 });
    const waits = car('new', { need: 'starting', seatedAt: 99_000 });
    expect(decided(smart(150, 0, [old, waits]))).toMatchObject([{ id: 'new', seated }, { id: 'old' }]);
  });

  test('one that has a meter and does not draw yet is the cars` own, not the house`s', () => {
    const starts = car('old', { limit_dA: 240, maximum_dA: 240, draw_dA: 0 });
    expect(limits(decided(smart(580, 125, [starts, newcomer])))).toMatchObject({ old: 240 });
  });

  test('nobody is lowered for nobody', () => {
    expect(limits(decided(site(240, car('new', { need: 'none' }))))).toEqual({ old: 240, new: 0 });
  });

  test('one that has a meter and draws nothing is no second room: who comes then waits for its turn', () => {
    const still = car('old', { limit_dA: 60, draw_dA: 0 });
    expect(decided(smart(70, 0, [still, newcomer]))).toMatchObject([
      { id: 'new', seated: false, because: ['waiting-turn', 'mains-L1'] },
      { id: 'old', seated: true, limit_dA: 70 },
    ]);
  });
});

describe('beside a car that draws some tenths more than it may', () => {
  const greedy = (limit_dA: number) => car('old', { limit_dA, draw_dA: limit_dA + 3 });

  test('I15: a newcomer is made room for as the gate for raises will reckon, which takes the excess for the house`s', () => {
    expect(limits(decided(smart(250, 0, [greedy(250), newcomer])))).toEqual({ old: 187, new: 0 });
    const obeyed = decided(smart(250, 0, [greedy(187), newcomer]));
    expect(limits(obeyed)).toEqual({ old: 187, new: 60 });
    expect(raised(obeyed)).toEqual(['new']);
  });

  test.each<readonly [string, Partial<ChargePoint>, number, number]>([
    ['a newcomer is made room for as the gate will reckon', {}, 250, 186],
    ['it begins once there is room', {}, 251, 187],
    ['and was lowered long ago it is no other', { loweredAt: 90_000 }, 250, 186],
    ['nobody is lowered while its reports may be of before it was lowered itself', { loweredAt: 90_001 }, 250, 187],
  ])('I15: beside one that wavers about its limit %s', (_, given, limit_dA, expected_dA) => {
    const draws = { drawHigh_dA: onL1(190), drawBefore_dA: onL1(190), drawLow_dA: onL1(186) };
    const old = car('old', { limit_dA: 187, ...draws, ...given });
    const begins_dA = limit_dA === 251 ? 60 : 0;
    expect(limits(decided(smart(limit_dA, 0, [old, newcomer])))).toEqual({ old: expected_dA, new: begins_dA });
  });

  test('what is not its own is remembered while somebody waits, and only then', () => {
    const draws = { drawHigh_dA: onL1(190), drawBefore_dA: onL1(190), drawLow_dA: onL1(186) };
    const old = car('old', { limit_dA: 187, ...draws });
    const remembered = (...cars: readonly ChargePoint[]) => {
      return decide(smart(250, 50, [old, ...cars])).circuits[0]?.beside_dA['L1'];
    };
    expect(remembered()).toBe(50);
    expect(remembered(newcomer)).toBe(54);
  });

  test('a car that is on its way down is not one', () => {
    const coming = car('old', { limit_dA: 190, obeyed_dA: 190, draw_dA: 250, reserved_dA: 250 });
    expect(limits(decided(smart(250, 0, [coming, newcomer])))).toEqual({ old: 190, new: 0 });
  });
});

test('a car that has just stopped is none that draws more than it may: its place goes to who waits for it', () => {
  // The sample is from before.
  const stopped = car('old', { need: 'starting', limit_dA: 0, draw_dA: 85 });
  const waits = car('new', { need: 'starting', seatedAt: 99_000 });
  expect(decided(smart(250, 80, [stopped, waits, car('other', { limit_dA: 85 })]))).toMatchObject([
    { id: 'new', seated: true },
    { id: 'old', seated: false },
    { id: 'other', seated: true },
  ]);
});

describe('a car whose meter says that it draws nothing', () => {
  const busy = (limit_dA: number) => car('busy', { limit_dA, seatedAt: 50_000 });
  const idle = (limit_dA: number, raisedAt: number | null = null) => {
    return car('idle', { limit_dA, draw_dA: 0, seatedAt: 1, raisedAt });
  };

  test('leaves what it does not use to the others', () => {
    const decisions = decided(smart(320, 0, [busy(160), idle(160)]));
    expect(limits(decisions)).toEqual({ busy: 160, idle: 60 });
    expect(becauseOf(decisions, 'idle')).toEqual(['mains-L1', 'fair-share', 'car-draws-less']);
  });

  test('bears no part of an overload: who draws gives all of it', () => {
    expect(limits(decided(smart(250, 140, [busy(160), idle(160)])))).toEqual({ busy: 110, idle: 110 });
  });

  test('is not paused in place of one that draws', () => {
    expect(limits(decided(smart(250, 230, [busy(60), idle(60)])))).toEqual({ busy: 0, idle: 60 });
  });

  test('I2: is paused at last, should its meter be stuck: when all others have given all that they have', () => {
    expect(limits(decided(smart(250, 256, [busy(60), idle(160)])))).toEqual({ busy: 0, idle: 0 });
    expect(limits(decided(smart(250, 255, [busy(60), idle(160)])))).toEqual({ busy: 0, idle: 160 });
  });

  test('is taken to draw all that it may while its raise is fresh', () => {
    expect(limits(decided(smart(250, 140, [busy(160), idle(160, 95_000)])))).toEqual({ busy: 135, idle: 135 });
    expect(limits(decided(smart(250, 140, [busy(160), idle(160, 90_000)])))).toEqual({ busy: 110, idle: 110 });
  });
});
