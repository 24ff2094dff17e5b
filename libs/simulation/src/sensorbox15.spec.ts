import { decodeSensorboxFrame, deciampsOfCount, feedHdlc, initialHdlc } from '@fairamp/protocol';
import { type SensorboxConfig, type TimedByte, initialSensorbox, stepSensorbox } from './sensorbox15.js';

const quiet: SensorboxConfig = { seed: 1, noise: 0, broken: 0, make: 'real' };
const mains_dA = { L1: 100, L2: 250, L3: -60 };

function listen(
  until: number,
  config: SensorboxConfig,
  mainsAt: (at: number) => typeof mains_dA = () => mains_dA,
): readonly TimedByte[] {
  let state = initialSensorbox(0, config);
  const line: TimedByte[] = [];
  for (let at = 0; at <= until; at += 17) {
    const step = stepSensorbox(state, { at, mains_dA: mainsAt(at) }, config);
    state = step.state;
    line.push(...step.line);
  }
  return line;
}
const framesOf = (line: readonly TimedByte[]) =>
  feedHdlc(
    initialHdlc(),
    line.map(({ byte }) => byte),
  ).frames.flatMap((payload) => {
    const frame = decodeSensorboxFrame(payload);
    return frame.ok ? [frame.value.samples.map((count) => deciampsOfCount(count, { ical: 3, signed: false }))] : [];
  });

describe('a Sensorbox 1.5', () => {
  test('sends a frame each 1802 ms, each byte 8.333 ms after the one before', () => {
    const line = listen(20_000, quiet);
    const begins = line.filter(({ at }, index) => at - (line[index - 1]?.at ?? 0) > 100).map(({ at }) => at);
    expect(begins.slice(0, 4)).toEqual([1802 + 9, 3604 + 9, 5406 + 9, 7208 + 9]);
    expect(line.slice(0, 7).map(({ at }) => at - 1802)).toEqual([9, 17, 25, 34, 42, 50, 59]);
    expect(line.every(({ at, byte }) => Number.isInteger(at) && byte >= 0 && byte <= 0xff)).toBe(true);
  });

  test('tells the current of 901 ms before, without a direction', () => {
    const [first, second] = framesOf(listen(4000, quiet, (at) => (at < 2000 ? mains_dA : { L1: 0, L2: 10, L3: 320 })));
    expect(first?.map((current_dA) => Math.round(current_dA / 10))).toEqual([10, 25, 6]);
    expect(second?.map((current_dA) => Math.round(current_dA / 10))).toEqual([0, 1, 32]);
  });

  test('is mostly within half a percent, and never quite sure', () => {
    const readings = framesOf(listen(600_000, quiet, () => ({ L1: 1000, L2: 0, L3: 0 }))).map(([L1 = 0]) => L1);
    expect(readings.filter((current_dA) => Math.abs(current_dA - 1000) <= 5).length / readings.length).toBeGreaterThan(
      0.8,
    );
    expect(new Set(readings).size).toBeGreaterThan(5);
  });

  test('on a bad line sends noise and half frames, and most frames still arrive', () => {
    const bad = listen(900_000, { seed: 4, noise: 0.2, broken: 0.1, make: 'real' });
    const good = framesOf(bad).length;
    expect(good).toBeLessThan(480);
    expect(good).toBeGreaterThan(380);
  });

  test('with the same seed sends the same bytes', () => {
    const noisy = { seed: 9, noise: 0.5, broken: 0.2, make: 'real' as const };
    expect(listen(60_000, noisy)).toEqual(listen(60_000, noisy));
    expect(listen(60_000, noisy)).not.toEqual(listen(60_000, { ...noisy, seed: 10 }));
  });
});
