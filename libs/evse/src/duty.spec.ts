import { ampsOf, dutyOf } from './duty.js';

// behaviour.md 3, column `exact`: 6 to 80 A, all 75 whole amperes.
const EXACT = [
  100, 116, 133, 150, 166, 183, 200, 216, 233, 250, 266, 283, 300, 316, 333, 350, 366, 383, 400, 416, 433, 450, 466,
  483, 500, 516, 533, 550, 566, 583, 600, 616, 633, 650, 666, 683, 700, 716, 733, 750, 766, 783, 800, 816, 833, 850,
  848, 852, 856, 860, 864, 868, 872, 876, 880, 884, 888, 892, 896, 900, 904, 908, 912, 916, 920, 924, 928, 932, 936,
  940, 944, 948, 952, 956, 960,
];

test.each(EXACT.map((duty, index) => [index + 6, duty]))('%d A is said with %d permille', (amperes, duty) => {
  expect(dutyOf(amperes * 10)).toBe(duty);
});

test.each([
  [61, 101],
  [65, 108],
  [509, 848],
  [510, 850],
  [511, 844],
  [524, 849],
  [525, 850],
  [526, 850],
  [799, 959],
])('%d dA is said with %d permille', (limit_dA, duty) => {
  expect(dutyOf(limit_dA)).toBe(duty);
});

test.each([0, 59, 59.9, 160.5, 801, -60, Number.NaN, Number.POSITIVE_INFINITY])(
  'there is no duty for %d dA, and never 6 A in its place',
  (limit_dA) => {
    expect(() => dutyOf(limit_dA)).toThrow('no duty says');
  },
);

// IEC 61851-1 Table A.8
test.each([
  [0, 0],
  [29, 0],
  [30, 0],
  [50, 0],
  [79, 0],
  [80, 60],
  [99, 60],
  [100, 60],
  [101, 60],
  [266, 159],
  [850, 510],
  [851, 527],
  [960, 800],
  [961, 800],
  [970, 800],
  [971, 0],
  [1000, 0],
])('a car reads %d permille as %d dA', (duty, read_dA) => {
  expect(ampsOf(duty)).toBe(read_dA);
});
