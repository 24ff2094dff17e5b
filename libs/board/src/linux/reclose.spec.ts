import { LinuxBoardBench as Bench, PWM } from '../../test/linux-board-bench.js';

const allowed = async (bench: Bench): Promise<boolean> => {
  bench.hardware.high_mV = 6000;
  bench.board.setPilot(PWM);
  bench.board.allowPower(true);
  await bench.live(500);
  return bench.show('coil')[0] === true;
};

// The charge point counts from its own start and its own closings; refused by the board it would call the contact stuck.
describe('10 s between two closings are of the contact, not of an opening of the hardware', () => {
  test('a board that was lost and is back closes 10 s after it closed last, and not before', async () => {
    const bench = await Bench.charging();
    bench.hardware.fails = () => true;
    await bench.live(2000);
    bench.hardware.fails = () => false;
    await bench.live(2000);
    expect(bench.lost).toEqual([true, false]);
    expect(await allowed(bench)).toBe(false);
    bench.board.allowPower(false);
    await bench.live(6000);
    expect(await allowed(bench)).toBe(true);
  });

  test('a board that was not there at the start closes 10 s after the start', async () => {
    const bench = new Bench();
    bench.cannotOpen = 'no chip';
    await bench.board.start();
    await bench.live(8000);
    bench.cannotOpen = null;
    await bench.live(1000);
    expect(await allowed(bench)).toBe(false);
    bench.board.allowPower(false);
    await bench.live(1000);
    expect(await allowed(bench)).toBe(true);
  });
});
