import { charging, moment, on, slave, stories, waiting, type Row } from '../../test/moments.js';
import type { Moment } from './moment.js';
import { Starving } from './starving.js';

const HUNGRY = waiting('one');
const alone =
  (over: Partial<Moment> = {}) =>
  (now: number) =>
    moment(now, { outlets: [HUNGRY], ...over });
const beside = (draw_dA: number, house_dA: number) =>
  alone({ outlets: [HUNGRY, charging('two', draw_dA)], house_dA: on(house_dA) });
const faulty = (fault: string) => (now: number) => {
  return moment(now, { outlets: [HUNGRY], slaves: [slave('one', { faults: [fault] })] });
};

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
      story.look(0, 200_000, alone({ outlets: [{ ...HUNGRY, wired: ['L1', 'L2', 'L3'] }], house_dA: on(0, 0, 200) })),
    [],
  ],
  [
    'I15 a conductor without a transformer is no room',
    (story) => story.look(0, 200_000, alone({ mainsPhases: ['L2'] })),
    [],
  ],
  ['I15 MIN is what must fit', (story) => story.look(0, 200_000, alone({ min_dA: 160, house_dA: on(80) })), []],
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
  ['I15 under a meter that lies nobody counts', (story) => story.look(0, 200_000, alone({ meterLiesSince: 0 })), []],
  [
    'I15 95 s after it told the truth again they do',
    (story) => story.look(0, 90_000, alone()).look(90_100, 300_000, alone({ meterTruthSince: 90_050 })),
    ['I15 at 185300'],
  ],
  ...['contactor'].map((fault): Row => {
    return [`I15 a ${fault} that is wrong cannot be served`, (story) => story.look(0, 200_000, faulty(fault)), []];
  }),
  ...['board-lost', 'no-serial-com', 'pilot', 'diode', 'proximity'].map((fault): Row => {
    return [`I15 ${fault} is no excuse`, (story) => story.look(0, 200_000, faulty(fault)), ['I15 at 95100']];
  }),
];
describe('starving', () => stories((accuse) => new Starving(accuse), rows));
