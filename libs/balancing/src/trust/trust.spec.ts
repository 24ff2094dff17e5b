// The honest moments that look like a lie, what is only a doubt, and the way back.
import { mapPhases, type PerPhase, perPhase } from '@fairamp/units';
import {
  honest,
  humming,
  type Meter,
  on,
  oneCar,
  solar,
  type Tale,
  Telling,
  threePhases,
} from '../../test/meter-tale.js';
import { stepTrust, verdictOf } from '../index.js';
import type { TrustEvent } from './types.js';

describe('I7: an honest meter is believed', () => {
  /** As much as the car's second change, for five seconds. */
  const oneCarDown = (second: number): number => (second >= 50 && second < 55 ? 100 : 0);
  const at = (second: number, value: number, otherwise: number) => (now: number) =>
    on(now === second ? value : otherwise);
  const still = () => on(20, 31, 8);
  const amperes: Meter = (true_dA) => mapPhases(true_dA, (current) => 10 * Math.round(current / 10));

  test.each<[string, Tale]>([
    ['while cars come, change and go', { cars_dA: oneCar }],
    ['with a signed source under the sun', { cars_dA: threePhases, house_dA: () => on(-110, -90, -100), ...solar }],
    [
      'by night, when a whole-ampere source says the same for hours',
      { cars_dA: () => on(0), house_dA: still, meter: amperes, config: { source: 'p1' } },
    ],
    [
      'when nothing changes but what an integer hides',
      { cars_dA: (second) => on(160 + (second % 2)), house_dA: still, meter: amperes, config: { source: 'p1' } },
    ],
    [
      'when the house takes as much as a car gives up',
      { cars_dA: oneCar, house_dA: (second) => on(second < 70 ? 20 : 80, 31, 8) },
    ],
    [
      'when an unsigned one shows a shrinking export',
      {
        cars_dA: oneCar,
        house_dA: () => on(-140),
        meter: (true_dA) => mapPhases(true_dA, Math.abs),
        config: { generation: 'solar' },
      },
    ],
    [
      'when an unsigned one shows as much import as it showed export',
      {
        cars_dA: (second) => on(second % 40 < 20 ? 0 : 60),
        house_dA: (second) => on(-30 + (second % 2)),
        meter: (true_dA) => mapPhases(true_dA, Math.abs),
        config: { generation: 'solar' },
      },
    ],
    [
      'when the house steps down with a car and up again after it, twice',
      {
        cars_dA: oneCar,
        house_dA: (second) => on(50 + (second % 3) - (second >= 30 && second < 35 ? 60 : oneCarDown(second))),
        ...solar,
      },
    ],
    [
      'when a battery takes our steps over',
      {
        cars_dA: oneCar,
        house_dA: (second) => on(-oneCar(second).L1 + (second % 5)),
        signed: true,
        config: { generation: 'battery' },
      },
    ],
    [
      'where a conductor has no transformer',
      { cars_dA: threePhases, meter: ({ L1, L2 }) => on(L1, L2, 0), config: { phases: ['L1', 'L2'] } },
    ],
    [
      'that reads 5 % too little',
      { cars_dA: threePhases, meter: (true_dA) => mapPhases(true_dA, (current) => Math.round(0.95 * current)) },
    ],
    ['when a kettle and a starting motor step with a car', { cars_dA: oneCar, house_dA: at(30, 400, 20) }],
  ])('%s', (_, tale) => {
    const telling = new Telling(tale);
    telling.until(120);
    expect(telling.verdicts.filter(({ level }) => level === 'distrusted')).toEqual([]);
  });

  test('a master that answers a rising house is no meter that does not follow', () => {
    // The house takes 1 A more each second, the car gives it up a second later: the mains stay where they were.
    const house = (second: number): number => 20 + 10 * Math.min(Math.max(second - 40, 0), 10);
    const tale: Tale = {
      cars_dA: (second) => on(220 - house(second - 1)),
      house_dA: (second) => on(house(second) + (second % 3)),
      ...solar,
    };
    const telling = new Telling(tale);
    telling.until(120);
    expect(telling.firstly('distrusted')).toBe(-1);
  });

  test('unmetered cars accuse nobody: their least is nothing, their most is their limit', () => {
    let telling = new Telling({ cars_dA: () => on(0), meter: () => on(0) }).state;
    const tell = (event: TrustEvent): void => {
      telling = stepTrust(telling, event, new Telling({ cars_dA: () => on(0) }).config);
    };
    for (let at = 0; at < 60_000; at += 500) {
      tell({ kind: 'cars', at, drawLow_dA: on(0), drawHigh_dA: on(at > 20_000 ? 160 : 0) });
      tell({ kind: 'sample', at, measuredAt: at, boot: 'one', current_dA: on(at % 3), signed: false });
    }
    expect(verdictOf(telling, 60_000)).toEqual({ level: 'trusted' });
  });
});

