import {
  charging,
  EMPTY,
  moment,
  on,
  slave,
  stories,
  waiting,
  type MomentParts,
  type Row,
} from '../../test/moments.js';
import type { PhysicalFault } from '../physical-faults.js';
import { Starving } from './starving.js';

const HUNGRY = waiting('one');
const alone =
  (over: MomentParts = {}) =>
  (now: number) =>
    moment(now, { outlets: [HUNGRY], ...over });
const beside = (draw_dA: number, house_dA: number) =>
  alone({ outlets: [HUNGRY, charging('two', draw_dA)], mains: { house_dA: on(house_dA) } });
const faulty = (fault: string) => (now: number) => {
  return moment(now, { outlets: [HUNGRY], slaves: [slave('one', { faults: [fault] })] });
};

const broken = (fault: PhysicalFault) => alone({ outlets: [{ ...HUNGRY, broken: [fault] }] });
const unmetered = { ...charging('two', 80), isMetered: false };
const stopped = (now: number) => moment(now, { outlets: [HUNGRY], slaves: [slave('one', { isHeldBack: true })] });
const LATCHED = [
  ['residual-current', 'residual-wire'],
  ['contactor', 'contactor-welded'],
  ['over-current', 'car-disobeys'],
  ['diode', 'diode-missing'],
  ['lock-failed', 'lock-jammed'],
] as const;

const rows: readonly Row[] = [
  ['I15 a car that fits may wait for 95 s', (story) => story.look(0, 95_000, alone()), []],
  ['I15 and no longer, told once', (story) => story.look(0, 200_000, alone()), ['I15 at 95100']],
  [
    'I15 an offer alone ends no wait: its contactor may never close',
    (story) => story.look(0, 100_000, alone({ outlets: [{ ...HUNGRY, offered_dA: 60 }] })),
    ['I15 at 95100'],
  ],
  [
    'I15 a draw ends the wait',
    (story) =>
      story
        .look(0, 90_000, alone())
        .look(90_100, 90_100, alone({ outlets: [{ ...HUNGRY, draw_dA: on(60) }] }))
        .look(90_200, 180_000, alone()),
    [],
  ],
  [
    'I15 a car that has enough waits for nothing',
    (story) => story.look(0, 200_000, alone({ outlets: [{ ...HUNGRY, isHungry: false }] })),
    [],
  ],
  ['I15 where the minimum of all does not fit somebody waits', (story) => story.look(0, 200_000, beside(160, 120)), []],
  ['I15 who has more gives', (story) => story.look(0, 200_000, beside(160, 110)), ['I15 at 95100']],
  [
    'I15 it must have fitted all the time',
    (story) =>
      story
        .look(0, 60_000, beside(160, 110))
        .look(60_100, 60_100, beside(160, 120))
        .look(60_200, 155_200, beside(160, 110)),
    [],
  ],
  [
    'I15 every conductor of its outlet counts, as nobody knows what its car uses',
    (story) =>
      story.look(
        0,
        200_000,
        alone({ outlets: [{ ...HUNGRY, wired: ['L1', 'L2', 'L3'] }], mains: { house_dA: on(0, 0, 200) } }),
      ),
    [],
  ],
  [
    'I15 a conductor without a transformer is no room',
    (story) => story.look(0, 200_000, alone({ mains: { phases: ['L2'] } })),
    [],
  ],
  [
    'I15 MIN is what must fit',
    (story) => story.look(0, 200_000, alone({ min_dA: 160, mains: { house_dA: on(80) } })),
    [],
  ],
  [
    'I15 while something is disturbed nobody counts',
    (story) => story.look(0, 200_000, alone({ isDisturbed: true })),
    [],
  ],
  [
    'I15 95 s after it ended they do',
    (story) => story.look(0, 90_000, alone()).look(90_100, 300_000, alone({ disturbedAt: 90_050 })),
    ['I15 at 185300'],
  ],
  [
    'I15 under a meter that lies nobody counts',
    (story) => story.look(0, 200_000, alone({ mains: { liesSince: 0, lie: 'frozen' } })),
    [],
  ],
  [
    'I15 95 s after it told the truth again they do',
    (story) => story.look(0, 90_000, alone()).look(90_100, 300_000, alone({ mains: { truthSince: 90_050 } })),
    ['I15 at 185300'],
  ],
  [
    'I15 something broken in it cannot be served',
    (story) => story.look(0, 200_000, alone({ outlets: [{ ...HUNGRY, broken: ['pilot-silent'] }] })),
    [],
  ],
  [
    'I15 95 s after it was mended it can',
    (story) => story.look(0, 90_000, broken('pilot-silent')).look(90_100, 300_000, alone()),
    ['I15 at 185200'],
  ],
  ...LATCHED.map(([fault, cause]): Row => {
    return [
      `I15 nor while ${fault} stands after ${cause}`,
      (story) => story.look(0, 1_000, broken(cause)).look(1_100, 200_000, faulty(fault)),
      [],
    ];
  }),
  [
    'I15 a cause explains its own fault only',
    (story) => story.look(0, 900, broken('too-hot')).look(1_000, 200_000, faulty('contactor')),
    ['I15 at 96100'],
  ],
  [
    'I15 and none after it was seen free and sound',
    (story) => {
      story.look(0, 1_000, broken('lock-jammed')).look(1_100, 1_100, alone({ outlets: [{ ...EMPTY }] }));
      return story.look(1_200, 200_000, faulty('lock-failed'));
    },
    ['I15 at 96300'],
  ],
  ['I15 who was stopped by its switch waits for nobody', (story) => story.look(0, 200_000, stopped), []],
  [
    'I15 what flows to another without a meter counts twice, as nobody can tell it from the house',
    (story) => story.look(0, 200_000, alone({ outlets: [HUNGRY, unmetered], mains: { house_dA: on(60) } })),
    [],
  ],
  [
    'I15 with a meter it counts once',
    (story) => story.look(0, 200_000, alone({ outlets: [HUNGRY, charging('two', 80)], mains: { house_dA: on(60) } })),
    ['I15 at 95100'],
  ],
  [
    'I15 what another takes beyond its offer is no room',
    (story) => {
      const greedy = { ...charging('two', 160, 60), broken: ['car-disobeys'] } as const;
      return story.look(0, 200_000, alone({ outlets: [HUNGRY, greedy], mains: { house_dA: on(110) } }));
    },
    [],
  ],
  ...[
    'contactor',
    'lock-failed',
    'residual-current',
    'over-current',
    'high-temperature',
    'board-lost',
    'no-serial-com',
    'pilot',
    'diode',
    'proximity',
  ].map((fault): Row => {
    return [`I15 ${fault} is no excuse`, (story) => story.look(0, 200_000, faulty(fault)), ['I15 at 95100']];
  }),
];
describe('starving', () => stories((accuse) => new Starving(accuse), rows));
