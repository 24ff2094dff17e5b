import { accepted, commanded, started, stories, type Row } from '../../test/moments.js';
import { Start } from './start.js';

const begin = [started(0, 'one'), commanded(0, 'open'), commanded(0, 'X1')] as const;
const lease = accepted(1_000);

const rows: readonly Row[] = [
  [
    'I11 open first, then steady, and closed under a lease',
    (story) => story.hear(...begin, lease, commanded(1_000, 'pwm'), commanded(2_000, 'close')),
    [],
  ],
  ['I11 a first command that closes', (story) => story.hear(started(0, 'one'), commanded(0, 'close')), ['I11 at 0']],
  ['I11 a first command that offers', (story) => story.hear(started(0, 'one'), commanded(0, 'pwm')), ['I11 at 0']],
  [
    'I11 an offer before the board was told to be steady',
    (story) => story.hear(started(0, 'one'), commanded(0, 'open'), lease, commanded(1_000, 'pwm')),
    ['I11 at 1000'],
  ],
  ['I11 closing without a lease', (story) => story.hear(...begin, commanded(1_000, 'close')), ['I11 at 1000']],
  ['I11 closing as it ends, by another clock', (story) => story.hear(...begin, lease, commanded(9_504, 'close')), []],
  ['I11 closing after its end', (story) => story.hear(...begin, lease, commanded(9_600, 'close')), ['I11 at 9600']],
  [
    'I11 closing under a lease of nothing',
    (story) => story.hear(...begin, accepted(1_000, { held_dA: 0 }), commanded(2_000, 'close')),
    ['I11 at 2000'],
  ],
  [
    'I11 closing under the lease of a former life',
    (story) =>
      story.hear(...begin, lease, started(2_000, 'one', 'c'), commanded(2_000, 'open'), commanded(3_000, 'close')),
    ['I11 at 3000'],
  ],
  [
    'I11 nothing retained is obeyed',
    (story) => story.hear(...begin, accepted(1_000, { retained: true })),
    ['I11 at 1000'],
  ],
];
describe('a start', () => stories((accuse) => new Start(accuse), rows));
