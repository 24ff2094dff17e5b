import { type PerPhase, PHASES } from '@fairamp/units';
import {
  LAB_LIVELINESS,
  MINUTE_ms,
  houseOfMinutes,
  houseOfTracks,
  livelyStart,
  modelHouse,
  startingAt,
} from './house.js';

const everywhere = <T>(value: T): PerPhase<T> => ({ L1: value, L2: value, L3: value });
const minutes = (...currents_dA: number[]) => ({ times: currents_dA.map((_, i) => i * MINUTE_ms), currents_dA });
const seconds = (count: number) => Array.from({ length: count }, (_, index) => index * 1000);

describe('a house known to the letter', () => {
  const house = houseOfTracks('x', everywhere({ times: [0, 1000, 5000], currents_dA: [10, 20, 30] }), 6000);
  test.each([
    [0, 10],
    [999, 10],
    [1000, 20],
    [4999, 20],
    [5000, 30],
    [6000, 10],
    [-1, 30],
  ])('at %d ms draws %d dA, over and over', (at, current_dA) => {
    expect(house.currentsAt(at)).toEqual(everywhere(current_dA));
  });

  test('can be begun anywhere', () => {
    expect(startingAt(house, 4500).currentsAt(500).L1).toBe(30);
  });
});

describe('a house known by the minute', () => {
  const house = houseOfMinutes('x', everywhere(minutes(50, 150, 50)), 1);
  const series = seconds(180).map((at) => house.currentsAt(at));

  test('says that the seconds are synthetic', () => {
    expect(house.label).toMatch(/synthetic/);
  });

  test('switches once in each minute, at another second on each phase', () => {
    const switches = PHASES.map((phase) => series.findIndex((currents) => currents[phase] > 100));
    expect(new Set(switches).size).toBe(3);
    for (const second of switches) expect(Math.floor(second / 60)).toBe(1);
    for (const phase of PHASES) expect(series.filter((currents) => currents[phase] > 100).length).toBeGreaterThan(20);
  });

  test('never holds quite still, but within half an ampere', () => {
    const calm = series.slice(0, 60).map(({ L1 }) => L1);
    expect(new Set(calm).size).toBeGreaterThan(1);
    for (const current_dA of calm) expect(Math.abs(current_dA - 50)).toBeLessThanOrEqual(5);
  });

  test('draws whole deciamperes, the same at the same time, and never less than nothing', () => {
    const idle = houseOfMinutes('x', everywhere(minutes(0, 0)), 2);
    for (const at of seconds(120)) {
      expect(idle.currentsAt(at)).toEqual(idle.currentsAt(at));
      expect(Number.isInteger(idle.currentsAt(at).L2) && idle.currentsAt(at).L2 >= 0).toBe(true);
    }
  });
});

describe('where to begin', () => {
  const calm = Array<number>(20).fill(30);
  const among = (...eventful: number[]) => [...calm, ...eventful, ...calm];
  const startIn = (currents_dA: number[]) =>
    livelyStart(houseOfMinutes('x', everywhere(minutes(...currents_dA)), 1), LAB_LIVELINESS);

  test('is just before something happens', () => {
    const start = startIn(among(90)) / MINUTE_ms;
    expect(start).toBeGreaterThanOrEqual(18);
    expect(start).toBeLessThanOrEqual(20);
  });

  test('is not where the house leaves no room for the cars', () => {
    const start = startIn(among(300, 30, 30, 30, 30, 30, 30, 60)) / MINUTE_ms;
    expect(start).toBeGreaterThan(20);
  });

  test('is the calmest place where there is room nowhere', () => {
    const start = startIn([
      ...Array<number>(10).fill(300),
      ...Array<number>(20).fill(250),
      ...Array<number>(10).fill(300),
    ]);
    expect(start / MINUTE_ms).toBeGreaterThanOrEqual(9);
    expect(start / MINUTE_ms).toBeLessThanOrEqual(24);
  });

  test.each([1, 2])('in the model house of seed %d leaves room for three cars, and something happens', (seed) => {
    const house = modelHouse(seed);
    const begun = startingAt(house, livelyStart(house, LAB_LIVELINESS));
    const series = seconds(360).map((at) => begun.currentsAt(at));
    const peaks = series.map((currents) => Math.max(...PHASES.map((phase) => currents[phase])));
    expect(Math.max(...peaks)).toBeLessThanOrEqual(LAB_LIVELINESS.ceiling_dA + 5);
    const rises = PHASES.map((phase) =>
      Math.max(...series.slice(25, 125).map((now, i) => now[phase] - (series[24 + i]?.[phase] ?? 0))),
    );
    expect(Math.max(...rises)).toBeGreaterThanOrEqual(20);
  });
});
