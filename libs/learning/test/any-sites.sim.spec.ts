// Fifty sites with whatever cars come: what follows from them is named, and what does not is not.
import { knowable, referenceOf } from './truth.js';
import { missingIn, mostStartsIn, verdictsOn, wrongIn } from './sites.js';

const verdicts = verdictsOn('any');

test('nothing is ever named wrong, whatever cars come', () => {
  expect(wrongIn(verdicts)).toEqual([]);
});

test('all that can be known is named within ten starts of each charge point', () => {
  expect(missingIn(verdicts)).toEqual([]);
  expect(mostStartsIn(verdicts)).toBeLessThanOrEqual(10);
});

test('some of these sites cannot be known as a whole', () => {
  const parts = verdicts.filter(({ played: { site, state } }) => {
    const known = knowable(site, referenceOf(site, state.reference));
    return !site.config.transformers.isOrderConfirmed && !known.some((words) => words.startsWith('order'));
  });
  expect(parts.length).toBeGreaterThan(5);
});
