import type { BoardEvent } from '@fairamp/evse';
import { LinuxBoardBench as Bench, PWM } from '../../test/linux-board-bench.js';

describe('a listener that calls while it is told', () => {
  async function answering(answer: (event: BoardEvent, bench: Bench) => void): Promise<Bench> {
    const bench = await Bench.charging();
    bench.board.on((event) => answer(event, bench));
    bench.heard.length = 0;
    return bench;
  }

  test('stop: nothing is told, read or driven any more', async () => {
    const bench = await answering((event, { board }) => event.kind === 'pilot-sampled' && void board.stop());
    await bench.pass(10);
    const { calls } = bench.hardware;
    expect([bench.show('coil', 'pwm'), bench.hardware.isOpen]).toEqual([[false, 0], false]);
    bench.heard.length = 0;
    await bench.pass(2000);
    expect([bench.heard, bench.hardware.calls, bench.time.isStill]).toEqual([[], calls, true]);
  });

  test('stop, in the middle of a look: what it would have said after that is not said', async () => {
    const bench = await answering((event, { board }) => event.kind === 'residual-sensed' && void board.stop());
    bench.hardware.tripped = true;
    bench.hardware.pressed = true;
    bench.hardware.lockHigh = true;
    await bench.pass(100);
    expect(bench.heard.map(({ kind }) => kind)).toEqual(['residual-sensed']);
    expect(bench.time.isStill).toBe(true);
  });

  test('stop, with something left to say: it is not said', async () => {
    const bench = await answering((event, { board }) => {
      if (event.kind !== 'residual-sensed') return;
      board.allowPower(false);
      void board.stop();
    });
    bench.hardware.tripped = true;
    await bench.pass(100);
    expect(bench.heard.map(({ kind }) => kind)).toEqual(['residual-sensed']);
  });

  test('stop, when the supply goes: it drives no lock after its end', async () => {
    const bench = await answering((event, { board }) => event.kind === 'supply-sensed' && void board.stop());
    bench.hardware.supplyFailing = true;
    await bench.pass(2000);
    expect([bench.show('unlock', 'coil'), bench.time.isStill]).toEqual([[false, false], true]);
  });

  test('stop, when it is told where the contact is at the start', async () => {
    const bench = new Bench();
    bench.board.on((event) => event.kind === 'contactor-confirmed' && void bench.board.stop());
    await bench.board.start();
    const { calls } = bench.hardware;
    await bench.pass(1000);
    expect([bench.hardware.calls, bench.time.isStill, bench.hardware.isOpen]).toEqual([calls, true, false]);
  });

  test('everybody hears everything in the same order', async () => {
    const bench = await answering((event, { board }) => {
      if (event.kind === 'residual-sensed') board.allowPower(false);
    });
    const later: BoardEvent[] = [];
    bench.board.on((event) => later.push(event));
    bench.hardware.tripped = true;
    await bench.pass(100);
    expect(later).toEqual(bench.heard);
    expect(later.findIndex(({ kind }) => kind === 'residual-sensed')).toBeLessThan(
      later.findIndex(({ kind }) => kind === 'contactor-confirmed'),
    );
  });

  test('answers without an end cost this life and no more', async () => {
    const bench = await answering(
      (event, { board }) => event.kind === 'contactor-confirmed' && board.allowPower(false),
    );
    bench.board.allowPower(false);
    expect(bench.troubles).toEqual([expect.stringContaining('is answered with events without end')]);
    expect([bench.lost, bench.show('coil')]).toEqual([[true], [false]]);
  });

  test('a board that comes back and fails at the first call is lost again, and comes back again', async () => {
    const bench = await answering((event, { board }) => {
      if (event.kind === 'board-changed' && !event.lost) board.setPilot(PWM);
    });
    const failing = (port: string): boolean => port === 'pwm' && bench.tries < 4 && bench.hardware.journal.length > 1;
    bench.hardware.fails = failing;
    bench.board.setPilot({ kind: 'X1' });
    await bench.pass(2000);
    expect(bench.lost).toEqual([true, false, true, false, true, false]);
    expect(bench.heard.at(-1)?.kind).toBe('pilot-sampled');
  });
});
