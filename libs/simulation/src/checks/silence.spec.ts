import { accepted, basis, granted, MASTER_BOOT, moment, stories, type Row } from '../../test/moments.js';
import type { Moment } from './moment.js';
import { Silence } from './silence.js';

/** Raised at 20,000 on a sample that was published at 19,300. */
const named = (since: number, boot = MASTER_BOOT) =>
  granted(20_000, { basis: basis(19_000, { named: { boot, since } }) });
const at =
  (site: Partial<Moment> = {}) =>
  (now: number) =>
    moment(now, site);
const FORMER = { epoch: { count: 1, boot: 'f'.repeat(16) }, n: 5 };
const LATER = { epoch: { count: 1, boot: 'g'.repeat(16) }, n: 5 };

const rows: readonly Row[] = [
  ['I9 who has been named for 17 s may raise', (story) => story.look(0, 0, at()).hear(named(2_300)), []],
  ['I9 by the fastest of two clocks 16.83 s', (story) => story.look(0, 0, at()).hear(named(2_468)), []],
  ['I9 who has been named for less may not', (story) => story.look(0, 0, at()).hear(named(2_469)), ['I9 at 20000']],
  ['I9 but may keep and lower', (story) => story.look(0, 0, at()).hear({ ...named(19_000), raise: false }), []],
  [
    'I9 a meter of each 10 s takes 31.7 s',
    (story) => story.look(0, 0, at({ oldestSample_ms: 25_000 })).hear(named(-12_400), named(-12_300)),
    ['I9 at 20000'],
  ],
  [
    'I9 in Normal mode a process must be 17 s old',
    (story) =>
      story
        .look(0, 0, at({ mode: 'normal' }))
        .hear(
          granted(20_000, { basis: null, masterStartedAt: 3_000 }),
          granted(21_000, { basis: null, masterStartedAt: 5_000 }),
        ),
    ['I9 at 21000'],
  ],
  [
    "I9 a former master's grant is taken up within 10.4 s of the naming",
    (story) => story.look(0, 0, at()).hear(accepted(12_000, { id: FORMER }), accepted(13_000), named(1_600)),
    [],
  ],
  [
    'I9 and no later',
    (story) => story.look(0, 0, at()).hear(accepted(12_001, { id: FORMER }), accepted(13_000), named(1_600)),
    ['I9 at 20000'],
  ],
  [
    'I9 nor is that of whoever else came between',
    (story) =>
      story
        .look(0, 0, at())
        .hear(accepted(5_000), accepted(11_000, { id: FORMER }), accepted(12_001, { id: LATER }), named(1_600)),
    ['I9 at 20000'],
  ],
  [
    'I9 who is superseded may raise for a while, though its successor is obeyed already',
    (story) => {
      const successor = granted(19_900, {
        id: LATER,
        raise: false,
        basis: basis(19_800, { named: { boot: LATER.epoch.boot, since: 19_500 } }),
      });
      return story.look(0, 0, at()).hear(successor, accepted(19_950, { id: LATER }), named(1_600));
    },
    [],
  ],
  [
    'I9 in Normal mode another master is obeyed by other slaves',
    (story) =>
      story
        .look(0, 0, at({ mode: 'normal' }))
        .hear(accepted(19_000, { id: FORMER, from: 'standby' }), granted(20_000, { basis: null, masterStartedAt: 0 })),
    [],
  ],
  [
    'I9 but a former life of its own no more',
    (story) =>
      story
        .look(0, 0, at({ mode: 'normal' }))
        .hear(accepted(19_000, { id: FORMER }), granted(20_000, { basis: null, masterStartedAt: 0 })),
    ['I9 at 20000'],
  ],
  ['I9 who is not named is judged elsewhere', (story) => story.look(0, 0, at()).hear(named(19_000, 'x')), []],
];
describe('the silence of a new master', () => stories((accuse) => new Silence(accuse), rows));
