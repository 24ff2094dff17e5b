import { askedAgain, heardAt } from './silence.js';

/** Asked at each of these moments after having heard something at 0. */
const silentFor = (moments: readonly number[]): number =>
  moments.reduce((silence, at) => askedAgain(silence, at, 50), heardAt(0)).for_ms;

test.each([
  ['asked in time it is as long as it is', [50, 100, 150, 200, 250, 300, 350, 400, 450, 500], 500],
  ['a turn that is late counts twice at most', [50, 130, 180], 180],
  ['a process that stood still has heard nothing, and blames nobody', [50, 5050, 5100], 200],
  ['a clock that goes back takes nothing away', [100, 50, 150], 200],
])('%s', (_, moments, for_ms) => {
  expect(silentFor(moments)).toBe(for_ms);
});

test('something heard begins it anew', () => {
  expect(askedAgain(heardAt(1000), 1050, 50).for_ms).toBe(50);
});
