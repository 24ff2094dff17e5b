import { ContactorBench as Bench } from '../../test/contactor-bench.js';

describe('it closes only when every guard holds, each alone', () => {
  test.each<[about: string, undo: (bench: Bench) => void, isClosed: boolean]>([
    ['all hold', () => undefined, true],
    ['a residual current or a failing supply', (bench) => (bench.mayClose = false), false],
    ['nobody vouches: its last heartbeat is older than the fail-safe', (bench) => bench.time.pass(1000), false],
    ['the heartbeat is as old as may be', (bench) => bench.time.pass(889), true],
    ['its feedback says closed already', (bench) => (bench.hardware.contact = 'welded'), false],
  ])('%s', (_, undo, isClosed) => {
    const bench = Bench.ready();
    undo(bench);
    bench.drive.allow(true);
    expect([bench.isOn, bench.drive.isOn]).toEqual([isClosed, isClosed]);
    expect(bench.told).toHaveLength(1);
  });

  test('no heartbeat was ever given', () => {
    const bench = new Bench();
    bench.look(10_000);
    bench.drive.allow(true);
    expect([bench.isOn, bench.told.at(-1)]).toEqual([false, false]);
  });
});

describe('10 s from the start, and from one closing to the next', () => {
  // Early by 200 ms is held: the charge point counts from a moment before (its 10 s are ours, told over a wire).
  test.each<[at: number, atOnce: boolean, later: boolean]>([
    [0, false, false],
    [5000, false, false],
    [9799, false, false],
    [9800, false, true],
    [9999, false, true],
    [10_000, true, true],
    [60_000, true, true],
  ])('allowed after %d ms: at once %p, when the time has come %p', (at, atOnce, later) => {
    for (const start of [() => new Bench(), () => Bench.closed()]) {
      const bench = start();
      if (bench.isOn) {
        // It has been closed for 300 ms.
        bench.drive.allow(false);
        bench.live(Math.max(0, at - 300));
        if (at < 300) continue;
      } else bench.live(at);
      bench.drive.allow(true);
      expect(bench.isOn).toBe(atOnce);
      bench.live(500);
      expect(bench.isOn).toBe(later);
    }
  });

  test.each<[about: string, undo: (bench: Bench) => void]>([
    ['called off', (bench) => bench.drive.allow(false)],
    ['opened', (bench) => bench.drive.open()],
    ['no longer sound', (bench) => (bench.mayClose = false)],
  ])('a held closing that is %s never closes', (_, undo) => {
    const bench = new Bench();
    bench.live(9900);
    bench.drive.allow(true);
    undo(bench);
    bench.live(1000);
    expect([bench.isOn, bench.hardware.journal.includes('coil on')]).toEqual([false, false]);
  });

  test('a held one is held once, and answered when it closes', () => {
    const bench = new Bench();
    bench.live(9900);
    bench.told.length = 0;
    bench.drive.allow(true);
    bench.drive.allow(true);
    expect(bench.told).toEqual([false]);
    bench.live(200);
    expect([bench.hardware.journal.filter((step) => step === 'coil on').length, bench.told.at(-1)]).toEqual([1, true]);
  });

  test('one that cannot be driven when its time has come is a failure', () => {
    const bench = new Bench();
    bench.live(9900);
    bench.drive.allow(true);
    bench.hardware.fails = (port) => port === 'coil';
    bench.live(100);
    expect(bench.failures).toEqual(['Error: EIO: coil']);
  });
});

describe("the dead man's handle", () => {
  // Of what the fail-safe is allowed the contact itself takes 250 ms.
  test.each<[failSafe_ms: number | null, opensAfter_ms: number]>([
    [1250, 1000],
    [500, 250],
    [6000, 5750],
    [null, 2000],
  ])('fail-safe %p: without a heartbeat it opens after %d ms', (failSafe_ms, opensAfter_ms) => {
    const bench = Bench.closed({ failSafe_ms });
    bench.drive.heartbeat();
    bench.look(opensAfter_ms - 10);
    expect([bench.isOn, bench.deadMan]).toEqual([true, 0]);
    bench.look(10);
    expect([bench.isOn, bench.deadMan]).toEqual([false, 1]);
    bench.look(10_000);
    expect(bench.deadMan).toBe(1);
    bench.live(20_000);
    expect(bench.isOn).toBe(false);
  });

  test('pulses go out while the coil is on, each the other level, and never else', () => {
    const bench = Bench.ready();
    const pulses = (): readonly string[] => bench.hardware.journal.filter((step) => step.startsWith('heartbeat'));
    expect(pulses()).toEqual([]);
    bench.drive.allow(true);
    bench.live(300);
    expect(pulses()).toEqual(['heartbeat on', 'heartbeat off', 'heartbeat on']);
    bench.drive.allow(false);
    bench.live(1000);
    expect(pulses()).toHaveLength(3);
  });

  test('a board without such a line needs none', () => {
    const bench = Bench.closed({ heartbeat: null });
    bench.live(1000);
    expect(bench.isOn).toBe(true);
  });
});

test('each permission is answered, also one that changes nothing', () => {
  const bench = Bench.closed();
  bench.drive.allow(true);
  expect([bench.told, bench.hardware.journal.filter((step) => step === 'coil on')]).toEqual([[true], ['coil on']]);
});

test('opening drives the coil off whatever was known of it', () => {
  const bench = new Bench();
  bench.drive.open();
  bench.drive.open();
  expect(bench.hardware.journal).toEqual(['coil off', 'coil off']);
});
