import { compareEpochs, compareGrants, isSameEpoch } from './order.js';

const [a, b] = ['00000000000000aa', '00000000000000bb'];
const id = (count: number, boot: string, n: number) => ({ epoch: { count, boot }, n });

describe('the order of grants', () => {
  test.each([
    ['a lower count is older', id(1, b, 9), id(2, a, 1), -1],
    ['boot breaks the tie of one count', id(2, a, 9), id(2, b, 1), -1],
    ['n decides within one epoch', id(2, a, 1), id(2, a, 2), -1],
    ['the same grant', id(2, a, 3), id(2, a, 3), 0],
  ])('rule 2: %s', (_, older, newer, sign) => {
    expect(Math.sign(compareGrants(older, newer))).toBe(sign);
    expect(Math.sign(compareGrants(newer, older))).toBe(sign === 0 ? 0 : -sign);
  });

  test.each([
    ['a store that was lost counts from 1 again, its boot tells the two lives apart (B15)', a, b, false],
    ['one life', a, a, true],
  ])('rule 2: %s', (_, one, other, isSame) => {
    expect(isSameEpoch({ count: 1, boot: one }, { count: 1, boot: other })).toBe(isSame);
    expect(compareEpochs({ count: 1, boot: one }, { count: 1, boot: other }) === 0).toBe(isSame);
  });
});
