import { FakeHardware } from '../../test/fake-hardware.js';
import { VirtualTime } from '../../test/virtual-time.js';
import { PilotSampler } from './pilot-sampler.js';

/** 10 ms a cycle: 2 ms both detectors forget, 2 ms they watch, then both are read; so at 4, 14, 24 ms. */
function setUp() {
  const time = new VirtualTime();
  const hardware = new FakeHardware();
  const { positive, negative } = hardware.open();
  const samples: string[] = [];
  const failures: string[] = [];
  const told = { sample: (): void => undefined, failure: (): void => undefined };
  const sampler = new PilotSampler({
    positive,
    negative,
    period_ms: 10,
    reset_ms: 2,
    settle_ms: 2,
    schedule: time,
    onSample: (high_mV, low_mV) => {
      samples.push(`${time.now()} ${high_mV} ${low_mV}`);
      told.sample();
    },
    onFailure: (error) => {
      failures.push(`${time.now()} ${String(error)}`);
      told.failure();
    },
  });
  return { time, hardware, sampler, samples, failures, told, times: () => samples.map((sample) => parseInt(sample)) };
}

test('both detectors forget, both watch, both are read; then again', () => {
  const { time, hardware, sampler, samples } = setUp();
  hardware.high_mV = 9000;
  hardware.low_mV = -11_900;
  sampler.start();
  expect(hardware.journal).toEqual(['reset+ on', 'reset- on']);
  time.pass(1);
  expect(hardware.journal).toHaveLength(2);
  time.pass(1);
  expect(hardware.journal.slice(2)).toEqual(['reset+ off', 'reset- off']);
  time.pass(22);
  expect(samples).toEqual(['4 9000 -11900', '14 9000 -11900', '24 9000 -11900']);
});

// A cycle begins at 20, watches until 24, and rests until 30.
test.each<[when: string, dropped: string, at: number, next: number]>([
  ['at the beginning of a cycle', 'two samples', 20, 44],
  ['while the detectors forget', 'two samples', 21, 44],
  ['while they watch', 'two samples', 23, 44],
  ['while it rests', 'one sample', 25, 44],
])('a change of the output %s costs %s', (_when, _dropped, at, next) => {
  const { time, sampler, times } = setUp();
  sampler.start();
  time.pass(at);
  sampler.outputChanged();
  time.pass(100 - at);
  const rest = times().filter((sampled) => sampled > at);
  expect(rest[0]).toBe(next);
});

test('a change by who hears of a sample costs one sample', () => {
  const { time, sampler, told, times } = setUp();
  told.sample = () => times().length === 1 && sampler.outputChanged();
  sampler.start();
  time.pass(40);
  expect(times()).toEqual([4, 24, 34]);
});

test.each<[port: string, call: number, failures: readonly string[], samples: readonly number[]]>([
  ['reset+', 1, ['0 Error: EIO: reset+'], [14, 24]],
  ['reset-', 2, ['0 Error: EIO: reset-'], [14, 24]],
  ['reset+', 3, ['2 Error: EIO: reset+'], [14, 24]],
  ['reset-', 4, ['2 Error: EIO: reset-'], [14, 24]],
  ['adc+', 5, ['4 Error: EIO: adc+'], [14, 24]],
  ['adc-', 6, ['4 Error: EIO: adc-'], [14, 24]],
])('%s fails at call %d: said, no sample made up, and the next cycle tries again', (port, call, said, sampled) => {
  const { time, hardware, sampler, failures, times } = setUp();
  hardware.fails = (name, number) => name === port && number === call;
  sampler.start();
  time.pass(29);
  expect([failures, times()]).toEqual([said, sampled]);
});

test.each(['sample', 'failure'] as const)('stopped by who hears of a %s, it does nothing more', (moment) => {
  const { time, hardware, sampler, told } = setUp();
  if (moment === 'failure') hardware.fails = () => true;
  told[moment] = () => sampler.stop();
  sampler.start();
  time.pass(100);
  const { calls } = hardware;
  time.pass(1000);
  expect([hardware.calls, time.isStill]).toEqual([calls, true]);
});

test('starts once, and stops for good', () => {
  const { time, hardware, sampler, times } = setUp();
  sampler.start();
  sampler.start();
  time.pass(5);
  expect(times()).toEqual([4]);
  sampler.stop();
  const { calls } = hardware;
  sampler.start();
  time.pass(100);
  expect([hardware.calls, times()]).toEqual([calls, [4]]);
});
