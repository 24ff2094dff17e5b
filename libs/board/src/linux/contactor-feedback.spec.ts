import { ContactorBench as Bench } from '../../test/contactor-bench.js';

describe('its feedback', () => {
  test('open and closed are told when the contact has moved', () => {
    const bench = Bench.ready();
    let isClosed = false;
    bench.contact = () => isClosed;
    bench.drive.allow(true);
    expect(bench.told).toEqual([false]);
    bench.live(40);
    isClosed = true;
    bench.live(20);
    expect(bench.told).toEqual([false]);
    bench.live(10);
    expect(bench.told).toEqual([false, true]);
    bench.drive.allow(false);
    expect([bench.isOn, bench.told.at(-1)]).toEqual([false, true]);
    isClosed = false;
    bench.live(30);
    expect(bench.told.at(-1)).toBe(false);
  });

  test.each<[after_ms: number, isOn: boolean]>([
    [240, true],
    [250, false],
  ])('a contact that never comes: after %d ms the coil is on: %p', (after_ms, isOn) => {
    const bench = Bench.ready();
    bench.hardware.contact = 'stuck';
    bench.drive.allow(true);
    bench.live(after_ms);
    expect(bench.isOn).toBe(isOn);
    bench.live(20_000);
    expect(bench.isOn).toBe(false);
    expect(bench.told.at(-1)).toBe(false);
  });

  test('one that falls by itself lets the coil go once it has not bounced, says so, and waits 10 s from there', () => {
    const bench = Bench.closed();
    bench.live(20_000);
    bench.contact = () => false;
    bench.live(20);
    expect([bench.isOn, bench.told]).toEqual([true, []]);
    bench.live(10);
    expect([bench.isOn, bench.told]).toEqual([false, [false]]);
    bench.contact = null;
    bench.drive.allow(true);
    bench.live(9000);
    bench.drive.allow(true);
    expect(bench.isOn).toBe(false);
    bench.live(1000);
    bench.drive.allow(true);
    expect(bench.isOn).toBe(true);
  });

  test('a contact that bounces while it closes, stays closed', () => {
    const bench = Bench.ready();
    const [closesAt, bounces_ms] = [bench.time.now() + 30, 15];
    bench.contact = () => {
      const since_ms = bench.time.now() - closesAt;
      return since_ms >= bounces_ms || (since_ms >= 0 && since_ms % 2 === 0);
    };
    bench.drive.allow(true);
    bench.look(1);
    for (let passed = 0; passed < 300; passed += 1) {
      bench.time.pass(1);
      bench.drive.heartbeat();
      bench.drive.look();
    }
    // Once when it has moved, and once when it must have.
    expect([bench.isOn, bench.told]).toEqual([true, [false, true, true]]);
  });

  test('I12: a weld is told when the command is, and again when it should have followed', () => {
    const bench = Bench.closed();
    bench.hardware.contact = 'welded';
    bench.drive.allow(false);
    expect([bench.isOn, bench.told]).toEqual([false, [true]]);
    bench.live(240);
    expect(bench.told).toEqual([true]);
    bench.live(10);
    expect(bench.told).toEqual([true, true]);
    bench.live(1000);
    expect(bench.told).toEqual([true, true]);
  });

  test.each<[about: string, at: (bench: Bench) => void, isClosed: boolean]>([
    ['is closed while its coil is on', () => undefined, true],
    ['is closed for as long as it may take to fall', (bench) => (bench.drive.open(), bench.time.pass(249)), true],
    ['is open then', (bench) => (bench.drive.open(), bench.time.pass(250)), false],
  ])('a contactor without one %s', (_, at, isClosed) => {
    const bench = Bench.closed({ feedback: null });
    at(bench);
    expect(bench.drive.isClosed()).toBe(isClosed);
  });

  test('a contactor without one closes, stays, and says when it is open', () => {
    const bench = Bench.closed({ feedback: null });
    bench.live(20_000);
    expect([bench.isOn, bench.told]).toEqual([true, []]);
    bench.drive.allow(false);
    bench.live(300);
    expect([bench.isOn, bench.told]).toEqual([false, [true, true, false]]);
  });
});
