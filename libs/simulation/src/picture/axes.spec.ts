import { ampsOf, clockOf, currentAxis, durationOf, PAGE, timeAxis, timeTicks } from './axes.js';

const S = 1000;

describe('the time axis', () => {
  test('runs from edge to edge', () => {
    const axis = timeAxis(0, 60 * S);
    expect([axis.x(0), axis.x(30 * S), axis.x(60 * S)]).toEqual([PAGE.left, (PAGE.left + PAGE.right) / 2, PAGE.right]);
  });

  test.each([
    [10, 1],
    [60, 5],
    [600, 60],
    [3600, 300],
    [24 * 3600, 2 * 3600],
  ])('of %i s has a tick each %i s', (length_s, step_s) => {
    const [first, second] = timeTicks(timeAxis(0, length_s * S));
    expect([first, second]).toEqual([0, step_s * S]);
  });

  test.each([
    [754_000, 900 * S, '12:34'],
    [4_354_000, 7200 * S, '1:12:34'],
    [754_000, 3600 * S, '0:12:34'],
    [59_999, 900 * S, '00:59'],
  ])('%i ms of a run of %i ms is written %s', (at, to, written) => {
    expect(clockOf(at, timeAxis(0, to))).toBe(written);
  });

  test.each([
    [60 * S, '1 min'],
    [90 * S, '1 min 30 s'],
    [3600 * S, '1 h'],
    [0, '0 s'],
  ])('%i ms last %s', (duration, said) => {
    expect(durationOf(duration)).toBe(said);
  });
});

describe('the current axis', () => {
  test('has the highest on top and 0 A at the bottom', () => {
    const { y } = currentAxis(0, 300, 120);
    expect([y(300), y(150), y(0)]).toEqual([0, 60, 120]);
  });

  test('goes below 0 A for a house that exports', () => {
    const { y, ticks } = currentAxis(-100, 300, 200);
    expect([y(300), y(0), y(-100)]).toEqual([0, 150, 200]);
    expect(ticks[0]).toBeLessThan(0);
  });

  test.each([
    [250, '25 A'],
    [164, '16.4 A'],
    [-5, '-0.5 A'],
  ])('%i dA are %s', (current, said) => {
    expect(ampsOf(current)).toBe(said);
  });
});
