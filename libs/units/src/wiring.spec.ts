import { conductorOf, labelOf } from './index.js';

const turned = ['L2', 'L3', 'L1'] as const;

test.each([
  ['L1', 'L2'],
  ['L2', 'L3'],
  ['L3', 'L1'],
] as const)('with L1 L2 L3 on L2 L3 L1 the own %s is the conductor %s, and back', (own, conductor) => {
  expect(conductorOf(own, turned)).toBe(conductor);
  expect(labelOf(conductor, turned)).toBe(own);
});
