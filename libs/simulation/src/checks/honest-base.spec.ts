import { basis, granted, on, stories, type Row } from '../../test/moments.js';
import { HonestBase } from './honest-base.js';

const counting = (counted: number, raise = true): Row[1] => {
  const draws_dA = { two: on(0, 100) };
  return (story) =>
    story.hear(
      granted(10_000, { raise, counted_dA: { mains: { two: on(0, counted) } }, basis: basis(9_000, { draws_dA }) }),
    );
};

const rows: readonly Row[] = [
  ['I8 what flowed when the sample was measured counts', counting(100), []],
  ['I8 less may count', counting(60), []],
  ['I8 a meter may err by 2 % and 0.2 A, and keep half an ampere to itself for a second', counting(109), []],
  ['I8 more does not count', counting(110), ['I8 at 10000']],
  [
    'I8 for nobody who did not draw at all',
    (story) => story.hear(granted(10_000, { counted_dA: { mains: { two: on(30) } } })),
    ['I8 at 10000'],
  ],
  ['I8 where nobody is raised nothing is given away', counting(160, false), []],
];
describe('what counts as drawn', () => stories((accuse) => new HonestBase(accuse), rows));
