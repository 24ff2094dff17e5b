import { basis, granted, moment, stories, type Granted, type Row } from '../../test/moments.js';
import { InputAge } from './input-age.js';
import type { Moment } from './moment.js';

/** The report is of 9,500, the sample of 9,000. */
const grant = (over: Partial<Granted>, site: Partial<Moment> = {}): Row[1] => {
  return (story) => story.look(0, 0, (at) => moment(at, site)).hear(granted(10_000, over));
};

const rows: readonly Row[] = [
  ['I6 a lease may live as long as its measurement', grant({ validFor_ms: 9_500 }), []],
  ['I6 a slow clock and a held echo are allowed for', grant({ validFor_ms: 9_800 }), []],
  ['I6 and no more', grant({ validFor_ms: 10_000 }), ['I6 at 10000']],
  ['I6 an older sample leaves less', grant({ validFor_ms: 9_000, basis: basis(8_000) }), ['I6 at 10000']],
  ['I6 a renewal without a raise is no other', grant({ raise: false, validFor_ms: 10_000 }), ['I6 at 10000']],
  ['I6 a report of before leaves more', grant({ validFor_ms: 10_000, echoAt: 9_200 }), []],
  ['I6 an unknown life takes nothing up', grant({ validFor_ms: 10_000, echoAt: null }), []],
  [
    'I6 a meter of each 10 s has an A of 25 s',
    grant({ validFor_ms: 10_000, basis: basis(1_000) }, { oldestSample_ms: 25_000 }),
    [],
  ],
  ['I6 nothing is granted on nothing', grant({ basis: null }), ['I6 at 10000']],
  ['I6 but in Normal mode', grant({ basis: null }, { mode: 'normal' }), []],
];
describe('the age of what a grant rests on', () => stories((accuse) => new InputAge(accuse), rows));
