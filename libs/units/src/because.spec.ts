import { BECAUSES, MAINS, becauseOfBranch, becauseWords, branchOf, isBecause } from './index.js';

test('a branch of the mains and of a circuit below it have each a word of its own', () => {
  expect(becauseOfBranch(MAINS, 'L2')).toBe('mains-L2');
  expect(becauseOfBranch('garage-2', 'L3')).toBe('circuit-garage-2-L3');
  expect(branchOf('circuit-garage-2-L3')).toEqual({ circuit: 'garage-2', phase: 'L3' });
});

test.each(['mains-L4', 'circuit-L1', 'circuit--L1', 'circuit-Garage-L1', 'circuit-garage-L0', 'full', ''])(
  '"%s" is no because',
  (word) => {
    expect(isBecause(word)).toBe(false);
  },
);

test('every because has words of people', () => {
  const all = [...BECAUSES, becauseOfBranch('garage', 'L1')];
  expect(all.every(isBecause)).toBe(true);
  const words = all.map(becauseWords);
  expect(new Set(words).size).toBe(all.length);
  expect(words.at(-1)).toBe('circuit garage, L1 is full');
});
