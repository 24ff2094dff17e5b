// The four weaknesses of behaviour.md 5.6 that a customer notices, in the closed loop of the simulator, from the very files
// that make the pictures in docs/weaknesses: `classic` shows the table's figures, `fairamp` in the same scenario does not
// show the weakness. The others stand in weaknesses-of-sharing.sim.spec.ts and weaknesses-of-the-bus.sim.spec.ts. Times
// may be a frame of 2 s off: the table begins to count at a set-point, a world at a car that closes S2. What fairamp does
// is held to bounds, for it owes no figure to anybody.
import type { Row } from '../src/picture/recording.js';
import { amperes, closed, closedCounts, offered_dA, offersAfter, played, type Played, SEEDS } from './weakness-run.js';

describe.each(SEEDS)('with seed %i', (seed) => {
  const classic = (name: string, seconds: number): Played => played(name, seconds, { strategy: 'classic', seed });
  const fairamp = (name: string, seconds: number): Played => played(name, seconds, { strategy: 'fairamp', seed });

  describe('W1: the house takes 14 A less, 0.1 s after the frame in second 40', () => {
    test('classic climbs from 6 A to 19 A in 16 s, and has 20 A after 26 s', () => {
      const offers = offersAfter(classic('w1', 72), 40, 14);
      expect(offers).toEqual([6, 9, 12, 14, 15, 16, 17, 18, 19, 19, 19, 19, 19, 20]);
    });

    test('fairamp has 20 A within 5 s, in one step, and is never above MAINS', () => {
      const { outcome, during } = fairamp('w1', 72);
      expect([...new Set(during(35, 72).map((row) => amperes(offered_dA(row))))]).toEqual([6, 20]);
      expect(during(45, 72).every((row) => amperes(offered_dA(row)) === 20)).toBe(true);
      expect(outcome).toMatchObject({ worst_over_dA: 0, violations: [] });
    });
  });

  describe('W3: the house takes 5 A more of 25 A, 0.1 s after the frame in second 60, beside a car at 15 A', () => {
    test('that follows 4 s late: classic cuts it to 6 A, and has given back its 10 A after 16 s', () => {
      const story = classic('w3', 108);
      expect(offersAfter(story, 60, 11)).toEqual([15, 10, 6, 6, 6, 7, 8, 9, 9, 10, 10]);
      expect(closedCounts(story.during(30, 108))).toEqual([1]);
    });

    test('that follows 4 s late: fairamp cuts it to 10 A and leaves it there', () => {
      const { outcome, during } = fairamp('w3', 108);
      expect(amperes(offered_dA(during(59, 60)[0] as Row))).toBe(15);
      expect([...new Set(during(65, 108).map((row) => amperes(offered_dA(row))))]).toEqual([10]);
      expect(closedCounts(during(30, 108))).toEqual([1]);
      expect(outcome.violations).toEqual([]);
    });

    test('that follows 6 s late: classic stops it for 60 s, with 10 A left for it', () => {
      const story = classic('w3-slow', 144);
      expect(offersAfter(story, 60, 5)).toEqual([15, 10, 6, 6, 0]);
      expect(closedCounts(story.during(69, 128))).toEqual([0]);
      expect(closedCounts(story.during(133, 140))).toEqual([1]);
    });

    test('that follows 6 s late: fairamp never stops it', () => {
      const { outcome, during } = fairamp('w3-slow', 144);
      expect([...new Set(during(65, 144).map((row) => amperes(offered_dA(row))))]).toEqual([10]);
      expect(closedCounts(during(30, 144))).toEqual([1]);
      // It breaks the 5 s of IEC 61851-1 on which what is reserved for it rests, and the checker says so.
      expect(outcome.violations.filter(({ invariant }) => invariant !== 'I4')).toEqual([]);
    });
  });

  describe('W4: a car that follows 4 s late begins beside a house of 5 A, while the pilot still says 20 A', () => {
    const START = 110;
    const total = ({ at }: Played, seconds: readonly number[]): readonly number[] =>
      seconds.map((second) => amperes(at(START + second).mains_dA.L1));

    test('classic peaks at 35 A, collapses to 6 A, and overshoots again to 27 A', () => {
      const story = classic('w4', 162);
      expect(offersAfter(story, START, 18)).toEqual([
        20, 25, 30, 30, 25, 15, 6, 6, 7, 10, 14, 17, 19, 21, 22, 22, 21, 19,
      ]);
      expect(total(story, [2, 4, 6, 8, 9, 10, 11, 12, 13])).toEqual([5, 5, 25, 30, 35, 35, 35, 35, 30]);
      expect(total(story, [32, 33, 34, 35, 36])).toEqual([26, 27, 27, 27, 27]);
    });

    test('fairamp is never above MAINS, lowers nothing, and gives 20 A within 20 s', () => {
      const { outcome, during } = fairamp('w4', 162);
      const offers = during(START, 162).map((row) => offered_dA(row));
      expect(offers).toEqual([...offers].sort((one, other) => one - other));
      expect(during(START + 20, 162).every((row) => amperes(offered_dA(row)) === 20)).toBe(true);
      expect(outcome).toMatchObject({ worst_over_dA: 0, violations: [] });
    });
  });

  describe('W11: four cars at 6 A each fill the mains, and the house takes 2 A more after the frame in second 80', () => {
    test('classic stops all four for 60 s; they begin again together, and are stopped again', () => {
      const story = classic('w11', 180);
      expect(story.at(85)).toMatchObject({ mains_dA: { L1: 270 } });
      expect(story.at(85).points.map(({ offered_dA: offered }) => offered)).toEqual([60, 60, 60, 60]);
      expect(closedCounts(story.during(80, 86))).toEqual([4]);
      expect(closedCounts(story.during(88, 146))).toEqual([0]);
      expect(closed(story.at(151))).toEqual([true, true, true, true]);
      expect(closedCounts(story.during(160, 180))).toEqual([0]);
    });

    test('fairamp pauses one of them within 5 s, and the other three go on without a break', () => {
      const { outcome, at, during } = fairamp('w11', 180);
      expect(closedCounts(during(60, 80))).toEqual([4]);
      expect(closedCounts(during(85, 180))).toEqual([3]);
      const three = closed(at(90));
      expect(
        during(60, 180).every((row) => closed(row).every((isClosed, index) => isClosed || three[index] === false)),
      ).toBe(true);
      expect(outcome.violations).toEqual([]);
    });
  });
});
