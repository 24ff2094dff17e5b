// What 2.07 did wrong when it shared and this does not: the items of docs/defects.md, a short test each.
import { sumOf } from '@fairamp/units';
import { car, decided, limits, normal, smart } from '../test/site.js';

test('13.1 item 3: shares are in tenths of an ampere, and nobody gets the rest for his number', () => {
  const cars = ['a', 'b', 'c'].map((id) => car(id, { limit_dA: 100 }));
  const shares = Object.values(limits(decided(normal(250, cars))));
  expect(shares).toEqual([83, 83, 83]);
  expect(sumOf(shares, (share) => share)).toBeLessThanOrEqual(250);
});

test('13.1 item 4: nothing winds up while nobody charges: what is decided follows from what is measured now', () => {
  const idle = smart(250, 5, []);
  const after = Array.from({ length: 1000 }, (_, index) => decided({ ...idle, now: index * 1900 }));
  expect(after.every((decisions) => decisions.length === 0)).toBe(true);
  const newcomer = car('a', { need: 'starting' });
  expect(limits(decided({ ...smart(250, 5, [newcomer]), now: 1_900_000 }))).toEqual({ a: 60 });
});

test('13.1 item 8: what the house sends out is room, where the meter knows the direction', () => {
  const one = car('a', { limit_dA: 60 });
  expect(limits(decided(smart(250, -150, [one])))).toEqual({ a: 320 });
  const other = car('a', { limit_dA: 60, maximum_dA: 800 });
  expect(limits(decided(smart(250, -150, [other])))).toEqual({ a: 400 });
});
