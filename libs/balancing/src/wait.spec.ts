import { waitsAfter } from './index.js';

const TURN_ms = 900_000;

test.each([
  ['had it for a turn', 0, 100_000, 1_000_000, 1_000_000],
  ['had it for longer', 0, 100_000, 3_000_000, 3_000_000],
  ['had it for no time', 0, 600_000, 600_000, 0],
  ['had it for a third of a turn', 0, 600_000, 900_000, 500_000],
  ['got it at once', 600_000, 600_000, 610_000, 610_000],
  ['got it before it waited, as the clocks say', 700_000, 600_000, 710_000, 710_000],
  ['had none', 400_000, null, 710_000, 400_000],
] as const)('who loses its place and %s', (_, waitsSince, seatedAt, now, expected) => {
  expect(waitsAfter({ waitsSince, seatedAt }, now, TURN_ms)).toBe(expected);
});
