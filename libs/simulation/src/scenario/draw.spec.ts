import { SCENARIOS, scenarioNamed, scenarioOf } from '../../test/scenario-files.js';
import { drawWorld, type WorldConfig } from './draw.js';

const HOUR_ms = 3_600_000;
/** The built-in household of each seed takes longer to build than all the rest together. */
const FLAT = { house: { kind: 'flat', flat_A: 5 } };
const drawn = (patch: object, seed = 1): WorldConfig => drawWorld(scenarioOf(FLAT, patch), seed, HOUR_ms);
const many = (patch: object): readonly WorldConfig[] => Array.from({ length: 40 }, (_, seed) => drawn(patch, seed));
const PROCESSES = ['master', 'standby', 'bridge', 'slave1', 'slave2', 'slave3', 'slave4'];

/** Everything that a world is, with its functions asked at some points. */
function plain({ clockOf, plant: { house, tree, ...plant }, ...world }: WorldConfig): unknown {
  const asked = [0, 1, 61_500, 1_800_000].map((at) => [house.currentsAt(at), tree?.housesAt(at)]);
  return { ...world, plant, circuits: tree?.circuits, label: house.label, asked, clocks: PROCESSES.map(clockOf) };
}
const within = (values: readonly number[], lowest: number, highest: number): boolean =>
  values.every((value) => value >= lowest && value <= highest);

describe('a scenario and a seed', () => {
  test.each(SCENARIOS.map(({ name }) => name))('are one world and no other, whenever they are drawn: %s', (name) => {
    const world = (seed: number): unknown => plain(drawWorld(scenarioNamed(name, FLAT), seed, HOUR_ms));
    expect(world(1)).toEqual(world(1));
    expect(world(1)).not.toEqual(world(2));
  });

  test('are one household', () => {
    const house = (seed: number): unknown => {
      const { currentsAt } = drawn({ house: { kind: 'model', steps: null } }, seed).plant.house;
      return Array.from({ length: 60 }, (_, minute) => currentsAt(60_000 * minute));
    };
    expect(house(1)).toEqual(house(1));
    expect(house(1)).not.toEqual(house(2));
  });

  test('do not depend on the order in which clocks are asked for', () => {
    const clocks = (order: readonly string[]): Map<string, unknown> => {
      const { clockOf } = drawn({ clock_ppm: 5000 });
      return new Map(order.map((who) => [who, clockOf(who)]));
    };
    const backwards = clocks(PROCESSES.toReversed());
    for (const [who, clock] of clocks(PROCESSES)) expect(backwards.get(who)).toEqual(clock);
  });

  test('draw each purpose by itself: other faults leave site, cars and house as they were', () => {
    const weld = { faults: [{ kind: 'weld', each_s: [10, 20], for_s: [1, 2] }] };
    const [calm, welded] = [drawn({}), drawn(weld)];
    expect(welded.episodes.length).toBeGreaterThan(0);
    expect(plain({ ...welded, episodes: [] })).toEqual(plain(calm));
  });
});

test('a site with fewer charge points is struck by the same faults of its master, and has the same clocks', () => {
  const faults = [{ kind: 'kill', who: ['master'], each_s: [10, 200], for_s: [1, 60], storeLost_permille: 500 }];
  const [four, two] = [4, 2].map((points) => drawn({ site: { points }, faults }));
  expect(two!.episodes).toEqual(four!.episodes);
  expect(two!.clockOf('master')).toEqual(four!.clockOf('master'));
});

