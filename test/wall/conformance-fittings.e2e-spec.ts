// The fittings' part of the board conformance suite on a real Linux board, in real time.
import { benchOf } from '../conformance/board-bench.js';
import { fittingsConformance } from '../conformance/board-fittings.conformance.js';
import { PATIENCE_ms, WALL_BOARD } from './wall-board.js';

// No global in an ES module.
(import.meta as unknown as { readonly jest: typeof jest }).jest.setTimeout(PATIENCE_ms);

/** Several periods of the slowest; a pattern in which the computer stood still is followed by a whole one. */
const PATTERN_ms = 4500;
const PATTERNS = 4;

describe(`${WALL_BOARD.name} as a board`, () => {
  const at = benchOf(WALL_BOARD);

  // Its three lines are on or off.
  test.each(['off', 'on', 'flash', 'blink-slow', 'blink', 'blink-fast'] as const)(
    'its LED shows %s',
    async (indicator) => {
      const { board, eyes } = at().rig;
      board.setIndicator(indicator);
      await at().live(PATTERN_ms);
      for (let count = 1; count < PATTERNS && eyes.indicator() !== indicator; count += 1) await at().live(PATTERN_ms);
      expect(eyes.indicator()).toBe(indicator);
    },
  );
  fittingsConformance(WALL_BOARD, at);
});
