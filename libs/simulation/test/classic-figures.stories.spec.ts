// The figures of behaviour.md 5.6, out of the closed loop: frames each 2 s, measured as they are spoken, cars that are
// as late as the row says. If these hold, the model of a 2.07 site may stand beside ours in a comparison.
import type { Deciamps, Milliseconds } from '@fairamp/units';
import { ClassicBench, benchSite } from './classic-bench.js';
import { ClassicRig, IDEAL_CAR } from './classic-rig.js';

const everyTwo = (from: Milliseconds, frames: number): readonly Milliseconds[] =>
  Array.from({ length: frames }, (_, index) => from + 2000 * index);

describe('what a 2.07 site does', () => {
  test('W1: from 6 A to 19 A in 16 s, to 20 A in 26 s', () => {
    const houseAt = (at: Milliseconds): Deciamps => (at < 41_000 ? 190 : 50);
    const rig = new ClassicRig({ mains_dA: 250, max_dA: 320, cars: [IDEAL_CAR], houseAt });
    rig.runUntil(5000);
    rig.command('module-0', { kind: 'plug' });
    rig.runUntil(90_000);
    const offers = rig.offersAfter(everyTwo(40_000, 14));
    expect(offers).toEqual([6, 9, 12, 14, 15, 16, 17, 18, 19, 19, 19, 19, 19, 20]);
    expect(rig.at(89_000).mains_dA).toBe(249);
  });

  describe('W3: the house takes 5 A more of 25 A, and a car at 15 A', () => {
    const late = (follow_ms: Milliseconds): ClassicRig => {
      const houseAt = (at: Milliseconds): Deciamps => (at < 39_000 ? 100 : 150);
      const rig = new ClassicRig({ mains_dA: 250, max_dA: 150, cars: [{ ...IDEAL_CAR, follow_ms }], houseAt });
      rig.runUntil(5000);
      rig.command('module-0', { kind: 'plug' });
      rig.runUntil(120_000);
      return rig;
    };

    test('that reacts after 4 s is cut to 6 A and has its 10 A again after 16 s', () => {
      const rig = late(4000);
      expect(rig.offersAfter(everyTwo(38_000, 12))).toEqual([15, 10, 6, 6, 7, 8, 9, 9, 9, 9, 9, 10]);
      expect(rig.said).toEqual([]);
      expect(rig.at(119_000).mains_dA).toBe(249);
    });

    test('that reacts after 6 s is stopped for 60 s, with 10 A left for it', () => {
      const rig = late(6000);
      expect(rig.offersAfter(everyTwo(38_000, 5))).toEqual([15, 10, 6, 6, 0]);
      const closed = everyTwo(38_000, 40).map((at) => rig.at(at + 500).isClosed[0]);
      expect(closed.indexOf(false)).toBe(4);
      expect((closed.indexOf(true, 4) - 4) * 2).toBeGreaterThanOrEqual(60);
      expect((closed.indexOf(true, 4) - 4) * 2).toBeLessThanOrEqual(66);
    });
  });

  test('W4: a car that draws what was offered 4 s ago peaks at 35 A, is cut to 6 A, and overshoots again to 27 A', () => {
    const bench = new ClassicBench(benchSite(1));
    const car = new LateCar(bench);
    bench.speakEach2s((at) => 50 + car.drawAt(at));
    // A first session at 20 A, so that the pilot offers just that when the next begins (W18).
    bench.run(4500);
    bench.charge('master');
    car.drawsFrom(bench.timeline.now, { lag_ms: 0 });
    bench.run(40_500);
    expect(bench.offered_A('master')).toBe(20);
    bench.show('master', 'B');
    car.stops();
    bench.run(10_000);
    const start = bench.timeline.now;
    expect(start % 2000).toBe(0);
    bench.show('master', 'C');
    car.drawsFrom(start + 4000, { lag_ms: 4000 });
    const offers = [...Array(18).keys()].map((frame) => {
      bench.run(start + 2000 * frame + 200 - bench.timeline.now);
      return bench.offered_A('master');
    });
    expect(offers).toEqual([20, 25, 30, 30, 25, 15, 6, 6, 7, 10, 14, 17, 19, 21, 22, 22, 21, 19]);
    const totalAfter = (second: number): Deciamps => 50 + car.drawAt(start + 1000 * second + 100);
    expect([6, 7, 8, 9, 10, 11, 12].map(totalAfter)).toEqual([300, 300, 350, 350, 350, 350, 300]);
    expect([30, 31, 32, 33, 34].map(totalAfter)).toEqual([260, 260, 270, 270, 270]);
    expect(bench.said).toEqual([]);
  });

  test('W11: four cars at 6 A are 2 A too much, so all four stop for 60 s, and begin again together', () => {
    const houseAt = (at: Milliseconds): Deciamps => (at < 45_000 ? 0 : at < 61_000 ? 10 : 30);
    const rig = new ClassicRig({ mains_dA: 250, max_dA: 320, cars: Array(4).fill(IDEAL_CAR), houseAt });
    for (const index of [0, 1, 2, 3]) {
      rig.runUntil(5000 * (index + 1));
      rig.command(`module-${index}`, { kind: 'plug' });
    }
    rig.runUntil(150_000);
    expect(rig.at(61_900)).toMatchObject({ mains_dA: 270, offered_dA: [60, 60, 60, 60] });
    expect(rig.at(66_000).isClosed).toEqual([true, true, true, true]);
    expect(rig.at(66_500).isClosed).toEqual([false, false, false, false]);
    expect(rig.at(126_000).isClosed).toEqual([false, false, false, false]);
    expect(rig.at(134_000).isClosed.filter((isClosed) => isClosed).length).toBeGreaterThan(1);
  });
});

/** A pure delay: it draws what was offered so long ago, to the ampere. No car of the plant does. */
class LateCar {
  readonly #offers: { readonly at: Milliseconds; readonly offered_dA: Deciamps }[] = [];
  #from: Milliseconds = Infinity;
  #lag_ms: Milliseconds = 0;

  constructor(private readonly bench: ClassicBench) {
    this.#watch();
  }

  drawsFrom(from: Milliseconds, { lag_ms }: { readonly lag_ms: Milliseconds }): void {
    [this.#from, this.#lag_ms] = [from, lag_ms];
  }

  stops(): void {
    this.#from = Infinity;
  }

  drawAt(at: Milliseconds): Deciamps {
    const read = this.#offers.findLast((one) => one.at < at - this.#lag_ms);
    return at > this.#from ? (read?.offered_dA ?? 0) : 0;
  }

  #watch(): void {
    const { timeline } = this.bench;
    this.#offers.push({ at: timeline.now, offered_dA: 10 * this.bench.offered_A('master') });
    timeline.schedule(timeline.now + 50, () => this.#watch());
  }
}
