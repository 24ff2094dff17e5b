import { perPhase } from '@fairamp/units';
import { initialOutflow, outflowOn, stepOutflow } from './outflow.js';

/** Samples 2 s apart on L1 of 25 A: what the meter shows, and what our cars drew, at least and at most. */
type Told = readonly [read_dA: number, low_dA: number, high_dA?: number];

function outAfter(told: readonly Told[], wait_ms = 0): boolean {
  let at = 0;
  let state = initialOutflow();
  for (const [read_dA, low_dA, high_dA = low_dA] of told) {
    at += 2_000;
    const on = (amount: number) => ({ L1: amount, L2: 0, L3: 0 });
    const cars = { lowest_dA: on(low_dA), highest_dA: on(high_dA) };
    state = stepOutflow(state, { at, current_dA: on(read_dA), limit_dA: perPhase(() => 250), cars });
  }
  return outflowOn(state, at + wait_ms).includes('L1');
}

/** The sun sends out 36 A; our car is lowered for it. */
const SUN: readonly Told[] = [
  [260, 120],
  [280, 100],
  [304, 76],
];

/** Nearly all that a fuse of 25 A lets out: 1.45 times that. */
const FULL_SUN: readonly Told[] = [
  [330, 120],
  [345, 105],
  [361, 89],
];

test.each<[string, readonly Told[], boolean]>([
  ['two cuts that raise the reading', SUN, true],
  ['one such cut, which might be the house', SUN.slice(0, 2), false],
  [
    'cuts that lower it',
    [
      [260, 120],
      [240, 100],
      [216, 76],
    ],
    false,
  ],
  ['a cut that lowers it at last', [...SUN, [280, 50]], false],
  [
    'cuts of less than 1 A, which a house that drifts may answer so',
    [
      [260, 100],
      [266, 94],
      [271, 89],
    ],
    false,
  ],
  ['a reading that moves while our cars hold still', [...SUN, [330, 76]], false],
  ['one that creeps up while they do', [...SUN, [312, 76], [320, 76]], false],
  ['a house that comes on while our car is lowered', [...SUN.slice(0, 2), [330, 76]], false],
  ['as much as a fuse of the limit just carries out', [...FULL_SUN, [362, 88]], true],
  ['more than any fuse of the limit would carry out', [...FULL_SUN, [363, 87]], false],
  ['a reading so small that it may have gone through zero', [...SUN, [120, 240], [260, 100]], false],
  ['a car that is raised again beside it', [...SUN, [260, 120]], true],
  ['a car that is raised, and the reading does not fall', [...SUN, [304, 80, 120], [304, 100, 120]], false],
  [
    'cars of which nobody knows what they drew',
    [
      [260, 0, 320],
      [272, 0, 320],
      [293, 0, 320],
    ],
    false,
  ],
  [
    'cars that ramp, known to some amperes',
    [
      [260, 118, 120],
      [284, 88, 98],
      [308, 60, 68],
    ],
    true,
  ],
])('is it known to flow out, after %s?', (_what, told, isOut) => {
  expect(outAfter(told)).toBe(isOut);
});

test('it is believed for a minute, and then to be shown again', () => {
  expect(outAfter(SUN, 59_000)).toBe(true);
  expect(outAfter(SUN, 61_000)).toBe(false);
});