describe('a doubt', () => {
  const spikeAt =
    (second: number, reading_dA: number): Meter =>
    (true_dA, now) =>
      now === second ? on(reading_dA, true_dA.L2, true_dA.L3) : true_dA;

  test('about one spike sets that sample aside, raises nobody for ten seconds, and is over', () => {
    const telling = new Telling({ cars_dA: () => on(100), meter: spikeAt(20, 32_767) });
    expect(telling.until(21)).toMatchObject({ level: 'doubtful', because: 'implausible', setsAside: true });
    expect(telling.until(22)).toMatchObject({ level: 'doubtful', setsAside: false });
    expect(telling.until(32)).toEqual({ level: 'trusted' });
  });

  test('about one reading below what our cars draw comes with that reading', () => {
    const telling = new Telling({ cars_dA: () => on(100), meter: spikeAt(20, 0) });
    expect(telling.until(20)).toEqual({ level: 'trusted' });
    expect(telling.until(21)).toMatchObject({ level: 'doubtful', because: 'below-cars', setsAside: false });
    telling.until(60);
    expect(telling.firstly('distrusted')).toBe(-1);
  });

  test('a single step that speaks against the meter is only a doubt', () => {
    const telling = new Telling({
      cars_dA: (second) => on(second < 30 ? 0 : 60),
      meter: (_, second) => humming(second),
      ...solar,
    });
    telling.until(90);
    expect(telling.firstly('doubtful')).toBeGreaterThan(0);
    expect(telling.firstly('distrusted')).toBe(-1);
  });
});

describe('the way back', () => {
  const lostUntil =
    (second: number): Meter =>
    (true_dA, now) =>
      now >= 20 && now < second ? on(0, true_dA.L2, true_dA.L3) : true_dA;
  const drawing = (second: number): PerPhase<number> => on(second < 40 ? 100 : 0);

  test('leads over a minute in which what was held against it is refuted', () => {
    const telling = new Telling({ cars_dA: drawing, meter: lostUntil(60) });
    expect(telling.until(119)).toMatchObject({ level: 'distrusted', because: 'unplugged' });
    expect(telling.until(121)).toEqual({ level: 'trusted' });
  });

  test('or over another life of the meter', () => {
    const boot = (second: number): string => (second < 50 ? 'one' : 'two');
    const telling = new Telling({ cars_dA: drawing, meter: lostUntil(300), boot });
    expect(telling.until(50)).toMatchObject({ level: 'distrusted' });
    expect(telling.until(51)).toEqual({ level: 'trusted' });
  });

  test('takes twice as long each time, so that a liar is tried ever less', () => {
    // Whenever it is believed a car begins; while it is not, none draws.
    let [isBelieved, since] = [true, 0];
    const accusedAt: number[] = [];
    const telling = new Telling({
      cars_dA: (second) => on(isBelieved && second > since + 20 ? 160 : 0),
      meter: (true_dA) => mapPhases(true_dA, (current) => Math.round(current / 3)),
    });
    for (let second = 1; second <= 1200; second += 1) {
      const { level } = telling.until(second);
      if (isBelieved && level === 'distrusted') accusedAt.push(second);
      if (isBelieved !== (level !== 'distrusted')) since = second;
      isBelieved = level !== 'distrusted';
    }
    const between = accusedAt.slice(1).map((second, index) => second - (accusedAt[index] ?? 0));
    expect(between.length).toBeGreaterThanOrEqual(3);
    between.slice(1).forEach((gap, index) => expect(gap).toBeGreaterThan(1.5 * (between[index] ?? 0)));
  });
});

test('the state stays small, whatever is told for however long', () => {
  const telling = new Telling({ cars_dA: (second) => perPhase(() => 20 * (second % 13)), meter: honest, ...solar });
  telling.until(100);
  const sizeAfter = (seconds: number): number => {
    telling.until(seconds);
    return JSON.stringify(telling.state).length;
  };
  const sizes = [200, 500, 1000, 2000].map(sizeAfter);
  expect(Math.max(...sizes)).toBeLessThan(12_000);
  expect(telling.state.cars.length).toBeLessThanOrEqual(30);
});
