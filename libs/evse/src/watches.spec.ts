import { initialWatches, meterOver, mostOf, pass, retriesAt, senseTemperature, type Watches } from './watches.js';

const draw = (L1: number, L2 = 0, L3 = 0) => ({ L1, L2, L3 });

// quick manual 2.07: from 65 degrees, until below 55; signed, unlike 2.07
test.each<[number, boolean, boolean]>([
  [-40, false, false],
  [-1, false, false],
  [54.9, false, false],
  [55, false, true],
  [64.9, false, true],
  [65, true, true],
  [90, true, true],
  [Number.NaN, true, true],
])('at %d degrees it is hot: %p; when it was hot: %p', (celsius, fresh, wasHot) => {
  expect(senseTemperature(initialWatches, celsius).hot).toBe(fresh);
  expect(senseTemperature({ ...initialWatches, hot: true }, celsius).hot).toBe(wasHot);
});

test.each([
  [160, 181],
  [60, 71],
  [0, 5],
])('granted %d dA, a car may be metered with %d dA', (granted_dA, most_dA) => {
  expect(mostOf(granted_dA)).toBe(most_dA);
});

const TICK = { isCarGone: false, isShort: false };
/** Metered each second with what it draws and what it may; over-current in the end? */
function meter(seconds: readonly (readonly [draw_dA: number, most_dA: number | null])[]): Watches {
  return seconds.reduce<Watches>((watches, [draw_dA, most_dA], second) => {
    const at = second * 1000;
    return pass(meterOver(watches, draw(0, draw_dA), most_dA, at), { ...TICK, at });
  }, initialWatches);
}
const during = (from: number, to: number, draw_dA: number, most_dA: number | null) =>
  Array.from({ length: to - from }, () => [draw_dA, most_dA] as const);

test.each<[string, readonly (readonly [number, number | null])[], boolean]>([
  ['exactly as much as it may', during(0, 60, 181, 181), false],
  ['too much for 6 s', during(0, 7, 182, 181), false],
  ['too much for 7 s', during(0, 8, 182, 181), true],
  [
    'too much, with a second of obedience in between',
    [...during(0, 6, 182, 181), [181, 181], ...during(0, 6, 182, 181)],
    false,
  ],
  ['what flows past an open contactor', during(0, 60, 182, null), false],
  [
    'cut twice within 5 s, and it follows each in 5 s',
    [...during(0, 5, 160, 115), ...during(5, 9, 100, 93), [80, 93]],
    false,
  ],
  ['cut twice, and it follows the first alone', [...during(0, 5, 160, 115), ...during(5, 13, 100, 93)], true],
  [
    'cut again and again, and it follows nothing',
    [...during(0, 3, 160, 115), ...during(3, 6, 160, 93), ...during(6, 8, 160, 71)],
    true,
  ],
])('over-current: %s: %p', (_, seconds, over) => {
  expect(meter(seconds).overCurrent).toBe(over);
});

test('any phase may be the one', () => {
  expect(meterOver(initialWatches, draw(0, 0, 182), 181, 0).over).toEqual({ since: 0, most_dA: 181 });
  expect(meterOver(initialWatches, draw(182), 181, 0).over).toEqual({ since: 0, most_dA: 181 });
});

test('over-current stays until the car is gone; heat stays longer', () => {
  const over = { ...initialWatches, hot: true, over: { since: 0, most_dA: 5 }, overCurrent: true };
  expect(pass(over, { ...TICK, at: 60_000 })).toBe(over);
  expect(pass(over, { ...TICK, at: 60_000, isCarGone: true })).toEqual({ ...initialWatches, hot: true });
});

test.each<[string, Partial<Watches>]>([
  ['a meter over', { over: { since: 0, most_dA: 5 } }],
  ['over-current', { overCurrent: true }],
  ['NO CURRENT', { noCurrentAt: 0 }],
  ['nothing', {}],
])('a car that is gone ends %s', (_, watched) => {
  expect(pass({ ...initialWatches, ...watched }, { ...TICK, at: 1, isCarGone: true })).toEqual(initialWatches);
});

// quick manual 2.07: NO CURRENT, "try again in 60 seconds"
test.each<[string, number | null, number, boolean, number | null]>([
  ['it comes', null, 5000, true, 5000],
  ['without a lack it does not', null, 5000, false, null],
  ['it stands for 60 s, whatever is said', 5000, 64_999, false, 5000],
  ['and is over then', 5000, 65_000, false, null],
  ['while there is still a lack the master has 10 s to find some', 5000, 74_999, true, 5000],
  ['and then it stands again', 5000, 75_000, true, 75_000],
])('NO CURRENT: %s', (...[, since, at, isShort, expected]) => {
  expect(pass({ ...initialWatches, noCurrentAt: since }, { ...TICK, at, isShort }).noCurrentAt).toBe(expected);
});

test.each([
  [null, 0, null],
  [5000, 64_999, 65_000],
  [5000, 65_000, null],
])('NO CURRENT since %p: at %d it tries again at %p', (noCurrentAt, at, expected) => {
  expect(retriesAt({ ...initialWatches, noCurrentAt }, at)).toBe(expected);
});
