import { INDICATORS, type Indicator } from '@fairamp/evse';
import { VirtualTime } from '../../test/virtual-time.js';
import { framesOf, LightPlayer } from './light-player.js';

const EVERY = Object.keys(INDICATORS) as Indicator[];

test.each(EVERY)('the frames of %s add up to its period, and none is empty', (indicator) => {
  const frames = framesOf(INDICATORS[indicator]);
  const sum = frames.reduce((total, { for_ms }) => total + for_ms, 0);
  // Each frame is a whole millisecond: a swelling light may be half of one off in each of its steps.
  expect(Math.abs(sum - INDICATORS[indicator].period_ms)).toBeLessThanOrEqual(frames.length === 2 ? 0 : 10);
  expect(frames.filter(({ for_ms }) => for_ms < 1)).toEqual([]);
});

test.each<[Indicator, readonly number[]]>([
  ['off', [0]],
  ['dim', [100]],
  ['on', [1000]],
  ['flash', [1000, 0]],
  ['blink', [1000, 0]],
])('%s is as bright as %j, one frame after the other', (indicator, brightness) => {
  expect(framesOf(INDICATORS[indicator]).map(({ brightness_permille }) => brightness_permille)).toEqual(brightness);
});

test('breathing swells from dark to full and back', () => {
  const levels = framesOf(INDICATORS.breathing).map(({ brightness_permille }) => brightness_permille);
  expect([Math.min(...levels), Math.max(...levels), levels.indexOf(1000)]).toEqual([0, 1000, 10]);
  expect(levels.slice(0, 11)).toEqual(levels.slice(0, 11).toSorted((one, other) => one - other));
  expect(levels.slice(10)).toEqual(levels.slice(10).toSorted((one, other) => other - one));
});

describe('played', () => {
  const setUp = (shine?: () => void) => {
    const time = new VirtualTime();
    const shown: [at: number, permille: number][] = [];
    const failures: unknown[] = [];
    const light = {
      shine: (permille: number): void => {
        shown.push([time.now(), permille]);
        shine?.();
      },
    };
    const player = new LightPlayer({ light, schedule: time, onFailure: (error) => failures.push(error) });
    return { time, shown, failures, player };
  };

  test('a steady light is told once', () => {
    const { time, shown, player } = setUp();
    player.play('on');
    time.pass(10_000);
    expect(shown).toEqual([[0, 1000]]);
    expect(time.isStill).toBe(true);
  });

  test('a blinking one at each change', () => {
    const { time, shown, player } = setUp();
    player.play('blink');
    time.pass(300);
    expect(shown).toEqual([
      [0, 1000],
      [141, 0],
      [282, 1000],
    ]);
  });

  test('another pattern ends the one before, and stop ends every one', () => {
    const { time, shown, player } = setUp();
    player.play('blink-fast');
    player.play('dim');
    time.pass(1000);
    expect(shown.slice(1)).toEqual([[0, 100]]);
    player.play('blink-fast');
    player.stop();
    time.pass(1000);
    expect([shown.length, time.isStill]).toEqual([3, true]);
  });

  test('a lamp that fails is said at each change, and played on', () => {
    const { time, failures, shown, player } = setUp(() => {
      throw new Error('EIO');
    });
    player.play('blink');
    time.pass(300);
    expect([failures.length, shown.length]).toEqual([3, 3]);
  });
});
