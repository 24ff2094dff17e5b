// Stories of a 2.07 bus (wire.md 3.7, behaviour.md 5.4 to 6), weaknesses included: what the model must do because real
// modules were seen to, or because their arithmetic says so.
import type { Deciamps } from '@fairamp/units';
import { ClassicBench, benchSite } from './classic-bench.js';

/** The master stands first; nobody is plugged in; a frame each 2 s says what the house takes and the cars are offered. */
function smartSite(house_dA: Deciamps): ClassicBench & { house_dA: Deciamps } {
  const site = benchSite(3);
  const points = site.points.map((point) => (point.id === 'slave1' ? { ...point, maximum_dA: 160 } : point));
  const bench = Object.assign(new ClassicBench({ ...site, points }), { house_dA });
  const drawn = (id: string): number => (bench.isClosed(id) ? 10 * bench.offered_A(id) : 0);
  bench.speakEach2s(() => bench.house_dA + drawn('master') + drawn('slave1') + drawn('slave2'));
  bench.run(3000);
  return bench;
}

describe('a day on the bus', () => {
  test('a slave asks, is told MIN, asks again when its car wants current, and has its share within the answer', () => {
    const bench = smartSite(50);
    bench.show('slave1', 'B');
    bench.run(400);
    expect(bench.offers_A()).toEqual([0, 6, 0]);
    bench.show('slave1', 'C');
    bench.run(400);
    expect(bench.offers_A()).toEqual([0, 16, 0]);
    expect(bench.closed()).toEqual(['slave1']);
    const slaves = bench.carried.filter((line) => / (request|answer) /.test(line) && !line.includes('slave2'));
    expect(slaves.map((line) => line.replace(/^\S+ /, ''))).toEqual([
      'request slave1>master',
      'answer master>slave1',
      'request slave1>master',
      'answer master>slave1',
    ]);
  });

  test('W21: a newcomer has its share at once, the other learns of it with the next broadcast', () => {
    const bench = smartSite(50);
    bench.charge('slave1');
    bench.house_dA = 120;
    bench.run(4000);
    expect(bench.offers_A()).toEqual([0, 13, 0]);
    bench.show('slave2', 'B');
    bench.run(400);
    bench.show('slave2', 'C');
    bench.run(400);
    expect(bench.offers_A()).toEqual([0, 13, 7]);
    bench.run(2000);
    expect(bench.offers_A()).toEqual([0, 6, 6]);
  });

  test('a car that pauses opens its contactor before anybody answers, and keeps a stale offer', () => {
    const bench = smartSite(120);
    bench.charge('slave1');
    bench.charge('slave2');
    bench.run(2000);
    bench.show('slave2', 'B');
    bench.run(80);
    expect(bench.closed()).toEqual(['slave1']);
    bench.run(40_000);
    expect(bench.offers_A()).toEqual([0, 13, 6]);
  });

  test('a car that leaves a slave leaves its contactor closed until the master has answered', () => {
    const bench = smartSite(50);
    bench.charge('slave1');
    bench.show('slave1', 'A');
    bench.run(150);
    expect(bench.closed()).toEqual(['slave1']);
    bench.run(250);
    expect(bench.closed()).toEqual([]);
  });

  test('and with a cut bus for the 10 s until it misses it', () => {
    const bench = smartSite(50);
    bench.charge('slave1');
    bench.cut.add('slave1>master').add('master>slave1').add('slave2>slave1');
    bench.show('slave1', 'A');
    bench.run(5000);
    expect(bench.closed()).toEqual(['slave1']);
    bench.run(7000);
    expect(bench.closed()).toEqual([]);
    expect(bench.said).toEqual(['slave1: NO SERIAL COM']);
  });

  test('no current: a slave is refused, and asks again when its 60 s are over', () => {
    const bench = smartSite(220);
    bench.show('slave1', 'B');
    bench.run(1000);
    expect(bench.said).toEqual(['slave1: NO CURRENT']);
    bench.house_dA = 50;
    bench.run(57_000);
    expect(bench.offers_A()).toEqual([0, 0, 0]);
    bench.run(5000);
    expect(bench.offers_A()).toEqual([0, 6, 0]);
    expect(bench.said).toEqual(['slave1: NO CURRENT', 'slave1: error cleared']);
  });

  test('one frame at a time: whom two slaves ask at once answers one after the other', () => {
    const bench = smartSite(50);
    const before = bench.carried.length;
    bench.show('slave1', 'B');
    bench.show('slave2', 'B');
    bench.run(800);
    const heard = bench.carried.slice(before).filter((line) => line.includes('>master') || line.includes('answer'));
    const times = new Set(heard.map((line) => line.split(' ')[0]));
    expect(times.size).toBe(4);
  });

  test("no current: the master's 60 s begin only when there is current again", () => {
    const bench = smartSite(220);
    bench.show('master', 'B');
    bench.run(100_000);
    bench.house_dA = 50;
    bench.run(58_000);
    expect(bench.offers_A()).toEqual([0, 0, 0]);
    bench.run(6000);
    expect(bench.offers_A()).toEqual([6, 0, 0]);
  });
});

