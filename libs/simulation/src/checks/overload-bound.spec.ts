import { charging, moment, on, slave, stories, type MomentParts, type Row } from '../../test/moments.js';
import type { OutletTruth } from './moment.js';
import { OverloadBound } from './overload-bound.js';

const cars = (...draws_dA: readonly number[]): readonly OutletTruth[] =>
  draws_dA.map((draw_dA, index) => charging(`car${index}`, draw_dA));
/** 16 A of a car beside a house: 25 A are 90 dA of house. */
const over = (house_dA = 140, more: MomentParts = {}, mains: MomentParts['mains'] = {}) => {
  return (now: number) => moment(now, { mains: { house_dA: on(house_dA), ...mains }, outlets: cars(160), ...more });
};
const three = [{ ...charging('car0', 160), draw_dA: on(160, 160) }];
const latched = slave('car0', { failSafe: 'none', life: { state: 'frozen', since: 0 } });

const rows: readonly Row[] = [
  ['I2 an overload that lowering ends may last 8.5 s', (story) => story.look(0, 8_500, over()), []],
  ['I2 and no longer, told once', (story) => story.look(0, 60_000, over()), ['I2 at 8600']],
  ['I2 where a car must pause 9.5 s', (story) => story.look(0, 9_500, over(220)), []],
  ['I2 and no longer', (story) => story.look(0, 11_000, over(220)), ['I2 at 9600']],
  [
    'I2 half an ampere pauses nobody, and a meter may miss 1.1 % and 0.3 A',
    (story) => story.look(0, 60_000, over(100)),
    [],
  ],
  ['I2 the house alone may exceed its fuse', (story) => story.look(0, 60_000, over(400, { outlets: [] })), []],
  [
    'I2 but then our cars are off within 9.5 s',
    (story) => story.look(0, 60_000, over(480, { outlets: cars(60) })),
    ['I2 at 9600'],
  ],
  [
    'I2 or when the device demands it, where they are at their minimum',
    (story) => story.look(0, 60_000, over(400, { outlets: cars(60) })),
    ['I2 at 11000'],
  ],
  ['I2 with a fault felt 18 s', (story) => story.look(0, 18_000, over(140, { disturbedAt: -20_000 })), []],
  [
    'I2 and no longer, though it is over by then',
    (story) => story.look(0, 20_000, over(140, { disturbedAt: -20_000 })),
    ['I2 at 18100'],
  ],
  ['I2 with a fault at work too', (story) => story.look(0, 18_000, over(140, { isDisturbed: true })), []],
  [
    'I2 30 s after its end a fault is felt no more',
    (story) => story.look(0, 18_000, over(140, { disturbedAt: -30_000 })),
    ['I2 at 8600'],
  ],
  [
    'I2 a car is paused where the meter may read that all minima do not fit',
    (story) => story.look(0, 9_500, over(185)),
    [],
  ],
  ['I2 and lowered where it cannot', (story) => story.look(0, 9_500, over(180)), ['I2 at 8600']],
  [
    'I2 who pauses for another phase draws on this one until it has',
    (story) =>
      story.look(0, 9_500, (now) => moment(now, { mains: { house_dA: { L1: 140, L2: 220, L3: 0 } }, outlets: three })),
    [],
  ],
  [
    'I2 with a meter of each 10 s a fault may last 33 s',
    (story) => story.look(0, 34_000, over(140, { isDisturbed: true, oldestSample_ms: 25_000 })),
    ['I2 at 33100'],
  ],
  [
    'I2 and without one 16.7 s',
    (story) => story.look(0, 17_000, over(140, { oldestSample_ms: 25_000 })),
    ['I2 at 16800'],
  ],
  [
    'I2 a house that steps again starts the clock anew',
    (story) => story.look(0, 6_000, over(140)).look(6_100, 14_600, over(170, { outlets: cars(105) })),
    [],
  ],
  [
    'I2 and is to be followed from there',
    (story) => story.look(0, 6_000, over(140)).look(6_100, 15_500, over(170, { outlets: cars(105) })),
    ['I2 at 14800'],
  ],
  [
    'I2 so does a car that begins to use what it holds',
    (story) =>
      story
        .look(0, 6_000, over(140, { outlets: cars(160, 0) }))
        .look(6_100, 14_600, over(140, { outlets: cars(100, 60) })),
    [],
  ],
  [
    'I2 an overload that ended and comes again is a new one',
    (story) => story.look(0, 8_000, over()).look(8_100, 8_100, over(0)).look(8_200, 16_700, over()),
    [],
  ],
  [
    'I2 a phase without a transformer is seen by nobody',
    (story) => story.look(0, 60_000, over(140, {}, { phases: ['L2', 'L3'] })),
    [],
  ],
  [
    'I2 a board without a fail-safe is excepted while its process stands',
    (story) => story.look(0, 60_000, over(140, { slaves: [latched] })),
    [],
  ],
  [
    'I2 and no other is',
    (story) => story.look(0, 60_000, over(140, { slaves: [{ ...latched, failSafe: 'process' }] })),
    ['I2 at 8600'],
  ],
  [
    'I2 under a meter that lies nobody can know',
    (story) => story.look(0, 60_000, over(140, {}, { liesSince: -1, lie: 'frozen' })),
    [],
  ],
  [
    'I2 but for longer than it takes to find the lie nobody is excused',
    (story) => story.look(0, 60_000, over(140, {}, { liesSince: -1, lie: 'unplugged' })),
    ['I2 at 35700'],
  ],
  [
    'I2 nor for a lie about another conductor',
    (story) => story.look(0, 60_000, over(140, {}, { liesSince: -1, lie: 'unplugged', liesOn: ['L2'] })),
    ['I2 at 8600'],
  ],
  [
    'I2 18 s after it told the truth again the clock starts',
    (story) => story.look(0, 60_000, over(140, {}, { truthSince: 0 })),
    ['I2 at 26600'],
  ],
];
describe('the end of an overload', () => stories((accuse) => new OverloadBound(accuse), rows));
