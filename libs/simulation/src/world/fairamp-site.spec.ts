import { PLAIN_POINT } from '@fairamp/nodes';
import type { Basis } from '../checks/moment.js';
import { Dice } from '../random.js';
import { bootOf, bridgeConfig, keyOf, masterConfig, SampleBook, slaveConfig } from './fairamp-site.js';
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
    const keys = [...site.points.map((one, index) => slaveConfig(site, one, index).key), bridgeConfig().key];
    expect(new Set(keys.map((key) => key.join())).size).toBe(3);
    expect(masterConfig(site, 'master').roster.map(({ key }) => key)).toEqual(keys.slice(0, 2));
    expect(masterConfig(site, 'master').bridge?.key).toEqual(bridgeConfig().key);
  });

  test.each([
    ['smart', site, null, 'bridge'],
    ['normal', normal, 'master', undefined],
  ])('pair a slave with one master only where no bridge names one: %s', (_, one, paired, bridge) => {
    expect(slaveConfig(one, point('slave1'), 0).pairedMaster).toBe(paired);
    expect(masterConfig(one, 'master').bridge?.id).toBe(bridge);
  });
});
