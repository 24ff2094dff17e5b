import { described, PLAIN } from '../../test/descriptions.js';
import { linuxBoard } from './open-linux-board.js';

test('on a computer that is no board it says what is missing, drives nothing, and can be stopped', async () => {
  const troubles: string[] = [];
  const board = linuxBoard(described(PLAIN), { now: () => 0 }, (why) => troubles.push(why));
  const lost: unknown[] = [];
  board.on((event) => lost.push(event));
  await board.start();
  expect(troubles).toHaveLength(1);
  // Without the package that first; with it, the chip "gpio", which no kernel has.
  expect(troubles[0]).toMatch(/the package "onoff"|no "gpio" there/);
  expect(lost).toEqual([{ kind: 'board-changed', at: 0, lost: true }]);
  await board.stop();
});
