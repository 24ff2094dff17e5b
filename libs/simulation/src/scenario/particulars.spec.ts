import { scenarioOf } from '../../test/scenario-files.js';
import { drawWorld, type WorldConfig } from './draw.js';

const LENGTH_ms = 60_000;
function world(particulars: readonly object[], over: object = {}): WorldConfig {
  return drawWorld(scenarioOf({ particulars, cars: { kinds: ['ideal'] }, ...over }), 3, LENGTH_ms);
}

describe('a particular', () => {
  test.each([
    ['MAX of its charge point', { maximum_A: 11 }, (one: WorldConfig) => one.site.points[1]?.maximum_dA, 110],
    ['the conductors under it', { wired: ['L3'] }, (one: WorldConfig) => one.site.points[1]?.wired, ['L3']],
    [
      'also in the plant',
      { wired: ['L3'] },
      (one: WorldConfig) => one.plant.outlets[1]?.wiring,
      { L1: 'L3', L2: 'L3', L3: 'L3' },
    ],
    ['what its car takes', { car_A: 7.5 }, (one: WorldConfig) => one.plant.outlets[1]?.car.maximum_dA, 75],
    [
      'and later',
      { later: [{ at_s: 1.5, car_A: 9 }] },
      (one: WorldConfig) => one.plant.outlets[1]?.car.later,
      [{ at: 1500, maximum_dA: 90 }],
    ],
    ['how it follows', { follow_s: 5 }, (one: WorldConfig) => one.plant.outlets[1]?.car.follow_ms, 5000],
  ])('says %s', (_, over, read, expected) => {
    expect(read(world([{ point: 2, ...over }]))).toEqual(expected);
  });

  test('changes nothing else of what is drawn', () => {
    const one = world([{ point: 2, maximum_A: 11, wired: ['L3'], car_A: 7, follow_s: 5 }]);
    const plain = world([]);
    const others = ({ site, plant }: WorldConfig) =>
      [0, 2, 3].map((index) => [site.points[index], plant.outlets[index]]);
    expect(others(one)).toEqual(others(plain));
    expect(one.visits).toEqual(plain.visits);
  });

  test('of one conductor has a car of one, whatever was drawn', () => {
    const { plant } = world([{ point: 2, wired: ['L3'] }], { cars: { kinds: ['three-phase'] } });
    expect(plant.outlets.map(({ car }) => car.terminals.length)).toEqual([3, 1, 3, 3]);
  });

  test('that comes last counts', () => {
    const twice = [
      { point: 1, maximum_A: 11 },
      { point: 1, maximum_A: 12 },
    ];
    expect(world(twice).site.points[0]?.maximum_dA).toBe(120);
  });
});

test('a visit may bring a cable of its own', () => {
  const visits = [{ point: 1, at_s: 5, for_s: 20, cable_A: 16 }];
  expect(world([], { cars: { kinds: ['ideal'], visits } }).visits).toEqual([
    { outlet: 'slave1', at: 5000, kind: 'plug', cable_ohm: 680 },
    { outlet: 'slave1', at: 25_000, kind: 'unplug' },
  ]);
});
