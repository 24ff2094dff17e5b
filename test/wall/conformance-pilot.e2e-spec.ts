// The pilot's part of the board conformance suite on a real Linux board, in real time.
import { benchOf } from '../conformance/board-bench.js';
import { pilotConformance } from '../conformance/board-pilot.conformance.js';
import { PATIENCE_ms, WALL_BOARD } from './wall-board.js';

// No global in an ES module.
(import.meta as unknown as { readonly jest: typeof jest }).jest.setTimeout(PATIENCE_ms);

describe(`${WALL_BOARD.name} as a board`, () => {
  const at = benchOf(WALL_BOARD);

  test('says what it is', () => {
    expect(at().rig.board.capabilities).toEqual(WALL_BOARD.capabilities);
  });
  pilotConformance(WALL_BOARD, at);
});
