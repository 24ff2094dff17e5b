import {
  accepted,
  basis,
  charging,
  granted,
  MASTER_BOOT,
  moment,
  stories,
  waiting,
  type Row,
} from '../../test/moments.js';
import { Reserved } from './reserved.js';

const at = (draw_dA: number, offered_dA = draw_dA) => {
  return (now: number) => moment(now, { outlets: [waiting('one'), charging('two', draw_dA, offered_dA)] });
};
const welded = { ...charging('two', 100, 0), isPowerAllowed: false, broken: ['contactor-welded'] } as const;
const hangs = (now: number) => moment(now, { outlets: [waiting('one'), welded] });
const stopped = (endsAt: number) => accepted(900, { slave: 'two', held_dA: 0, endsAt });
const raise = (reserved_dA: number, when = 1_000) => granted(when, { reserved_dA: { one: 160, two: reserved_dA } });
const lease = accepted(900, { slave: 'two', held_dA: 100 });

const rows: readonly Row[] = [
  [
    'I4 what flows is reserved',
    (story) => story.look(0, 900, at(100)).hear(raise(100)).look(1_000, 1_000, at(100)),
    [],
  ],
  [
    'I4 a deciampere is rounding',
    (story) => story.look(0, 900, at(100)).hear(raise(99)).look(1_000, 1_000, at(100)),
    [],
  ],
  [
    'I4 what flows beyond the book was freed too early',
    (story) => story.look(0, 900, at(100)).hear(raise(98)).look(1_000, 1_000, at(100)),
    ['I4 at 1000'],
  ],
  [
    'I4 so was what the pilot still offers',
    (story) => story.look(0, 900, at(60, 100)).hear(raise(60)).look(1_000, 1_000, at(60, 100)),
    ['I4 at 1000'],
  ],
  ['I4 and what a live lease allows', (story) => story.look(0, 800, at(60)).hear(lease, raise(60)), ['I4 at 1000']],
  [
    'I4 one that has ended allows nothing',
    (story) => story.look(0, 800, at(60)).hear(lease, raise(60, 10_000)).look(10_000, 10_000, at(60)),
    [],
  ],
  [
    'I4 what flows through contacts that hang together, of a charge point that is heard',
    (story) => story.look(0, 900, hangs).hear(stopped(10_000), raise(0)).look(1_000, 1_000, hangs),
    ['I4 at 1000'],
  ],
  [
    'I4 of one that nobody hears no message can tell',
    (story) => story.look(0, 900, hangs).hear(stopped(950), raise(0)).look(1_000, 1_000, hangs),
    [],
  ],
  [
    'I4 a draw that has ended at the next look may have ended in time',
    (story) => story.look(0, 900, at(100)).hear(raise(0)).look(1_000, 1_000, at(0)),
    [],
  ],
  [
    'I4 a book is judged at each decision, raise or not, once the silence is over',
    (story) =>
      story
        .look(0, 900, at(100))
        .hear({ ...raise(0), raise: false })
        .look(1_000, 1_000, at(100)),
    ['I4 at 1000'],
  ],
  [
    'I4 before that, who raises nobody frees nothing',
    (story) =>
      story
        .look(0, 900, at(100))
        .hear({ ...raise(0), raise: false, basis: basis(0, { named: { boot: MASTER_BOOT, since: -17_000 } }) })
        .look(1_000, 1_000, at(100)),
    [],
  ],
  [
    'I4 nor does one that is not named any more',
    (story) =>
      story
        .look(0, 900, at(100))
        .hear({ ...raise(0), raise: false, basis: basis(0, { named: { boot: 'another', since: -60_000 } }) })
        .look(1_000, 1_000, at(100)),
    [],
  ],
  [
    'I4 a master that nobody is paired with rules nothing',
    (story) =>
      story
        .look(0, 800, at(100))
        .hear(accepted(900, { pairedMaster: 'another' }), raise(0))
        .look(1_000, 1_000, at(100)),
    [],
  ],
  [
    'I4 a row of raises beside it is told once',
    (story) =>
      story
        .look(0, 900, at(100))
        .hear(raise(0))
        .look(1_000, 1_900, at(100))
        .hear(raise(0, 2_000))
        .look(2_000, 2_000, at(100)),
    ['I4 at 1000'],
  ],
];
describe('what is reserved', () => stories((accuse) => new Reserved(accuse), rows));
