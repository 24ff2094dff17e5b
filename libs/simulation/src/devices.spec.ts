import { type DeviceName, decay, newDevice, ProtectiveDevices } from './devices.js';

/** How long it carries so many times its rating, after having carried `before` for an hour. Steps of 50 ms. */
function opensAfter_s(name: DeviceName, load: number, before: number): number {
  const device = newDevice(name);
  for (let at = 0; at <= 3_600_000; at += 50) device.carry(at, before);
  for (let at = 50; at <= 3_600_000; at += 50) if (device.carry(3_600_000 + at, load)) return at / 1000;
  return Infinity;
}

/** reliability.md 3. Hot: after 0.8 of the rating. */
const COLD: readonly [DeviceName, ...(readonly [load: number, after_s: number])[]][] = [
  ['mcb-fastest', [1.3, 6.5], [1.45, 4.3], [1.6, 3.2], [2, 1.8], [2.55, 1]],
  ['mcb-slow', [1.3, 387], [1.45, 256], [1.6, 189], [2, 105], [2.55, 60]],
  ['gg-fastest', [1.3, 58], [1.45, 30], [1.6, 21], [2, 11], [2.55, 6.1]],
  ['gg-typical', [1.3, 103], [1.45, 54], [1.6, 38], [2, 20], [2.55, 11]],
];
const HOT: readonly [DeviceName, ...(readonly [load: number, after_s: number])[]][] = [
  ['mcb-fastest', [1.45, 2.6], [2, 1]],
  ['mcb-typical-hot', [1.45, 69], [2, 25]],
  ['mcb-slow', [1.45, 157], [2, 58]],
  ['gg-fastest', [1.45, 22], [2, 7.2]],
  ['gg-typical', [1.45, 40], [2, 13]],
];
const flat = (rows: typeof COLD) => {
  return rows.flatMap(([name, ...points]) => points.map(([load, after_s]) => [name, load, after_s] as const));
};

describe('protective devices', () => {
  test.each(flat(COLD))('trip: a cold %s opens under %d of its rating after %d s', (name, load, after_s) => {
    expect(Math.abs(opensAfter_s(name, load, 0) / after_s - 1)).toBeLessThan(0.03);
  });
  test.each(flat(HOT))('trip: a hot %s opens under %d of its rating after %d s', (name, load, after_s) => {
    expect(Math.abs(opensAfter_s(name, load, 0.8) / after_s - 1)).toBeLessThan(0.03);
  });
  test.each<[DeviceName, number]>([
    ['mcb-fastest', 1.13],
    ['mcb-typical-hot', 1.13],
    ['mcb-slow', 1.13],
    ['gg-fastest', 1.25],
    ['gg-typical', 1.25],
  ])('trip: %s carries %d of its rating for an hour', (name, load) => {
    expect(opensAfter_s(name, load, 0.8)).toBe(Infinity);
  });
  test.each<[DeviceName, number, number]>([
    ['mcb-fastest', 3, 0.1],
    ['mcb-slow', 5, 0.1],
    ['mcb-slow', -5, 0.1],
  ])('trip: %s strikes at %d times its rating within %d s', (name, load, after_s) => {
    // It carries nothing before, so the strike is a second one of two looks.
    const device = newDevice(name);
    expect([0, 50, 1000 * after_s].map((at) => device.carry(at, load))).toEqual([false, false, true]);
  });
  test('trip: a slow breaker does not strike at less, and a shorter stroke is none', () => {
    const device = newDevice('mcb-slow');
    expect([0, 100, 150, 200, 250, 300].map((at) => device.carry(at, at === 200 ? 0 : at === 0 ? 4.9 : 5))).toEqual(
      Array(6).fill(false),
    );
  });
  test('trip: one that opened is switched on again, and counts once each time', () => {
    const device = newDevice('gg-fastest');
    for (let at = 0; at <= 25_000; at += 50) device.carry(at, 2);
    expect(device.trips).toBe(2);
  });
  test('trip: the figures name every kind, in its worst phase', () => {
    const devices = new ProtectiveDevices();
    const opened: string[] = [];
    for (let at = 0; at <= 5_000; at += 50) {
      devices.row(MAINS, 'L1').carry(at, 0.5, (name) => opened.push(name));
      devices.row(MAINS, 'L2').carry(at, 1.6, (name) => opened.push(name));
    }
    expect(opened).toEqual(['mcb-fastest']);
    expect(devices.trips).toEqual({ ...NONE, 'mcb-fastest': 1 });
    expect(devices.margin_permille).toMatchObject({ 'mcb-typical-hot': 561, 'mcb-slow': 36, 'gg-fastest': 329 });
  });
  test.each([
    ['B', ['mcb-fastest', 'mcb-typical-hot', 'mcb-slow']],
    ['C', ['mcb-fastest', 'mcb-typical-hot', 'mcb-slow']],
    ['gG', ['gg-fastest', 'gg-typical']],
  ] as const)(
    'trip: of a circuit whose device is known, %s, only those that it may be like are watched',
    (curve, names) => {
      const devices = new ProtectiveDevices();
      const garage = { id: 'garage', device: { curve, rated_dA: 160 } };
      expect(devices.row(garage, 'L1').devices.map(({ name }) => name)).toEqual(names);
      expect(devices.row(garage, 'L2')).not.toBe(devices.row(garage, 'L1'));
      expect(devices.row(garage, 'L2')).toBe(devices.row(garage, 'L2'));
    },
  );
});
const MAINS = { id: 'mains', device: null };
const NONE = { 'mcb-fastest': 0, 'mcb-typical-hot': 0, 'mcb-slow': 0, 'gg-fastest': 0, 'gg-typical': 0 };

test.each([0, 0.0001, 0.044, 0.1, 1, 8])('the approximation of e to the power of -%d is good to a millionth', (x) => {
  expect(Math.abs(decay(x) - Math.exp(-x))).toBeLessThan(1e-6);
});
