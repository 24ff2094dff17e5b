import { conditionsOf } from './conditions.js';
import { heldFor_s, NO_EPISODES, stepEpisodes, type Violation } from './episodes.js';
import { type Moment, type OutletTruth } from './moment.js';

const EMPTY: OutletTruth = {
  id: 'slave1',
  pilot: 'A',
  contactorClosed: false,
  offered_dA: 0,
  draw_dA: { L1: 0, L2: 0, L3: 0 },
  isHungry: false,
  lock: 'none',
  broken: [],
  phases: [],
};
const CHARGING: OutletTruth = {
  ...EMPTY,
  pilot: 'C',
  contactorClosed: true,
  offered_dA: 160,
  draw_dA: { L1: 160, L2: 0, L3: 0 },
  isHungry: true,
  phases: ['L1'],
};
const CALM: Moment = {
  at_s: 0,
  mode: 'smart',
  mains_dA: 250,
  house_dA: { L1: 50, L2: 50, L3: 50 },
  outlets: [CHARGING],
  downSince_s: new Map(),
  everBroken: new Set(),
  disturbedAt_s: null,
};

/** The same moment again and again, ten times a second. */
function violationsOf(moment: Moment, lasting_s: number): readonly Violation[] {
  let episodes = NO_EPISODES;
  const all: Violation[] = [];
  for (let tick = 0; tick <= lasting_s * 10; tick += 1) {
    const at_s = moment.at_s + tick / 10;
    const stepped = stepEpisodes(episodes, conditionsOf({ ...moment, at_s }), at_s);
    episodes = stepped.episodes;
    all.push(...stepped.violations);
  }
  return all;
}

const over = { ...CALM, house_dA: { L1: 100, L2: 0, L3: 0 } };
const since = (process: 'master' | 'bridge' | 'slave1', at_s: number) => new Map([[process, at_s]]);

describe('invariants in the truth of the plant', () => {
  const rows: readonly [title: string, moment: Moment, lasting_s: number, expected: readonly string[]][] = [
    ['a calm site violates nothing', CALM, 120, []],
    ['I2 an overload of 9 s is within the promise', over, 9, []],
    ['I2 an overload of 10 s is not', over, 10, ['I2 9.6']],
    ['I2 is told once per episode', over, 60, ['I2 9.6']],
    ['I2 half an ampere is below what the meter can tell', { ...over, house_dA: { L1: 95, L2: 0, L3: 0 } }, 60, []],
    [
      'I2 the house alone may exceed its fuse',
      { ...over, outlets: [EMPTY], house_dA: { L1: 400, L2: 0, L3: 0 } },
      60,
      [],
    ],
    ['I2 with a fault lately, 18 s are allowed', { ...over, disturbedAt_s: 0 }, 18, []],
    ['I2 and while something is broken', { ...over, outlets: [{ ...CHARGING, broken: ['too-hot'] }] }, 18, []],
    ['I2 and no more', { ...over, disturbedAt_s: 0 }, 20, ['I2 18.1']],
    ['I3 Normal mode needs no bridge', { ...CALM, mode: 'normal', downSince_s: since('bridge', 0) }, 60, []],
    [
      'I1 the limits of all cars on a phase fit under MAINS',
      { ...CALM, outlets: [CHARGING, { ...CHARGING, id: 'slave2', offered_dA: 100, draw_dA: EMPTY.draw_dA }] },
      1,
      ['I1 0.6'],
    ],
    [
      'I1 counts a car only on the phases that it uses',
      { ...CALM, outlets: [CHARGING, { ...CHARGING, id: 'slave2', phases: ['L2'], draw_dA: EMPTY.draw_dA }] },
      1,
      [],
    ],
    [
      'I3 a killed slave leaves its contactor closed for 6 s at most',
      { ...CALM, downSince_s: since('slave1', 0) },
      6,
      [],
    ],
    ['I3 and not for 7 s', { ...CALM, downSince_s: since('slave1', 0) }, 7, ['I3 6.7']],
    ['I3 without a master all is open after 17 s', { ...CALM, downSince_s: since('master', 0) }, 20, ['I3 17.7']],
    ['I3 without a bridge too', { ...CALM, downSince_s: since('bridge', 0) }, 20, ['I3 17.7']],
    ['I12 closed while the car does not ask', { ...CALM, outlets: [{ ...CHARGING, pilot: 'B' }] }, 1, ['I12 0.6']],
    ['I12 closed without a car', { ...CALM, outlets: [{ ...CHARGING, pilot: 'A' }] }, 1, ['I12 0.6']],
    [
      'I12 closed without a car, as its contactor is welded',
      { ...CALM, outlets: [{ ...CHARGING, pilot: 'A', broken: ['contactor-welded'] }] },
      1,
      [],
    ],
    [
      'I12 no other fault excuses it',
      { ...CALM, outlets: [{ ...CHARGING, pilot: 'E', broken: ['pilot-shorted'] }] },
      1,
      ['I12 0.6'],
    ],
    ['I14 closed over an open lock', { ...CALM, outlets: [{ ...CHARGING, lock: 'unlocked' }] }, 1, ['I14 0.6']],
    [
      'I14 a jammed lock is no excuse',
      { ...CALM, outlets: [{ ...CHARGING, lock: 'unlocked', broken: ['lock-jammed'] }] },
      1,
      ['I14 0.6'],
    ],
    [
      'I14 a lock that holds, or none',
      { ...CALM, outlets: [CHARGING, { ...CHARGING, lock: 'locked' }] },
      1,
      ['I1 0.6'],
    ],
    [
      'I15 a car at a charge point that was broken may have to wait for a person',
      {
        ...CALM,
        outlets: [{ ...CHARGING, contactorClosed: false, draw_dA: EMPTY.draw_dA }],
        everBroken: new Set(['slave1']),
      },
      100,
      [],
    ],
    [
      'I15 a hungry car that fits is served within 95 s',
      { ...CALM, outlets: [{ ...CHARGING, contactorClosed: false, draw_dA: EMPTY.draw_dA }] },
      100,
      ['I15 95.1'],
    ],
    [
      'I15 a hungry car that does not fit waits without blame',
      { ...CALM, house_dA: { L1: 190, L2: 0, L3: 0 }, outlets: [{ ...CHARGING, draw_dA: EMPTY.draw_dA }] },
      100,
      [],
    ],
  ];
  test.each(rows)('%s', (_, moment, lasting_s, expected) => {
    const seen = violationsOf(moment, lasting_s).map(({ invariant, at_s }) => `${invariant} ${at_s}`);
    expect(seen).toEqual(expected);
  });
});

test('how long a condition has held is known while it holds', () => {
  const waiting = { ...CALM, outlets: [{ ...CHARGING, draw_dA: EMPTY.draw_dA }] };
  const first = stepEpisodes(NO_EPISODES, conditionsOf(waiting), 0).episodes;
  const later = stepEpisodes(first, conditionsOf(waiting), 40).episodes;
  expect(heldFor_s(later, 'I15', 'slave1', 40)).toBe(40);
  expect(heldFor_s(stepEpisodes(later, conditionsOf(CALM), 41).episodes, 'I15', 'slave1', 41)).toBe(0);
});
