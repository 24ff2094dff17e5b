import { InOrder } from './in-order.js';
import { progressWords } from './progress.js';

test('answers are told in the order of the seeds, and at the end whatever there is', () => {
  const told: string[] = [];
  const inOrder = new InOrder<string>((item) => told.push(item));
  inOrder.add(2, 'c');
  inOrder.add(0, 'a');
  expect(told).toEqual(['a']);
  inOrder.add(1, 'b');
  expect(told).toEqual(['a', 'b', 'c']);
  inOrder.add(5, 'f');
  inOrder.add(4, 'e');
  inOrder.flush();
  expect(told).toEqual(['a', 'b', 'c', 'e', 'f']);
});

test.each([
  [0, 100, 12_000, '0 of 100 done in 12 s'],
  [25, 100, 10_000, '25 of 100 done in 10 s, about 30 s left'],
  [25, 100, 300_000, '25 of 100 done in 5 min, about 15 min left'],
  [1, 100, 300_000, '1 of 100 done in 5 min, about 8.3 h left'],
])('after %i of %i in %i ms: %s', (done, total, elapsed_ms, words) => {
  expect(progressWords(done, total, elapsed_ms)).toBe(words);
});
