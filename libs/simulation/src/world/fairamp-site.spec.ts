import { PLAIN_POINT } from '@fairamp/nodes';
import type { Basis } from '../checks/moment.js';
import { Dice } from '../random.js';
import { bootOf, bridgesOf, keyOf, masterConfig, SampleBook, slaveConfig } from './fairamp-site.js';
import type { PointConfig, SiteConfig } from './system.js';

describe('the truth behind the samples', () => {
  const basis = (spokenAt: number): Basis => ({
    spokenAt,
    measuredAt: spokenAt,
    house_dA: { L1: 0, L2: 0, L3: 0 },
    draws_dA: {},
    isLie: false,
    named: null,
    publishedAt: spokenAt,
  });

  test('is found by the life of the bridge and the number of the sample', () => {
    const book = new SampleBook();
    book.note('a', 1, basis(10));
    book.note('b', 1, basis(20));
    expect([book.find('a', 1)?.spokenAt, book.find('b', 1)?.spokenAt]).toEqual([10, 20]);
    expect([book.find('a', 2), book.find('c', 1)]).toEqual([null, null]);
  });

  test('is kept of the newest 200', () => {
    const book = new SampleBook();
    for (let seq = 1; seq <= 300; seq += 1) book.note('a', seq, basis(seq));
    expect([100, 101, 300].map((seq) => book.find('a', seq)?.spokenAt)).toEqual([undefined, 101, 300]);
  });
});

describe('the name of a life', () => {
  test('is 64 bits in lower hexadecimal digits, also where a half is small', () => {
    const dice = new Dice(1, 7);
    const boots = Array.from({ length: 2000 }, () => bootOf(dice));
    expect(boots.every((boot) => /^[0-9a-f]{16}$/.test(boot))).toBe(true);
    expect(boots.some((boot) => boot.startsWith('0'))).toBe(true);
    expect(new Set(boots).size).toBe(2000);
  });
});

describe('the files of a site', () => {
  const point = (id: string, over: Partial<PointConfig> = {}): PointConfig => ({
    id,
    maximum_dA: 160,
    cable_dA: 320,
    wired: ['L2', 'L3', 'L1'],
    failSafe: 'heartbeat',
    ...over,
  });
  const site: SiteConfig = {
    mode: 'smart',
    mains_dA: 250,
    min_dA: 60,
    mainsPhases: ['L1'],
    oldestSample_ms: 25_000,
    masters: 2,
    points: [point('slave1'), point('slave2', { maximum_dA: 320, failSafe: 'none' })],
  };
  const normal: SiteConfig = { ...site, mode: 'normal' };

  test('name in the roster of either master every charge point with its key, maximum and fail-safe', () => {
    const { roster } = masterConfig(site, 'standby');
    expect(roster).toEqual([
      { ...PLAIN_POINT, id: 'slave1', key: keyOf(0), maximum_dA: 160, failSafe: 'heartbeat', fallback_dA: 0 },
      { ...PLAIN_POINT, id: 'slave2', key: keyOf(1), maximum_dA: 320, failSafe: 'none', fallback_dA: 0 },
    ]);
    expect(masterConfig(site, 'master').roster).toEqual(roster);
  });

  test('give each device a key of its own, the same on both sides', () => {
    const [[, mains] = []] = bridgesOf(site);
    const slaves = site.points.map((one, index) => slaveConfig(site, one, index).key);
    const keys = [...slaves, ...(mains === undefined ? [] : [mains.key])];
    expect(new Set(keys.map((key) => key.join())).size).toBe(3);
    expect(masterConfig(site, 'master').roster.map(({ key }) => key)).toEqual(keys.slice(0, 2));
    expect(masterConfig(site, 'master').bridge?.key).toEqual(mains?.key);
  });

  test.each([
    ['smart', site, null, 'bridge'],
    ['normal', normal, 'master', undefined],
  ])('pair a slave with one master only where no bridge names one: %s', (_, one, paired, bridge) => {
    expect(slaveConfig(one, point('slave1'), 0).pairedMaster).toBe(paired);
    expect(masterConfig(one, 'master').bridge?.id).toBe(bridge);
    expect(bridgesOf(one).map(([circuit, { id }]) => [circuit, id])).toEqual(
      bridge === undefined ? [] : [['mains', bridge]],
    );
  });
});

describe('the files of a site with circuits', () => {
  const limit_dA = { L1: 160, L2: 160, L3: 100 };
  const device = { curve: 'B', rated_dA: 160 } as const;
  const below = { limit_dA, device, allowance_dA: null };
  const point = { maximum_dA: 160, cable_dA: 320, wired: ['L2', 'L3', 'L1'], failSafe: 'process' } as const;
  const site: SiteConfig = {
    mode: 'smart',
    mains_dA: 250,
    min_dA: 60,
    mainsPhases: ['L1', 'L2', 'L3'],
    oldestSample_ms: 10_000,
    masters: 1,
    names: 'own',
    turn_ms: 120_000,
    mainsDevice: { curve: 'gG', rated_dA: 250 },
    circuits: [
      { ...below, id: 'garage', parent: 'mains', isMetered: true },
      { ...below, id: 'carport', parent: 'garage', isMetered: false, allowance_dA: limit_dA },
    ],
    points: [{ ...point, id: 'slave1', circuit: 'carport', priority: 2 }],
  };

  test('give a bridge of its own to each circuit that has a meter', () => {
    const bridges = bridgesOf(site);
    expect(bridges.map(([circuit, { id }]) => [circuit, id])).toEqual([
      ['mains', 'bridge'],
      ['garage', 'bridge-garage'],
    ]);
    expect(new Set(bridges.map(([, { key }]) => key.join())).size).toBe(2);
  });

  test('name to the master every circuit with what it knows of it', () => {
    const garage = bridgesOf(site)[1]?.[1];
    expect(masterConfig(site, 'master')).toMatchObject({
      turn_ms: 120_000,
      mainsDevice: { curve: 'gG', rated_dA: 250 },
      circuits: [
        {
          id: 'garage',
          parent: 'mains',
          limit_dA,
          device,
          meter: { id: 'bridge-garage', key: garage?.key, oldestSample_ms: 10_000 },
          allowance_dA: null,
        },
        { id: 'carport', parent: 'garage', limit_dA, device, meter: null, allowance_dA: limit_dA },
      ],
    });
  });

  test.each([
    ['own', ['L1', 'L2', 'L3'], ['L2', 'L3', 'L1']],
    ['mains', ['L2', 'L3', 'L1'], ['L1', 'L2', 'L3']],
  ] as const)('turn conductors in one place only, where reports use the names of %s', (names, wired, rotation) => {
    const one = { ...site, names };
    const [first] = one.points;
    expect(first === undefined ? null : slaveConfig(one, first, 0).wired).toEqual(wired);
    expect(masterConfig(one, 'master').roster).toMatchObject([{ circuit: 'carport', rotation, priority: 2 }]);
  });
});
