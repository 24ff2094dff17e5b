// Stories of 2.07 modules in Normal mode, where nothing is measured (behaviour.md 5.3 and 5.6), and of modules that die.
import { ClassicBench, benchSite } from './classic-bench.js';

function normalSite(change: Parameters<typeof benchSite>[1] = {}, count = 3): ClassicBench {
  const bench = new ClassicBench(benchSite(count, { mode: 'normal', mains_dA: 320, ...change }));
  bench.run(3000);
  return bench;
}

describe('Normal mode', () => {
  test('a lone module: 6 A, then the MAINS that nobody sees, then MAX', () => {
    const bench = normalSite({ mains_dA: 250 }, 1);
    bench.show('master', 'B');
    bench.run(2100);
    expect(bench.offered_A('master')).toBe(6);
    bench.show('master', 'C');
    bench.run(100);
    expect([bench.isClosed('master'), bench.offered_A('master')]).toEqual([true, 6]);
    bench.run(2000);
    expect(bench.offered_A('master')).toBe(32);
  });

  test('shares are told each 2 s', () => {
    const bench = normalSite({}, 2);
    bench.run(20_000);
    const times = bench.carried.filter((line) => line.includes('shares')).map((line) => Math.floor(parseFloat(line)));
    expect(times).toEqual([2, 4, 6, 8, 10, 12, 14, 16, 18, 20, 22]);
  });

  test('and no more often by a module that was started anew', () => {
    const bench = normalSite({}, 2);
    bench.disturb({ kind: 'start', who: 'master' });
    const before = bench.carried.length;
    bench.run(20_500);
    expect(bench.carried.length - before).toBe(10);
  });

  test('a slave that nobody answers asks each second', () => {
    const bench = normalSite({}, 2);
    bench.cut.add('master>slave1');
    bench.show('slave1', 'B');
    bench.run(5500);
    expect(bench.carried.filter((line) => line.includes('request'))).toHaveLength(6);
  });

  test('W9: the share of a slave without supply stays reserved', () => {
    const bench = normalSite();
    bench.charge('master');
    bench.charge('slave1');
    bench.run(2000);
    expect(bench.offers_A()).toEqual([16, 16, 0]);
    bench.disturb({ kind: 'kill', who: 'slave1' });
    expect(bench.closed()).toEqual(['master']);
    bench.run(60_000);
    expect(bench.offers_A()).toEqual([16, 0, 0]);
  });

  test('W15: a master that starts anew leaves its slaves at 6 A, and knows nothing of them', () => {
    const bench = normalSite();
    bench.charge('slave1');
    bench.run(2000);
    bench.disturb({ kind: 'start', who: 'master' });
    bench.run(4000);
    expect(bench.offers_A()).toEqual([0, 6, 0]);
    bench.charge('master');
    bench.run(2000);
    expect(bench.offers_A()).toEqual([32, 6, 0]);
    expect(bench.closed()).toEqual(['master', 'slave1']);
  });

  test('a frozen module keeps its outputs and hears nothing', () => {
    const bench = normalSite();
    bench.charge('slave1');
    bench.run(2000);
    bench.disturb({ kind: 'freeze', who: 'slave1' });
    bench.show('slave1', 'A');
    bench.charge('master');
    bench.run(20_000);
    expect(bench.offers_A()).toEqual([16, 32, 0]);
    bench.disturb({ kind: 'thaw', who: 'slave1' });
    bench.run(1000);
    expect(bench.closed()).toEqual(['master']);
  });

  test('a car that needs ventilation never charges, and one that comes to need it is taken for gone', () => {
    const bench = normalSite({}, 1);
    bench.show('master', 'D');
    bench.run(5000);
    expect(bench.offered_A('master')).toBe(0);
    bench.charge('master');
    expect(bench.isClosed('master')).toBe(true);
    bench.show('master', 'D');
    bench.run(100);
    expect(bench.isClosed('master')).toBe(false);
  });
});
