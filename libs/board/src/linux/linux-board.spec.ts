import { described, FITTED, PLAIN, withValue } from '../../test/descriptions.js';
import { EVERY_CALL, LinuxBoardBench as Bench, PWM } from '../../test/linux-board-bench.js';
import { VirtualTime } from '../../test/virtual-time.js';
import { LinuxBoard } from './linux-board.js';

describe('a board that cannot be opened', () => {
  test('is lost, is tried again each 500 ms, and says each trouble once', async () => {
    const bench = new Bench();
    bench.cannotOpen = 'no chip "gpio"';
    await bench.board.start();
    expect([bench.lost, bench.tries]).toEqual([[true], 1]);
    await bench.pass(490);
    expect(bench.tries).toBe(1);
    await bench.pass(10);
    expect(bench.tries).toBe(2);
    await bench.pass(5000);
    expect([bench.tries, bench.lost, bench.troubles]).toEqual([12, [true], ['no chip "gpio"']]);
    bench.cannotOpen = 'another';
    await bench.pass(1000);
    expect(bench.troubles).toEqual(['no chip "gpio"', 'another']);
    bench.cannotOpen = null;
    await bench.pass(500);
    expect(bench.lost).toEqual([true, false]);
  });

  test('bears every call', async () => {
    const bench = new Bench();
    bench.cannotOpen = 'no';
    await bench.board.start();
    for (const call of EVERY_CALL) expect(() => call(bench.board)).not.toThrow();
    await bench.board.stop();
    await bench.pass(5000);
    expect([bench.tries, bench.time.isStill]).toEqual([1, true]);
  });

  test('what is thrown that is no error is said too', async () => {
    const time = new VirtualTime();
    const troubles: string[] = [];
    const board = new LinuxBoard({
      description: described(FITTED),
      open: () => Promise.reject('a word'),
      schedule: time,
      onTrouble: (why) => troubles.push(why),
    });
    await board.start();
    expect(troubles).toEqual(['a word']);
    await board.stop();
  });
});

test('stopped while it is being opened, it closes what was opened', async () => {
  const bench = new Bench();
  const starting = bench.board.start();
  await bench.board.stop();
  await starting;
  expect([bench.hardware.isOpen, bench.time.isStill, bench.heard]).toEqual([false, true, []]);
});

test('stopped while it cannot be opened, it says nothing and tries no more', async () => {
  const bench = new Bench();
  bench.cannotOpen = 'no';
  const starting = bench.board.start();
  await bench.board.stop();
  await starting;
  await bench.pass(2000);
  expect([bench.tries, bench.troubles, bench.heard]).toEqual([1, [], []]);
});

test('starts once', async () => {
  const bench = await Bench.started();
  await bench.board.start();
  expect([bench.tries, bench.lives.length]).toEqual([1, 1]);
});

describe('a plain board', () => {
  const HAS_NOT = ['pilotEnable', 'proximity', 'feedback', 'heartbeat', 'lock', 'switch', 'residual', 'led'] as const;
  const plain = (): Promise<Bench> => Bench.started(PLAIN, [...HAS_NOT, 'temperature', 'supply']);

  test('charges, and opens', async () => {
    const bench = await plain();
    await bench.live(10_000);
    bench.board.setPilot(PWM);
    bench.board.allowPower(true);
    await bench.live(500);
    expect(bench.show('coil', 'pwm')).toEqual([true, 266]);
    bench.board.allowPower(false);
    expect(bench.show('coil')).toEqual([false]);
  });

  test('bears to be asked for what it has not', async () => {
    const bench = await plain();
    for (const call of EVERY_CALL) call(bench.board);
    await bench.live(1000);
    expect([bench.lost, bench.show('lock', 'unlock', 'test')]).toEqual([[], [undefined, undefined, undefined]]);
  });
});

describe('makeSafe', () => {
  const SAFE = ['coil', 'heartbeat', 'pwm', 'enable', 'lock', 'unlock', 'test'] as const;
  const SAFELY = [false, false, 0, true, false, false, false];

  async function driven(): Promise<Bench> {
    const bench = await Bench.charging();
    bench.board.testResidual();
    bench.board.pulseLock('locked', 600);
    // As if somebody else had: nothing is believed of an output that is made safe.
    bench.hardware.shows.set('unlock', true).set('heartbeat', true).set('enable', false);
    return bench;
  }

  test('every output is in its safe state, contactor first', async () => {
    const bench = await driven();
    const before = bench.hardware.journal.length;
    bench.board.safeStateSync();
    expect(bench.show(...SAFE)).toEqual(SAFELY);
    expect(bench.hardware.journal[before]).toBe('coil off');
  });

  test.each(SAFE)('with %s failing, all the others are', async (broken) => {
    const bench = await driven();
    const others = SAFE.filter((output) => output !== broken);
    bench.hardware.fails = (port) => port === broken;
    expect(() => bench.board.safeStateSync()).not.toThrow();
    expect(bench.show(...others)).toEqual(SAFELY.filter((_, index) => SAFE[index] !== broken));
  });

  test('a board whose safe pilot is X1 shows X1', async () => {
    const bench = await Bench.started(withValue(FITTED, 'safe.pilot', 'X1'));
    bench.board.setPilot(PWM);
    bench.board.safeStateSync();
    expect(bench.show('pwm')).toEqual([1000]);
  });
});
