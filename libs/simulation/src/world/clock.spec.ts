import fc from 'fast-check';
import { localAt, trueAt, type ProcessClock } from './clock.js';

const SEED = 20_261_122;
const DAY_ms = 86_400_000;
const clocks = fc.record({
  zero_ms: fc.integer({ min: -1_000_000_000, max: 1_000_000_000 }),
  ppm: fc.integer({ min: -5000, max: 5000 }),
});
const times = fc.integer({ min: 0, max: DAY_ms });
const held = (property: fc.IPropertyWithHooks<[ProcessClock, number]>, examples: [ProcessClock, number][] = []) =>
  fc.assert(property, { seed: SEED, numRuns: 2000, examples });

describe("a process's clock", () => {
  test.each([
    ['from its own zero', { zero_ms: 700, ppm: 0 }, 10_000, 10_700],
    ['0.5 % fast', { zero_ms: 0, ppm: 5000 }, 10_000, 10_050],
    ['0.5 % slow', { zero_ms: 0, ppm: -5000 }, 10_000, 9950],
    ['in whole milliseconds, rounded down', { zero_ms: 0, ppm: 999 }, 1001, 1001],
    ['a whole day, 50 ppm fast', { zero_ms: 0, ppm: 50 }, DAY_ms, DAY_ms + 4320],
  ])('runs %s', (_, clock, at, local) => {
    expect(localAt(clock, at)).toBe(local);
  });

  test('tells the true time of what it showed to a millisecond, over a day and 5,000 ppm', () => {
    held(
      fc.property(clocks, times, (clock, at) => Math.abs(trueAt(clock, localAt(clock, at)) - at) <= 1),
      [
        [{ zero_ms: 0, ppm: -5000 }, DAY_ms - 1],
        [{ zero_ms: 999_999_999, ppm: 5000 }, DAY_ms],
      ],
    );
  });

  test('shows what was asked for at the true time that it tells, to a millisecond', () => {
    held(
      fc.property(clocks, times, (clock, at) => {
        const local = clock.zero_ms + at;
        return Math.abs(localAt(clock, trueAt(clock, local)) - local) <= 1;
      }),
    );
  });

  test('never goes back, and never stands still for longer than a millisecond', () => {
    held(
      fc.property(clocks, times, (clock, at) => {
        const [before, after, later] = [at, at + 1, at + 2].map((time) => localAt(clock, time));
        return before! <= after! && before! < later!;
      }),
    );
  });

  test('I13: another zero shifts what it shows and nothing else', () => {
    held(
      fc.property(clocks, times, (clock, at) => {
        return localAt(clock, at) - clock.zero_ms === localAt({ ...clock, zero_ms: 0 }, at);
      }),
    );
  });
});
