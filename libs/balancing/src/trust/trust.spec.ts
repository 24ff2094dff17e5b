// Every lie that is told apart, and the honest moments that look like one.
import { mapPhases, type PerPhase, perPhase } from '@fairamp/units';
import { honest, humming, type Meter, on, type Tale, Telling } from '../../test/meter-tale.js';
import { stepTrust, type TrustEvent, verdictOf } from '../index.js';

/** A car on L1 from second 30, more from 50, less from 70. */
const oneCar = (second: number): PerPhase<number> => on(second < 30 ? 0 : second < 50 ? 60 : second < 70 ? 160 : 100);
const threePhases = (second: number): PerPhase<number> => perPhase(() => oneCar(second).L1);
const solar = { signed: true, config: { generation: 'solar' } } as const;

describe('I7: a lying meter is distrusted, and it is said why', () => {
  const from =
    (second: number, lie: Meter): Meter =>
    (true_dA, now) =>
      now < second ? true_dA : lie(true_dA, now);
  const flipped: Meter = (true_dA) => mapPhases(true_dA, (current) => -current);
  const swapped: Meter = ({ L1, L2, L3 }) => on(L2, L1, L3);
  const unplugged: Meter = ({ L2, L3 }) => on(0, L2, L3);
  const outside: Meter = (_, second) => humming(second);
  const half: Meter = (true_dA) => mapPhases(true_dA, (current) => Math.round(current / 2));
  const full = (second: number): PerPhase<number> => on(180 + (second % 3), 180 + (second % 2), 180 + (second % 4));

  test.each<[string, Tale, string, string, RegExp]>([
    [
      'that repeats itself',
      { cars_dA: oneCar, meter: from(20, () => on(20, 31, 8)) },
      'frozen',
      'L1,L2,L3',
      /6\.0 A on L1/,
    ],
    [
      'that reads import as export',
      { cars_dA: oneCar, meter: flipped, ...solar },
      'sign-flipped',
      'L1',
      /turned round/,
    ],
    [
      'with one transformer turned round',
      { cars_dA: threePhases, meter: ({ L1, L2, L3 }) => on(L1, -L2, L3), ...solar },
      'sign-flipped',
      'L2',
      /on L2/,
    ],
    ['with two transformers exchanged', { cars_dA: oneCar, meter: swapped, ...solar }, 'swapped', 'L1,L2', /exchanged/],
    [
      'that has lost a transformer',
      { cars_dA: oneCar, meter: unplugged },
      'unplugged',
      'L1',
      /L1 0\.0 A, our cars 6\.0 A/,
    ],
    [
      'that has lost one behind a battery',
      { cars_dA: oneCar, meter: unplugged, signed: true, config: { generation: 'battery' } },
      'unplugged',
      'L1',
      /did not follow/,
    ],
    ['that does not see our cars', { cars_dA: oneCar, meter: outside, ...solar }, 'unmoved', 'L1', /did not follow/],
    ['that reads half of our cars', { cars_dA: threePhases, meter: half, ...solar }, 'scaled', 'L1', /too little/],
    ['that reads less than our cars', { cars_dA: oneCar, meter: half }, 'below-cars', 'L1', /less than our cars/],
    [
      'that reads what no fuse carries',
      { cars_dA: oneCar, meter: from(40, () => on(32_767, 0, 0)) },
      'implausible',
      'L1',
      /3276\.7 A/,
    ],
    ['that reads no number', { cars_dA: oneCar, meter: from(40, () => on(NaN, 0, 0)) }, 'implausible', 'L1', /NaN/],
    [
      'that is exchanged although the house draws more than the cars',
      { cars_dA: oneCar, house_dA: full, meter: swapped },
      'swapped',
      'L1,L2',
      /exchanged/,
    ],
  ])('%s', (_, tale, because, phases, evidence) => {
    const telling = new Telling(tale);
    telling.until(90);
    const verdict = telling.verdicts.find(({ level }) => level === 'distrusted');
    expect(verdict).toMatchObject({ because, evidence: expect.stringMatching(evidence) });
    expect(verdict?.level === 'distrusted' && verdict.phases.join()).toContain(phases);
  });

  test('a Sensorbox that repeats itself under a charging car is found without any step', () => {
    const telling = new Telling({
      cars_dA: () => on(160),
      meter: from(10, () => on(180, 31, 8)),
      config: { source: 'sensorbox' },
    });
    expect(telling.until(125)).toMatchObject({ level: 'trusted' });
    expect(telling.until(140)).toMatchObject({ level: 'distrusted', because: 'frozen' });
  });
});

describe('I7: an honest meter is believed', () => {
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
      'when a battery takes our steps over',
      {
        cars_dA: oneCar,
        house_dA: (second) => on(-oneCar(second - 2).L1 + (second % 5)),
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
