// The order in which jest begins the files: those that take a minute and more first, so that none of them is still playing
// when everything else is done. Jest itself learns this only from an earlier run, and a fresh clone has none.
import Sequencer from '@jest/test-sequencer';

/** Longest first; what is not named here comes after, as jest orders it. */
const LONG = [
  /test\/wall\/deaths/,
  /test\/deploy\/debian/,
  /apps\/lab\/test\/agreement\.e2e/,
  /test\/wall\//,
  /test\/rules\//,
  /balancing\/test\/(closed-loop|inference)\.property/,
  /\.sim\.spec/,
  /test\/conformance\//,
  /apps\/(lab|slave)\/test|test\/docker\/site/,
];

const rankOf = ({ path }) => {
  const rank = LONG.findIndex((pattern) => pattern.test(path));
  return rank < 0 ? LONG.length : rank;
};

export default class LongFirst extends Sequencer {
  sort(tests) {
    return super.sort(tests).toSorted((one, other) => rankOf(one) - rankOf(other));
  }
}
