import { accepted, basis, charging, granted, moment, on, stories, waiting, type Row } from '../../test/moments.js';
import { Budget } from './budget.js';

const two = (draw_dA: number, offered_dA = draw_dA) => [waiting('one'), charging('two', draw_dA, offered_dA)];
const at =
  (outlets = two(60)) =>
  (now: number) =>
    moment(now, { outlets });
const raise = (house_dA: number, drawn_dA = 60) =>
  granted(1_000, { basis: basis(0, { house_dA: on(house_dA), draws_dA: { two: on(drawn_dA) } }) });
const other = { slave: 'two', limit_dA: 60, held_dA: 60 };

const rows: readonly Row[] = [
  [
    'I1 16 A beside another 6 A and 3 A of the house fit under 25 A',
    (story) => story.look(0, 900, at()).hear(raise(30), accepted(1_000)).look(1_000, 1_000, at()),
    [],
  ],
  [
    'I1 beside 6 A of the house they do not',
    (story) => story.look(0, 900, at()).hear(raise(60), accepted(1_000)).look(1_000, 1_000, at()),
    ['I1 at 1000'],
  ],
  [
    'I1 a row of wrong raises is told once, until one was right',
    (story) => {
      const again = (at: number, house_dA: number, n: number) => {
        const id = { ...accepted(at).id, n };
        return story.hear({ ...raise(house_dA), at, id }, accepted(at, { id })).look(at, at, now);
      };
      const now = at();
      story.look(0, 900, now);
      return [again(1_000, 60, 1), again(2_000, 60, 2), again(3_000, 30, 3), again(4_000, 60, 4)];
    },
    ['I1 at 1000', 'I1 at 4000'],
  ],
  [
    'I1 what the meter may have missed is forgiven',
    (story) => story.look(0, 900, at()).hear(raise(34), accepted(1_000)).look(1_000, 1_000, at()),
    [],
  ],
  [
    'I1 whoever decides on a meter that lies knows no better',
    (story) =>
      story
        .look(0, 900, (now) => moment(now, { outlets: two(60), mains: { liesSince: 0, lie: 'frozen' } }))
        .hear(raise(60), accepted(1_000))
        .look(1_000, 1_000, at()),
    [],
  ],
  [
    'I1 what a pilot still offers counts, though less is drawn',
    (story) =>
      story
        .look(0, 900, at(two(60, 100)))
        .hear(raise(30), accepted(1_000))
        .look(1_000, 1_000, at(two(60, 100))),
    ['I1 at 1000'],
  ],
  [
    'I1 what a lease still allows counts, though less is offered',
    (story) =>
      story
        .look(0, 800, at())
        .hear(accepted(900, { ...other, limit_dA: 100, held_dA: 100 }), raise(30), accepted(1_000))
        .look(1_000, 1_000, at()),
    ['I1 at 1000'],
  ],
  [
    'I1 a lease that has ended does not count',
    (story) =>
      story
        .look(0, 800, at([waiting('one'), waiting('two')]))
        .hear(accepted(900, { ...other, held_dA: 100, endsAt: 950 }), raise(30), accepted(1_000))
        .look(1_000, 1_000, at([waiting('one'), waiting('two')])),
    [],
  ],
  [
    'I1 a draw that has ended at the next look may have ended in time',
    (story) =>
      story
        .look(0, 900, at(two(160)))
        .hear(raise(30), accepted(1_000))
        .look(1_000, 1_000, at()),
    [],
  ],
  [
    'I1 a late raise is measured by the house of the raise that came after it',
    (story) =>
      story
        .look(0, 900, at())
        .hear(raise(150), { ...raise(0), at: 1_100, to: 'two' }, accepted(1_200))
        .look(1_200, 1_200, at()),
    [],
  ],
  [
    'I1 but not by one on another phase',
    (story) =>
      story
        .look(0, 900, at([waiting('one'), { ...waiting('two'), phases: ['L2'] }]))
        .hear(raise(150), { ...raise(0), at: 1_100, to: 'two' }, accepted(1_200))
        .look(1_200, 1_200, at([waiting('one'), { ...waiting('two'), phases: ['L2'] }])),
    ['I1 at 1200'],
  ],
  [
    'I1 what was not raised is not judged: lowering follows the mains alone',
    (story) =>
      story
        .look(0, 900, at(two(250)))
        .hear(raise(60), accepted(1_000, { heldBefore_dA: 160, raise: false }))
        .look(1_000, 1_000, at(two(250))),
    [],
  ],
  [
    'I1 in Normal mode all limits together fit under MAINS',
    (story) => story.look(0, 900, (now) => moment(now, { mode: 'normal', outlets: two(250) })),
    [],
  ],
  [
    'I1 and one deciampere more does not, told once an episode',
    (story) =>
      story
        .look(0, 900, (now) => moment(now, { mode: 'normal', outlets: two(60, 251) }))
        .look(1_000, 1_000, (now) => moment(now, { mode: 'normal' }))
        .look(1_100, 1_900, (now) => moment(now, { mode: 'normal', outlets: two(60, 251) })),
    ['I1 at 0', 'I1 at 1100'],
  ],
  [
    'I1 in Normal mode leases count as well',
    (story) =>
      story
        .hear(accepted(0, { held_dA: 200 }))
        .look(100, 300, (now) => moment(now, { mode: 'normal', outlets: two(60) })),
    ['I1 at 100'],
  ],
];
describe('the budget', () => stories((accuse) => new Budget(accuse), rows));
