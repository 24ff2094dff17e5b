// What breaks beside the fittings, played on an outlet: contactor, supply, pilot line, cable, car.
import { ampsOf } from '@fairamp/evse';
import { BARE, CHARGING, type Deed, type Story, breaks, mends, play, power } from '../test/outlet-rig.js';
import { CARS } from './cars.js';
import { type OutletCommand, type OutletConfig, commandOutlet, initialOutlet, stepOutlet } from './outlet.js';
import { NO_FAULTS, PHYSICAL_FAULTS, PHYSICAL_FAULT_WORDS, tripped } from './physical-faults.js';

const contacts = ({ events }: Story) =>
  events.flatMap((event) => (event.kind === 'contactor' ? [[event.at, event.closed] as const] : []));
const levels = ({ events }: Story) => {
  const sample = events.findLast((event) => event.kind === 'sample');
  const volts = (level_mV: number | null | undefined) =>
    level_mV === null || level_mV === undefined ? null : Math.round(level_mV / 1000) + 0;
  return sample?.kind === 'sample' ? [volts(sample.high_mV), volts(sample.low_mV)] : [];
};

test('every fault has words, and can come twice and go twice', () => {
  for (const fault of PHYSICAL_FAULTS) {
    expect(PHYSICAL_FAULT_WORDS[fault]).toMatch(/^\S.*\S$/);
    const faults = tripped(NO_FAULTS, fault, true);
    expect([faults, tripped(faults, fault, true)]).toEqual([[fault], [fault]]);
    expect(tripped(faults, fault, false)).toEqual([]);
    expect(tripped(NO_FAULTS, fault, false)).toBe(NO_FAULTS);
  }
});

describe('a contactor', () => {
  test.each<[string, readonly Deed[], readonly (readonly [number, boolean])[]]>([
    [
      'that is sound',
      [[6000, power(false)]],
      [
        [3040, true],
        [6040, false],
      ],
    ],
    [
      'that is welded',
      [
        [5000, breaks('contactor-welded')],
        [6000, power(false)],
      ],
      [[3040, true]],
    ],
    [
      'that will weld when it closes',
      [
        [1000, breaks('contactor-welded')],
        [6000, power(false)],
      ],
      [[3040, true]],
    ],
    [
      'whose contacts were parted',
      [
        [5000, breaks('contactor-welded')],
        [6000, power(false)],
        [7000, mends('contactor-welded')],
      ],
      [
        [3040, true],
        [7040, false],
      ],
    ],
    ['that is stuck', [[1000, breaks('contactor-stuck')]], []],
    [
      'that sticks when it is closed, and so only once',
      [
        [4000, breaks('contactor-stuck')],
        [6000, power(false)],
        [7000, power(true)],
      ],
      [
        [3040, true],
        [6040, false],
      ],
    ],
    [
      'that is slow',
      [
        [1000, breaks('contactor-slow')],
        [6000, power(false)],
      ],
      [
        [3740, true],
        [6740, false],
      ],
    ],
  ])('%s', (_, deeds, expected) => {
    expect(contacts(play(9000, [...CHARGING, ...deeds]))).toEqual(expected);
  });

  test('welds by the old command only when it is closed', () => {
    const weld: OutletCommand = { kind: 'weld', on: true };
    expect(play(9000, [...CHARGING, [1000, weld]]).state.faults).toEqual([]);
    expect(play(9000, [...CHARGING, [5000, weld]]).state.faults).toEqual(['contactor-welded']);
  });
});

describe('the pilot line', () => {
  test.each<[string, readonly Deed[], readonly (number | null)[]]>([
    ['with a car that asks', [], [6, -12]],
    ['shorted to earth, under PWM', [[5000, breaks('pilot-shorted')]], [0, 0]],
    [
      'shorted to earth, steady',
      [
        [5000, breaks('pilot-shorted')],
        [5000, { kind: 'set-pilot', pilot: { kind: 'X1' } }],
      ],
      [0, null],
    ],
    ['on -12 V', [[5000, breaks('pilot-negative')]], [-12, -12]],
    [
      'shorted, with the other short as well',
      [
        [5000, breaks('pilot-negative')],
        [5000, breaks('pilot-shorted')],
      ],
      [0, 0],
    ],
    ['without a diode', [[5000, breaks('diode-missing')]], [6, -6]],
    [
      'that was mended',
      [
        [4000, breaks('pilot-shorted')],
        [4200, mends('pilot-shorted')],
      ],
      [6, -12],
    ],
  ])('%s', (_, deeds, expected) => {
    expect(levels(play(5200, [...CHARGING, ...deeds]))).toEqual(expected);
  });

  test('a short is sampled at once, and three times more quickly', () => {
    const slow: OutletConfig = { ...BARE, sampleEvery_ms: 250 };
    let state = initialOutlet();
    const at: number[] = [];
    for (let now = 10; now <= 2000; now += 10) {
      if (now === 1010) state = commandOutlet(state, now, breaks('pilot-shorted'), slow.car);
      const step = stepOutlet(state, { at: now, elapsed_ms: 10 }, slow);
      state = step.state;
      if (step.events.some(({ kind }) => kind === 'sample') && now > 1000) at.push(now);
    }
    expect(at.slice(0, 5)).toEqual([1010, 1030, 1050, 1070, 1320]);
  });

  test('whose front end is silent shows nothing more, and shows it again when mended', () => {
    const deeds: Deed[] = [
      [1000, breaks('pilot-silent')],
      [2000, mends('pilot-silent')],
    ];
    const samples = play(3000, deeds).events.filter(({ kind }) => kind === 'sample');
    expect(samples.filter(({ at }) => at >= 1000 && at < 2000)).toEqual([]);
    expect(samples.filter(({ at }) => at >= 2000).length).toBeGreaterThan(10);
  });

  test('that is shorted offers a car nothing', () => {
    const { state } = play(9000, [...CHARGING, [6000, breaks('pilot-shorted')]]);
    expect([state.isClosed, state.car?.drawn_mA]).toEqual([true, 0]);
  });
});

test('a plug whose resistor has no contact is seen at once, and so is one that was mended', () => {
  const deeds: Deed[] = [
    [10, { kind: 'plug' }],
    [1230, breaks('proximity-lost')],
    [1340, mends('proximity-lost')],
  ];
  const seen = play(1400, deeds).events.flatMap((event) => (event.kind === 'proximity' ? [[event.at, event.ohm]] : []));
  expect(seen).toEqual([
    [10, 220],
    [510, 220],
    [1010, 220],
    [1230, null],
    [1340, 220],
  ]);
});

test('a car that disobeys draws what it can as long as PWM is on, and obeys again when mended', () => {
  const drawn = (until: number, deeds: readonly Deed[]) => play(until, [...CHARGING, ...deeds]).state.car?.drawn_mA;
  expect(drawn(10_000, [])).toBe(100 * ampsOf(266));
  const deeds: Deed[] = [
    [8000, breaks('car-disobeys')],
    [20_000, mends('car-disobeys')],
  ];
  expect(drawn(19_000, deeds)).toBe(CARS['single-phase'].maximum_dA * 100);
  expect(drawn(30_000, deeds)).toBe(100 * ampsOf(266));
  expect(drawn(19_000, [...deeds, [12_000, { kind: 'set-pilot', pilot: { kind: 'X1' } }]])).toBe(0);
});
