import { isRotation } from './index.js';

test('a rotation names each conductor once', () => {
  expect([['L1', 'L2', 'L3'] as const, ['L1', 'L1', 'L3'] as const, ['L1'] as const].map(isRotation)).toEqual([
    true,
    false,
    false,
  ]);
});
