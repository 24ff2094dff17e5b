import { perPhase, type PerPhase, type Phase } from '@fairamp/units';
import {
  drawLow,
  drawNow,
  forgetCar,
  initialDraw,
  meterDraw,
  byConductor,
  phasesInUse,
  type DrawState,
} from './draw.js';

const WIRED: readonly Phase[] = ['L1', 'L2', 'L3'];
const three = (dA: number): PerPhase<number> => perPhase(() => dA);
const one = (dA: number): PerPhase<number> => ({ L1: dA, L2: 0, L3: 0 });

/** Metered each 100 ms from `from` to `to`. */
function metered(state: DrawState, from: number, to: number, draw: (at: number) => PerPhase<number>): DrawState {
  let next = state;
  for (let at = from; at <= to; at += 100) next = meterDraw(next, draw(at), at);
  return next;
}

describe('what a report says of the draw', () => {
  test('I8: before 7 s are known, the time before counts as nothing drawn', () => {
    const state = metered(initialDraw(0), 100, 3_000, () => three(160));
    expect(drawLow(state, 3_000)).toEqual(three(0));
  });

  test('I8: after 7 s it is the lowest of the last 7 s', () => {
    const state = metered(initialDraw(0), 100, 10_000, (at) => three(at === 5_000 ? 70 : 160));
    expect(drawLow(state, 10_000)).toEqual(three(70));
  });

  test('I8: a dip leaves the window after 7 s and at most a bucket', () => {
    const state = metered(initialDraw(0), 100, 12_600, (at) => three(at === 5_000 ? 70 : 160));
    expect(drawLow(state, 12_600)).toEqual(three(160));
  });

  test('a meter that is silent for more than 2 s says nothing', () => {
    const state = metered(initialDraw(0), 100, 8_000, () => three(160));
    expect(drawNow(state, 10_000)).toEqual(three(160));
    expect(drawNow(state, 10_001)).toBeNull();
    expect(drawLow(state, 10_001)).toBeNull();
  });

  test('the window stays short', () => {
    expect(metered(initialDraw(0), 100, 60_000, () => three(160)).buckets.length).toBeLessThanOrEqual(16);
  });
});

describe('the conductors that a car uses', () => {
  test.each([
    ['before it draws: all that are wired', 0, () => one(0), WIRED],
    ['in its first 10 s: all that are wired', 9_000, () => one(160), WIRED],
    ['after 10 s: those that it has used', 12_000, () => one(160), ['L1']],
    [
      'a charger that idles at 0.5 A on the others does not use them',
      12_000,
      () => ({ L1: 160, L2: 5, L3: 5 }),
      ['L1'],
    ],
    [
      'a third phase that starts later counts at once',
      15_000,
      (at: number) => (at < 15_000 ? one(160) : three(160)),
      WIRED,
    ],
    ['one that was stopped is still the same car', 15_000, (at: number) => (at < 14_000 ? one(160) : one(0)), ['L1']],
  ] as const)('%s', (_case, until, draw, phases) => {
    expect(phasesInUse(metered(initialDraw(0), 100, until, draw), WIRED)).toEqual(phases);
  });

  test('the next car is not the last one', () => {
    const known = metered(initialDraw(0), 100, 12_000, () => one(160));
    expect(phasesInUse(forgetCar(known), WIRED)).toEqual(WIRED);
  });
});

describe('the wiring of terminals to the mains', () => {
  test.each([
    ['straight', ['L1', 'L2', 'L3'], { L1: 1, L2: 2, L3: 3 }],
    ['rotated', ['L2', 'L3', 'L1'], { L1: 3, L2: 1, L3: 2 }],
    ['one conductor', ['L3'], { L1: 0, L2: 0, L3: 1 }],
  ] as const)('%s', (_case, wired, expected) => {
    expect(byConductor({ L1: 1, L2: 2, L3: 3 }, wired)).toEqual(expected);
  });
});
