import { charging, moment, slave, stories, type Row } from '../../test/moments.js';
import type { OutletTruth } from './moment.js';
import { OverCurrent } from './over-current.js';

const at = (outlet: OutletTruth, state: 'up' | 'frozen' = 'up') => {
  return (now: number) => moment(now, { outlets: [outlet], slaves: [slave('one', { life: { state, since: 0 } })] });
};
const GREEDY = charging('one', 160, 100);

const rows: readonly Row[] = [
  ['I12 a car may draw what it is offered', (story) => story.look(0, 60_000, at(charging('one', 160))), []],
  [
    'I12 a tenth, half an ampere and what a meter may miss more too',
    (story) => story.look(0, 60_000, at(charging('one', 119, 100))),
    [],
  ],
  ['I12 but no more', (story) => story.look(0, 60_000, at(charging('one', 120, 100))), ['I12 at 8600']],
  ['I12 it is stopped within 8.5 s', (story) => story.look(0, 8_500, at(GREEDY)), []],
  ['I12 and no later', (story) => story.look(0, 60_000, at(GREEDY)), ['I12 at 8600']],
  [
    'I12 a car that comes back in between begins anew',
    (story) =>
      story
        .look(0, 8_000, at(GREEDY))
        .look(8_100, 8_100, at(charging('one', 100)))
        .look(8_200, 16_000, at(GREEDY)),
    [],
  ],
  [
    'I12 a car that is cut again and again, and follows, is late for none of them',
    (story) =>
      story
        .look(0, 5_000, at(charging('one', 300, 200)))
        .look(5_100, 10_000, at(charging('one', 200, 100)))
        .look(10_100, 15_000, at(charging('one', 100, 60))),
    [],
  ],
  [
    'I12 one that is cut again and does not is as late as it was',
    (story) => story.look(0, 5_000, at(charging('one', 300, 200))).look(5_100, 10_000, at(charging('one', 300, 100))),
    ['I12 at 8600'],
  ],
  ['I12 where no meter shows it', (story) => story.look(0, 60_000, at({ ...GREEDY, isMetered: false })), []],
  [
    'I12 through contacts that hang together',
    (story) => story.look(0, 60_000, at({ ...GREEDY, isPowerAllowed: false })),
    [],
  ],
  ['I12 a process that stands still sees nothing', (story) => story.look(0, 60_000, at(GREEDY, 'frozen')), []],
];
describe('a car that draws too much', () => stories((accuse) => new OverCurrent(accuse), rows));