describe('the site', () => {
  test('keeps to its ranges, in whole amperes', () => {
    const sites = many({ site: { mains_A: [20, 63], maximum_A: [16, 32], min_A: [6, 8] } }).map(({ site }) => site);
    const maxima = sites.flatMap(({ points }) => points.map(({ maximum_dA }) => maximum_dA));
    expect(
      within(
        sites.map(({ mains_dA }) => mains_dA),
        200,
        630,
      ),
    ).toBe(true);
    expect(
      within(
        sites.map(({ min_dA }) => min_dA),
        60,
        80,
      ),
    ).toBe(true);
    expect(within(maxima, 160, 320)).toBe(true);
    expect(maxima.every((maximum_dA) => maximum_dA % 10 === 0)).toBe(true);
    expect(new Set(maxima).size).toBeGreaterThan(5);
  });

  test('has its charge points by number, on any of three rotations', () => {
    const rotations = many({}).flatMap(({ site }) => site.points.map(({ wired }) => wired.join('')));
    expect(drawn({ site: { points: 3 } }).site.points.map(({ id }) => id)).toEqual(['slave1', 'slave2', 'slave3']);
    expect(new Set(rotations)).toEqual(new Set(['L1L2L3', 'L2L3L1', 'L3L1L2']));
  });

  test('on one phase has one conductor everywhere, and cars that use one', () => {
    const { site, plant } = drawn({ site: { phases: 1 }, cars: { kinds: ['three-phase'] } });
    expect([site.mainsPhases, ...site.points.map(({ wired }) => wired)]).toEqual(Array(5).fill(['L1']));
    expect(plant.outlets.map(({ car }) => car.terminals)).toEqual(Array(4).fill(['L1']));
    expect(plant.outlets.map(({ wiring }) => wiring)).toEqual(Array(4).fill({ L1: 'L1', L2: 'L1', L3: 'L1' }));
  });

  test.each([
    ['heartbeat', 1500],
    ['process', 4000],
    ['none', null],
  ])('gives the board of fail-safe %s %s ms without a heartbeat', (failSafe, failSafe_ms) => {
    const { site, plant } = drawn({ site: { failSafe: [failSafe] } });
    expect(site.points.map((point) => point.failSafe)).toEqual(Array(4).fill(failSafe));
    expect(plant.outlets.map((outlet) => outlet.failSafe_ms)).toEqual(Array(4).fill(failSafe_ms));
  });

  test('in Normal mode has mains for the cars alone', () => {
    const { house } = drawn({ site: { mode: 'normal' } }).plant;
    expect([0, 60_000, 600_000].map((at) => house.currentsAt(at))).toEqual(Array(3).fill({ L1: 0, L2: 0, L3: 0 }));
  });

  test('judges overload against its own mains', () => {
    expect(many({}).every(({ site, plant }) => site.mains_dA === plant.limit_dA)).toBe(true);
  });
});

describe('the clocks', () => {
  const clocks = (clock_ppm: number) => many({ clock_ppm }).flatMap(({ clockOf }) => PROCESSES.map(clockOf));

  test('are wrong by no more than their scenario says, and half of them by all of it', () => {
    const errors = clocks(500).map(({ ppm }) => ppm);
    expect(within(errors, -500, 500)).toBe(true);
    const worst = errors.filter((ppm) => Math.abs(ppm) === 500).length / errors.length;
    expect(Math.abs(worst - 0.5)).toBeLessThan(0.12);
    expect(new Set(errors.map(Math.sign)).has(-1) && errors.includes(500)).toBe(true);
  });

  test('are right where they are said to be, each from a zero of its own', () => {
    const right = clocks(0);
    expect(right.every(({ ppm }) => ppm + 0 === 0)).toBe(true);
    expect(new Set(right.map(({ zero_ms }) => zero_ms)).size).toBeGreaterThan(250);
  });
});

describe('the cars', () => {
  test('come, stay and are away for as long as their ranges say', () => {
    const { visits } = drawn({ cars: { arrives_s: [1, 180], stays_s: [600, 900], away_s: [20, 300] } });
    for (const id of ['slave1', 'slave2', 'slave3', 'slave4']) {
      const own = visits.filter(({ outlet }) => outlet === id);
      expect(own.map(({ kind }) => kind)).toEqual(own.map((_, index) => (index % 2 === 0 ? 'plug' : 'unplug')));
      const gaps = own.map(({ at }, index) => (at - (own[index - 1]?.at ?? 0)) / 1000);
      expect(within(gaps.slice(0, 1), 1, 180)).toBe(true);
      expect(
        within(
          gaps.slice(1).filter((_, index) => index % 2 === 0),
          600,
          900,
        ),
      ).toBe(true);
      expect(
        within(
          gaps.slice(1).filter((_, index) => index % 2 === 1),
          20,
          300,
        ),
      ).toBe(true);
    }
  });

  test('come exactly as the scenario says, where it says so', () => {
    const visits = [
      { point: 2, at_s: 22.5, for_s: 60 },
      { point: 1, at_s: 30, for_s: 3600 },
    ];
    expect(drawn({ cars: { visits } }).visits).toEqual([
      { outlet: 'slave2', at: 22_500, kind: 'plug' },
      { outlet: 'slave2', at: 82_500, kind: 'unplug' },
      { outlet: 'slave1', at: 30_000, kind: 'plug' },
      { outlet: 'slave1', at: 3_630_000, kind: 'unplug' },
    ]);
  });
});

test('faults follow the steps up of the very house that plays', () => {
  const house = {
    kind: 'flat',
    steps: null,
    script: [300, 100].map((at_s) => ({ at_s, for_s: 60, by_A: 5, on: ['L1'] })),
  };
  const faults = [{ kind: 'weld', each_s: 1, afterStep_s: 2, for_s: 1 }];
  const down = { at_s: 200, for_s: 60, by_A: -5, on: ['L1'] };
  const times = drawn({ house: { ...house, script: [...house.script, down] }, faults }).episodes.map(
    ({ from }) => from,
  );
  expect(times).toEqual([102_000, 302_000]);
});
