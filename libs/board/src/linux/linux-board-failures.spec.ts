import { FakeHardware, OUTPUTS } from '../../test/fake-hardware.js';
import { EVERY_CALL, LinuxBoardBench as Bench, PWM } from '../../test/linux-board-bench.js';

const PORTS = [...OUTPUTS, 'adc+', 'adc-', 'plug', 'feedback', 'bolt', 'switch', 'residual', 'supply', 'warmth'];

describe('an EIO', () => {
  // What a story of a charge touches; each port fails once at each of its calls, up to a few hundred.
  async function story(port: string, at: number): Promise<{ bench: Bench; hasFailed: boolean }> {
    const bench = await Bench.charging();
    bench.heard.length = 0;
    let calls = 0;
    let hasFailed = false;
    bench.hardware.fails = (name) => {
      if (name !== port || hasFailed) return false;
      hasFailed = calls++ === at;
      return hasFailed;
    };
    for (const call of EVERY_CALL) {
      expect(() => call(bench.board)).not.toThrow();
      await bench.pass(20);
    }
    await bench.pass(1800);
    // What failed at the very end has its time to come back, too.
    const failed = hasFailed;
    hasFailed = true;
    await bench.pass(700);
    return { bench, hasFailed: failed };
  }

  // A reading may fail once; the detectors' resets are part of one.
  const BEARS_ONE = ['adc+', 'adc-', 'reset+', 'reset-'];
  test.each(PORTS)('at %s, whichever call: no call throws, coil off, said once, and back', async (port) => {
    let failed = 0;
    for (let at = 0; at < 12; at += 1) {
      const { bench, hasFailed } = await story(port, at);
      if (!hasFailed) break;
      failed += 1;
      const [first = new FakeHardware()] = bench.lives;
      // Making safe answers for outputs that fail in it: nothing of them is tried again.
      const isTold = !BEARS_ONE.includes(port) && bench.lives.length > 1;
      expect(bench.lost).toEqual(isTold ? [true, false] : []);
      expect([first.shows.get('coil'), bench.show('coil')]).toEqual([false, [false]]);
      if (isTold) expect(first.isOpen).toBe(false);
      expect(bench.heard.at(-1)?.at).toBeGreaterThan(bench.time.now() - 50);
      await bench.board.stop();
      expect(bench.time.isStill).toBe(true);
    }
    expect(failed).toBeGreaterThan(0);
  });

  test.each(['adc+', 'reset-'])('twice in a row at %s ends this life; once does not', async (port) => {
    const bench = await Bench.charging();
    let left = 1;
    bench.hardware.fails = (name) => name === port && left-- > 0;
    await bench.live(50);
    expect([bench.lost, bench.show('coil')]).toEqual([[], [true]]);
    left = 2;
    await bench.live(50);
    expect([bench.lost, bench.show('coil')]).toEqual([[true], [false]]);
  });

  test('a reading that fails keeps nobody from looking at what opens the contactor', async () => {
    const bench = await Bench.charging();
    let left = 1;
    bench.hardware.fails = (name) => name === 'adc+' && left-- > 0;
    bench.hardware.tripped = true;
    await bench.pass(10);
    expect([left, bench.show('coil')]).toEqual([0, [false]]);
  });

  test('at the LED alone is no trouble', async () => {
    const bench = await Bench.charging();
    bench.hardware.fails = (name) => name === 'led';
    bench.board.setIndicator('blink-fast');
    await bench.live(1000);
    expect([bench.lost, bench.show('coil'), bench.troubles]).toEqual([[], [true], []]);
  });

  test('ends a life for good: nothing of it is read or driven again', async () => {
    const bench = await Bench.charging();
    const first = bench.hardware;
    first.fails = (name) => name === 'pwm';
    bench.board.setPilot({ kind: 'X1' });
    expect([first.isOpen, first.shows.get('coil'), bench.lost]).toEqual([false, false, [true]]);
    const { calls } = first;
    first.fails = () => false;
    bench.board.setPilot(PWM);
    await bench.pass(3000);
    expect(first.calls).toBe(calls);
  });
});

describe('one life after another', () => {
  test('leaves no old one at work: each cycle samples once', async () => {
    const bench = await Bench.started();
    for (let round = 0; round < 5; round += 1) {
      let left = 2;
      bench.hardware.fails = (port) => port === 'adc-' && left-- > 0;
      await bench.live(1000);
    }
    expect(bench.lives).toHaveLength(6);
    bench.heard.length = 0;
    await bench.live(100);
    expect(bench.heard.filter(({ kind }) => kind === 'pilot-sampled')).toHaveLength(10);
  });

  test('counts the 10 s from the last closing, in whichever life', async () => {
    const bench = await Bench.charging();
    let left = 2;
    bench.hardware.fails = (port) => port === 'adc+' && left-- > 0;
    // It closed at 10 s; now it is 10.5 s.
    await bench.live(9200);
    expect(bench.lost).toEqual([true, false]);
    bench.board.allowPower(true);
    expect(bench.show('coil')).toEqual([false]);
    await bench.live(300);
    bench.board.allowPower(true);
    expect(bench.show('coil')).toEqual([true]);
  });

  test('counts them from its start where it could not be opened at first', async () => {
    const bench = new Bench();
    bench.cannotOpen = 'no';
    await bench.board.start();
    await bench.live(5000);
    bench.cannotOpen = null;
    await bench.live(4700);
    bench.board.allowPower(true);
    expect(bench.show('coil')).toEqual([false]);
    await bench.live(300);
    bench.board.allowPower(true);
    expect(bench.show('coil')).toEqual([true]);
  });

  test('remembers the light', async () => {
    const bench = await Bench.charging();
    bench.board.setIndicator('blink');
    let left = 2;
    bench.hardware.fails = (port) => port === 'adc+' && left-- > 0;
    await bench.live(600);
    expect([bench.lost, bench.hardware.journal.includes('led 1000')]).toEqual([[true, false], true]);
  });

  test.each(['adc+', 'adc-'])('is not back while %s cannot be read: it would be lost again at once', async (port) => {
    const bench = await Bench.charging();
    bench.hardware.fails = (name) => name === port;
    await bench.live(5000);
    expect([bench.lost, bench.lives.length > 5, bench.lives.some(({ isOpen }) => isOpen)]).toEqual([
      [true],
      true,
      false,
    ]);
    bench.hardware.fails = () => false;
    await bench.live(600);
    expect(bench.lost).toEqual([true, false]);
  });
});
