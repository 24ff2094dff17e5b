import { AS_LABELLED, isRotation, onMains } from './index.js';

const own = { L1: 1, L2: 2, L3: 3 };

test.each([
  [AS_LABELLED, own],
  [['L2', 'L3', 'L1'], { L2: 1, L3: 2, L1: 3 }],
  [['L2', 'L1', 'L3'], { L2: 1, L1: 2, L3: 3 }],
] as const)('with L1 L2 L3 on %s the mains see %o', (rotation, expected) => {
  expect(onMains(own, rotation)).toEqual(expected);
});

test('a rotation names each conductor once', () => {
  expect([['L1', 'L2', 'L3'] as const, ['L1', 'L1', 'L3'] as const, ['L1'] as const].map(isRotation)).toEqual([
    true,
    false,
    false,
  ]);
});
