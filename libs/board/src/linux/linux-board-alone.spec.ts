import type { FakeHardware } from '../../test/fake-hardware.js';
import { LinuxBoardBench as Bench, PWM } from '../../test/linux-board-bench.js';

describe('what it does by itself', () => {
  test.each<[edge: string, change: (hardware: FakeHardware) => void]>([
    ['residual', (hardware) => (hardware.tripped = true)],
    ['supply', (hardware) => (hardware.supplyFailing = true)],
  ])('an edge of %s opens at once, before the next sample', async (edge, change) => {
    const bench = await Bench.charging();
    change(bench.hardware);
    bench.hardware.edge(edge);
    expect(bench.show('coil')).toEqual([false]);
  });

  test("the dead man's handle ends with X1, and leaves what is steady", async () => {
    const bench = await Bench.charging();
    await bench.pass(1100);
    expect(bench.show('coil', 'pwm')).toEqual([false, 1000]);
    bench.board.setPilot({ kind: 'F' });
    await bench.live(100);
    await bench.pass(1100);
    expect(bench.show('pwm')).toEqual([0]);
  });

  test('I14: at the end of its supply it unlocks, and not before the contact has fallen', async () => {
    const bench = await Bench.charging();
    bench.hardware.contact = 'welded';
    bench.hardware.supplyFailing = true;
    await bench.pass(300);
    expect(bench.show('coil', 'unlock')).toEqual([false, undefined]);
    bench.hardware.contact = 'follows';
    await bench.pass(20);
    expect(bench.show('unlock')).toEqual([true]);
    await bench.pass(600);
    expect(bench.show('unlock')).toEqual([false]);
  });

  test.each<[about: string, change: (hardware: FakeHardware) => void, after_ms: number]>([
    ['the contact never falls', () => undefined, 1500],
    ['the supply is back', (hardware) => (hardware.supplyFailing = false), 300],
  ])('I14: it does not unlock when %s', async (_, change, after_ms) => {
    const bench = await Bench.charging();
    bench.hardware.contact = 'welded';
    bench.hardware.supplyFailing = true;
    await bench.pass(after_ms);
    change(bench.hardware);
    await bench.pass(30);
    bench.hardware.contact = 'follows';
    await bench.pass(1000);
    expect(bench.hardware.journal).not.toContain('unlock on');
  });

  test('a low level is told while there is PWM, and only then', async () => {
    const bench = await Bench.charging();
    const lows = (): unknown[] =>
      bench.heard.flatMap((event) => (event.kind === 'pilot-sampled' ? [event.low_mV] : []));
    expect([lows().at(0), lows().at(-1)]).toEqual([null, -12_000]);
  });

  test('a test of the monitor lasts 200 ms, and a second one begins anew', async () => {
    const bench = await Bench.started();
    bench.board.testResidual();
    await bench.pass(100);
    bench.board.testResidual();
    await bench.pass(190);
    expect(bench.show('test')).toEqual([true]);
    await bench.pass(10);
    expect(bench.show('test')).toEqual([false]);
  });

  test('the same pilot again costs no sample', async () => {
    const bench = await Bench.charging();
    bench.heard.length = 0;
    bench.board.setPilot(PWM);
    await bench.live(10);
    expect(bench.heard.map(({ kind }) => kind)).toEqual(['pilot-sampled']);
  });
});
