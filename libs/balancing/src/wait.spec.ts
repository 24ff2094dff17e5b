import { waitsAfter } from './index.js';

const TURN_ms = 900_000;

test.each([
  { it: 'had it for a turn', waitsSince: 0, seatedAt: 100_000, now: 1_000_000, waits: 1_000_000 },
  { it: 'had it for longer', waitsSince: 0, seatedAt: 100_000, now: 3_000_000, waits: 3_000_000 },
  { it: 'had it for no time', waitsSince: 0, seatedAt: 600_000, now: 600_000, waits: 0 },
  { it: 'had it for a third of a turn', waitsSince: 0, seatedAt: 600_000, now: 900_000, waits: 500_000 },
  { it: 'got it at once', waitsSince: 600_000, seatedAt: 600_000, now: 610_000, waits: 610_000 },
  { it: 'got it before it waited', waitsSince: 700_000, seatedAt: 600_000, now: 710_000, waits: 710_000 },
  { it: 'had none', waitsSince: 400_000, seatedAt: null, now: 710_000, waits: 400_000 },
])('since when who loses its place waits: it $it', ({ waitsSince, seatedAt, now, waits }) => {
  expect(waitsAfter({ waitsSince, seatedAt }, now, TURN_ms)).toBe(waits);
});
