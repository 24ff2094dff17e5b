import { scenarioNamed, scenarioOf } from '../../test/scenario-files.js';
import { drawWorld } from './draw.js';
import type { PointOptions } from '../world/system.js';

const FLAT = { house: { kind: 'flat', flat_A: 5 } };
const world = (options: object, seed = 1, patch = {}) =>
  drawWorld(scenarioOf(FLAT, { site: { options } }, patch), seed, 60_000);
const many = (options: object): readonly PointOptions[] =>
  Array.from({ length: 40 }, (_, seed) =>
    world(options, seed).site.points.flatMap(({ options: own }) => own ?? []),
  ).flat();
const EACH = {
  lock: ['none', 'solenoid', 'motor'],
  swapped_permille: 500,
  residual: ['disabled', 'monitored', 'tested'],
  access: ['disabled', 'momentary', 'maintained'],
  stopRestart_s: [0, 60],
  ventilated_permille: 500,
  unmetered_permille: 500,
};

test('each option of the lists is drawn, about as often as the others', () => {
  const drawn = many(EACH);
  const shares = (of: (options: PointOptions) => unknown): readonly number[] => {
    const values = drawn.map(of);
    return [...new Set(values)].map((value) => values.filter((other) => other === value).length / values.length);
  };
  for (const three of [
    shares(({ lock }) => lock.actuator),
    shares(({ residual }) => residual),
    shares(({ access }) => access),
  ]) {
    expect(three).toHaveLength(3);
    expect(Math.min(...three)).toBeGreaterThan(0.2);
  }
  for (const two of [
    shares(({ lock }) => lock.swapped),
    shares(({ ventilated }) => ventilated),
    shares((o) => o.isMetered),
  ])
    expect(Math.min(...two)).toBeGreaterThan(0.3);
  const restarts = drawn.map(({ stopRestart_s }) => stopRestart_s);
  expect(restarts.every((seconds) => Number.isInteger(seconds) && seconds >= 0 && seconds <= 60)).toBe(true);
  expect(new Set(restarts).size).toBeGreaterThan(20);
});

test('by dice of their own: other options leave site, cars, faults and times as they were', () => {
  const weld = { faults: [{ kind: 'weld', each_s: [10, 20], for_s: [1, 2] }] };
  const seen = (options: object): unknown => {
    const { site, plant, episodes, visits, clockOf } = world(options, 7, weld);
    const points = site.points.map((point) => ({ ...point, options: null }));
    const outlets = plant.outlets.map((outlet) => ({ ...outlet, fittings: null }));
    return { site: { ...site, points }, outlets, episodes, visits, clock: clockOf('slave1') };
  };
  expect(seen(EACH)).toEqual(seen({ lock: ['none'], residual: ['disabled'] }));
});

test.each([
  ['a lock', { lock: ['motor'], residual: ['disabled'] }, { lock: 'motor', residual: 'disabled' }],
  ['a monitor', { lock: ['none'], residual: ['tested'] }, { lock: 'none', residual: 'tested' }],
  ['a switch that grants', { lock: ['none'], residual: ['disabled'], access: ['momentary'] }, { hasSwitch: true }],
])('an outlet has fittings for %s', (_, options, fittings) => {
  for (const outlet of world(options).plant.outlets) expect(outlet.fittings).toMatchObject(fittings);
});

test('a plain one has none, unless somebody is to handle it', () => {
  const plain = { lock: ['none'], residual: ['disabled'] };
  const press = { faults: [{ kind: 'press', each_s: 10, for_s: 1 }] };
  const fitted = (patch: object): readonly boolean[] =>
    world(plain, 1, patch).plant.outlets.map(({ fittings }) => fittings !== undefined);
  expect(fitted({})).toEqual([false, false, false, false]);
  expect(fitted(press)).toEqual([true, true, true, true]);
});

test.each(['w1', 'w3', 'w3-slow', 'w4', 'w11', 'master-away'])(
  '%s, whose figures are told, has plain charge points',
  (name) => {
    const { plant } = drawWorld(scenarioNamed(name, FLAT), 1, 60_000);
    expect(plant.outlets.every(({ fittings }) => fittings === undefined)).toBe(true);
  },
);

test('cars ask for ventilation as often as they are said to', () => {
  const airy = (air_permille: number): number => {
    const ohms = Array.from(
      { length: 40 },
      (_, seed) => world({}, seed, { cars: { air_permille } }).plant.outlets,
    ).flat();
    return ohms.filter(({ car }) => car.asking_ohm < 500).length / ohms.length;
  };
  expect([airy(0), airy(1000)]).toEqual([0, 1]);
  expect(Math.abs(airy(300) - 0.3)).toBeLessThan(0.12);
});
