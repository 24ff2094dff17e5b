// Fifty sites where the cars that come tell everything: each charge point is visited by a one-phase car, one of them by
// a two-phase car too. Rotations are random, the transformers in any order, reversed where the source has a sign.
import { learntFrom } from '../src/index.js';
import { missingIn, mostStartsIn, verdictsOn, wrongIn } from './sites.js';
import { referenceOf, truthOf } from './truth.js';

const verdicts = verdictsOn('complete');

test('nothing is ever named wrong', () => {
  expect(wrongIn(verdicts)).toEqual([]);
});

test('every rotation, order and direction is named within ten starts of each charge point', () => {
  expect(missingIn(verdicts)).toEqual([]);
  expect(mostStartsIn(verdicts)).toBeLessThanOrEqual(10);
});

test('for more than a third of the sites ten starts in all are enough', () => {
  const quick = verdicts.filter(({ played }) => played.missingAfterTen === 0);
  expect(quick.length).toBeGreaterThan(verdicts.length / 3);
});

test('what has been named, put into the configuration, is the true wiring', () => {
  for (const { played } of verdicts) {
    const { site, state, proposals } = played;
    const { transformers, rotations } = learntFrom(proposals, site.config);
    const truth = truthOf(site, referenceOf(site, state.reference));
    expect(truth).toContain(`order ${transformers.order.join(' ')}`);
    for (const [id, rotation] of Object.entries(rotations))
      expect(truth).toContain(`rotation ${id} ${rotation.join(' ')}`);
    if (site.signed) expect(transformers.reversed).toEqual(site.reversed);
  }
});