describe('stop-all', () => {
  test('an overload that MIN does not cure stops everybody with its fourth frame, and broadcasts go on', () => {
    const bench = smartSite(50);
    bench.charge('slave1');
    bench.run(1000);
    const offers = [0, 1, 2, 3].map(() => {
      bench.house_dA = 330 - 10 * bench.offered_A('slave1');
      bench.run(2000);
      return bench.offered_A('slave1');
    });
    expect(offers).toEqual([8, 6, 6, 0]);
    expect(bench.closed()).toEqual([]);
    expect(bench.said).toEqual(['master: NO CURRENT', 'slave1: NO CURRENT', 'slave2: NO CURRENT']);
    const before = bench.carried.length;
    bench.run(2000);
    expect(bench.carried.slice(before).some((line) => line.includes('shares master>slave1'))).toBe(true);
  });

  test.each([
    [500, []],
    [501, ['master: NO CURRENT', 'slave1: NO CURRENT', 'slave2: NO CURRENT']],
  ])('%i dA on a limit of 250 dA: with nobody charging it says %j at once', (house_dA, said) => {
    const bench = smartSite(50);
    bench.house_dA = house_dA;
    bench.run(1500);
    expect(bench.said).toEqual(said);
  });

  test('the largest of three phases counts', () => {
    const bench = new ClassicBench(benchSite(1));
    bench.run(500);
    bench.speak(0, 0, 501);
    expect(bench.said).toEqual(['master: NO CURRENT']);
  });

  test('who leaves and comes again need not wait its 60 s', () => {
    const bench = smartSite(50);
    bench.house_dA = 501;
    bench.run(1500);
    bench.house_dA = 50;
    bench.run(3000);
    bench.show('master', 'B');
    bench.run(4000);
    expect(bench.offers_A()).toEqual([6, 0, 0]);
  });

  test('W16: who misses the one broadcast goes on charging, and the master takes it for idle', () => {
    const bench = smartSite(50);
    bench.charge('slave1');
    bench.cut.add('master>slave1');
    bench.house_dA = 400;
    bench.run(3000);
    expect(bench.said).toContain('master: NO CURRENT');
    bench.cut.clear();
    bench.house_dA = 50;
    bench.run(60_000);
    expect(bench.closed()).toEqual(['slave1']);
  });
});

describe('NO SERIAL COM', () => {
  test('without the Sensorbox master and slaves open within 11 s, and charge again at once when it is back', () => {
    const bench = new ClassicBench(benchSite(2));
    const speak = (frames: number): void => {
      for (let frame = 0; frame < frames; frame += 1) {
        bench.speak(50);
        bench.run(2000);
      }
    };
    bench.run(1000);
    speak(1);
    bench.show('master', 'B');
    bench.show('slave1', 'B');
    speak(2);
    bench.show('master', 'C');
    bench.show('slave1', 'C');
    speak(2);
    bench.run(7500);
    expect(bench.isClosed('master') && bench.isClosed('slave1')).toBe(true);
    bench.run(2000);
    expect(bench.isClosed('master') || bench.isClosed('slave1')).toBe(false);
    bench.speak(50);
    bench.run(1000);
    expect(bench.isClosed('slave1')).toBe(true);
    speak(1);
    expect(bench.isClosed('master')).toBe(true);
  });

  test('W20: two slaves that nobody answers hide a dead Sensorbox from their master, and from each other', () => {
    const bench = new ClassicBench(benchSite(3));
    bench.run(1000);
    bench.speak(50);
    bench.cut.add('master>slave1').add('master>slave2');
    bench.show('slave1', 'B');
    bench.show('slave2', 'B');
    bench.run(30_000);
    expect(bench.said).toEqual([]);
  });

  test('a module that has never heard anything says so after 6 s', () => {
    const bench = new ClassicBench(benchSite(1));
    bench.run(6000);
    expect(bench.said).toEqual([]);
    bench.run(1000);
    expect(bench.said).toEqual(['master: NO SERIAL COM']);
  });
});
