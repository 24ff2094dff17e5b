// Everybody's turn comes: on several conductors, beside a garage that has turns of its own, and under a house that leaves
// room now and then.
import { type Phase, MAINS, PHASES, perPhase } from '@fairamp/units';
import fc from 'fast-check';
import { runs } from '../../../test/runs.js';
import { type Play, momentsOf } from './closed-loop.js';
import { car, circuit, measured, smart } from './site.js';
import { upTo } from './sites.js';
import { longestWaits } from './waits.js';

const TURN_ms = 600_000;
const EVER = 1e12;
/** As long as several turns: ends of turns fall on different cycles, but each of them on one. */
const LONG_CYCLE_ms = TURN_ms / 4;
const conductors = fc.subarray([...PHASES], { minLength: 1 });
/** On bare mains: cars on one conductor take turns, and end theirs at different times; others need several. */
const mixed = fc
  .tuple(fc.integer({ min: 60, max: 200 }), fc.array(fc.tuple(conductors, upTo(8)), { minLength: 3, maxLength: 7 }))
  .map(([limit_dA, cars]): Play => {
    const chargePoints = cars.map(([phases], number) => car(`cp${number}`, { need: 'none', phases }));
    const visits = cars.map(([, from]) => ({ from: from * LONG_CYCLE_ms, until: EVER, appetite_dA: 800 }));
    const circuits = [circuit(MAINS, limit_dA, { load: measured(0, []) })];
    const site = { now: 0, barred: [], turn_ms: TURN_ms, circuits, chargePoints };
    return { site, visits, houses: [], cycle_ms: LONG_CYCLE_ms };
  });

test('nobody starves behind turns that end one after the other on the conductors that it needs together', () => {
  fc.assert(
    fc.property(mixed, (play) => {
      expect(longestWaits(play, 60)).toEqual([]);
    }),
    runs(100),
  );
});

test('Turns: a car on all conductors has as much of the time as those that share one of them', () => {
  const cars: readonly (readonly [string, readonly Phase[], number])[] = [
    ['one', ['L1'], 0],
    ['other', ['L1'], 1],
    ['third', ['L2'], 2],
    ['fourth', ['L2'], 3],
    ['all', PHASES, 1],
  ];
  const chargePoints = cars.map(([id, phases]) => car(id, { need: 'none', phases }));
  const visits = cars.map(([, , from]) => ({ from: from * LONG_CYCLE_ms, until: EVER, appetite_dA: 800 }));
  const site = { ...smart(100, 0, chargePoints), now: 0, turn_ms: TURN_ms };
  const charged = new Map<string, number>();
  momentsOf({ site, visits, houses: [], cycle_ms: LONG_CYCLE_ms }, 240, ({ decisions }) => {
    for (const { id, limit_dA } of decisions.values()) charged.set(id, (charged.get(id) ?? 0) + (limit_dA > 0 ? 1 : 0));
  });
  const cycles = [...charged.values()];
  expect(Math.min(...cycles)).toBeGreaterThan(0.75 * Math.max(...cycles));
});

test.each([
  [3, 1],
  [3, 0],
  [8, 0],
])(
  'Turns: %i cars of priority %i that take turns in a garage keep nobody out who hangs beside it',
  (count, priority) => {
    const inGarage = (number: number) => car(`cp${number}`, { need: 'none', circuit: 'garage', priority });
    const chargePoints = [
      ...Array.from({ length: count }, (_, number) => inGarage(number)),
      car('new', { need: 'none' }),
    ];
    const from = 13 * LONG_CYCLE_ms;
    const visits = chargePoints.map(({ id }) => ({ from: id === 'new' ? from : 0, until: EVER, appetite_dA: 800 }));
    const load = measured(0, []);
    const circuits = [circuit(MAINS, 180, { load }), circuit('garage', 100, { load })];
    const site = { now: 0, barred: [], turn_ms: TURN_ms, circuits, chargePoints };
    const houses = circuits.map(() => perPhase(() => 0));
    momentsOf({ site, visits, houses, cycle_ms: LONG_CYCLE_ms }, 80, ({ site: { now }, decisions }) => {
      if (now > from) expect(decisions.get('new')).toMatchObject({ seated: true });
    });
  },
);

test.each([
  [180, 60],
  [180, 30],
  [240, 20],
  [600, 300],
  [900, 31],
  [1200, 10],
])(
  'Turns: a house that leaves room for all of them %i s of which %i s, and else for one, is the same for each',
  (every_s, free_s) => {
    const chargePoints = ['one', 'other', 'third'].map((id) => car(id, { need: 'none' }));
    const visits = chargePoints.map((_, number) => ({ from: 300_000 * number, until: EVER, appetite_dA: 800 }));
    const housesAt = (at: number) => [perPhase(() => (at % (1000 * every_s) < 1000 * (every_s - free_s) ? 110 : 0))];
    const site = { ...smart(200, 0, chargePoints), now: 0, turn_ms: TURN_ms };
    const charged = new Map<string, number>();
    momentsOf({ site, visits, houses: [], housesAt, cycle_ms: 10_000 }, 2_400, ({ decisions }) => {
      for (const { id, limit_dA } of decisions.values())
        charged.set(id, (charged.get(id) ?? 0) + (limit_dA > 0 ? 1 : 0));
    });
    const cycles = [...charged.values()];
    expect(Math.min(...cycles)).toBeGreaterThan(0.75 * Math.max(...cycles));
  },
);
