import { AS_LABELLED, conductorOf, conductorsOf, labelOf, onMains, readingOnMains } from './index.js';

const turned = ['L2', 'L3', 'L1'] as const;

test.each([
  ['L1', 'L2'],
  ['L2', 'L3'],
  ['L3', 'L1'],
] as const)('with L1 L2 L3 on L2 L3 L1 the own %s is the conductor %s, and back', (own, conductor) => {
  expect(conductorOf(own, turned)).toBe(conductor);
  expect(labelOf(conductor, turned)).toBe(own);
});

test('a car on its own L1 and L2 uses L2 and L3 there', () => {
  expect(conductorsOf(['L1', 'L2'], turned)).toEqual(['L2', 'L3']);
});

const own = { L1: 1, L2: 2, L3: 3 };

test.each([
  [AS_LABELLED, own],
  [['L2', 'L3', 'L1'], { L2: 1, L3: 2, L1: 3 }],
  [['L2', 'L1', 'L3'], { L2: 1, L1: 2, L3: 3 }],
] as const)('with L1 L2 L3 on %s the mains see %o', (rotation, expected) => {
  expect(onMains(own, rotation)).toEqual(expected);
});

const current_dA = { L1: 10, L2: 20, L3: 30 };

test.each([
  ['in order', { order: ['L1', 'L2', 'L3'], reversed: [] }, true, { L1: 10, L2: 20, L3: 30 }],
  ['turned', { order: turned, reversed: [] }, true, { L2: 10, L3: 20, L1: 30 }],
  ['swapped', { order: ['L2', 'L1', 'L3'], reversed: [] }, true, { L2: 10, L1: 20, L3: 30 }],
  ['turned, the second reversed', { order: turned, reversed: ['L2'] }, true, { L2: 10, L3: -20, L1: 30 }],
  ['the same where there is no sign', { order: turned, reversed: ['L2'] }, false, { L2: 10, L3: 20, L1: 30 }],
] as const)('transformers %s', (_case, transformers, signed, expected) => {
  expect(readingOnMains({ current_dA, signed }, transformers)).toEqual(expected);
});
