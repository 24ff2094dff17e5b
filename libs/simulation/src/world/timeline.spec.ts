import fc from 'fast-check';
import { Timeline } from './timeline.js';

const SEED = 20_261_122;

/** Schedules each of the names at its time and tells the order in which they ran. */
function played(entries: readonly (readonly [at: number, name: string])[], until = Infinity): readonly string[] {
  const timeline = new Timeline();
  const ran: string[] = [];
  for (const [at, name] of entries) timeline.schedule(at, () => ran.push(`${name}@${timeline.now}`));
  timeline.runUntil(until);
  return ran;
}

describe('what happens next', () => {
  test.each([
    [
      'in the order of time',
      [
        [30, 'c'],
        [10, 'a'],
        [20, 'b'],
      ],
      ['a@10', 'b@20', 'c@30'],
    ],
    [
      'in the order of asking on one millisecond',
      [
        [5, 'a'],
        [5, 'b'],
        [5, 'c'],
        [5, 'd'],
      ],
      ['a@5', 'b@5', 'c@5', 'd@5'],
    ],
    [
      'up to the end, the end itself included',
      [
        [99, 'a'],
        [100, 'b'],
        [101, 'c'],
      ],
      ['a@99', 'b@100'],
    ],
    [
      'at once where it was asked for in the past',
      [
        [-7, 'a'],
        [0, 'b'],
      ],
      ['a@0', 'b@0'],
    ],
  ] as const)('happens %s', (_, entries, ran) => {
    expect(played(entries, 100)).toEqual(ran);
  });

  test('may be asked for by what happens, also for the same millisecond, and comes after what stood there before', () => {
    const timeline = new Timeline();
    const ran: string[] = [];
    const note = (name: string) => (): void => void ran.push(`${name}@${timeline.now}`);
    timeline.schedule(10, () => {
      note('first')();
      timeline.schedule(10, note('asked for now'));
      timeline.schedule(3, note('asked for too late'));
      timeline.schedule(15, note('asked for later'));
    });
    timeline.schedule(10, note('second'));
    timeline.schedule(12, note('between'));
    timeline.runUntil(20);
    expect(ran).toEqual([
      'first@10',
      'second@10',
      'asked for now@10',
      'asked for too late@10',
      'between@12',
      'asked for later@15',
    ]);
  });

  test('goes on where the last run ended, each thing once', () => {
    const timeline = new Timeline();
    const ran: number[] = [];
    for (const at of [10, 20, 30]) timeline.schedule(at, () => ran.push(at));
    const stands = [15, 20, 25, 40].map((until) => {
      timeline.runUntil(until);
      return [timeline.now, [...ran]];
    });
    expect(stands).toEqual([
      [15, [10]],
      [20, [10, 20]],
      [25, [10, 20]],
      [40, [10, 20, 30]],
    ]);
  });

  test('never lies in the past: running back is a broken assumption', () => {
    const timeline = new Timeline();
    timeline.runUntil(50);
    expect(() => timeline.runUntil(49)).toThrow('run until 49 ms from 50 ms: time never goes back');
  });

  test('of any number of moments comes as if they had been sorted by time and then by asking', () => {
    fc.assert(
      // Few times, so that many fall on one.
      fc.property(fc.array(fc.oneof(fc.nat(20), fc.nat(100_000)), { maxLength: 300 }), (times) => {
        const entries = times.map((at, index) => [at, `${index}`] as const);
        const sorted = [...entries].sort(([one], [other]) => one - other);
        expect(played(entries)).toEqual(sorted.map(([at, name]) => `${name}@${at}`));
      }),
      { seed: SEED, numRuns: 300 },
    );
  });

  test('of any number of moments that each ask for more, time never goes back and nothing is lost', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(1000), fc.nat(50)), { maxLength: 200 }), (pairs) => {
        const timeline = new Timeline();
        const seen: number[] = [];
        for (const [at, more] of pairs) {
          timeline.schedule(at, () => {
            seen.push(timeline.now);
            timeline.schedule(timeline.now + more, () => seen.push(timeline.now));
          });
        }
        timeline.runUntil(2000);
        expect(seen).toEqual([...seen].sort((one, other) => one - other));
        expect(seen).toHaveLength(2 * pairs.length);
      }),
      { seed: SEED, numRuns: 200 },
    );
  });
});
