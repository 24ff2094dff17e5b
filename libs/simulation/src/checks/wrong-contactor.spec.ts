import { charging, commanded, moment, slave, started, stories, type Row } from '../../test/moments.js';
import type { OutletTruth, SlaveTruth } from './moment.js';
import { WrongContactor } from './wrong-contactor.js';

const ON = charging('one', 160);
const OFF: OutletTruth = { ...ON, isPowerAllowed: false, isClosed: false, draw_dA: { L1: 0, L2: 0, L3: 0 } };
const WELDED: OutletTruth = { ...ON, isPowerAllowed: false };
const at = (outlet: OutletTruth, over: Partial<SlaveTruth> = {}) => {
  return (now: number) => moment(now, { outlets: [outlet], slaves: [slave('one', over)] });
};
const gone = { life: { state: 'down', since: 0 } } as const;

const rows: readonly Row[] = [
  ['I12 a car that asks may have a closed contactor', (story) => story.look(0, 60_000, at(ON)), []],
  [
    'I12 also one that asks for ventilation',
    (story) => story.look(0, 60_000, at({ ...ON, pilot: 'D', isVentilated: true })),
    [],
  ],
  [
    'I12 one that follows its coil within half a second and one of doubt',
    (story) => story.look(0, 1_700, at(WELDED)),
    [],
  ],
  ['I12 one that does not, and nobody is told', (story) => story.look(0, 60_000, at(WELDED)), ['I12 at 1800']],
  [
    'I12 one that does not, and its slave shows it',
    (story) => story.look(0, 1_000, at(WELDED)).look(1_100, 60_000, at(WELDED, { faults: ['contactor'] })),
    [],
  ],
  [
    'I12 as long as it stays closed',
    (story) => story.look(0, 1_000, at(WELDED, { faults: ['contactor'] })).look(1_100, 60_000, at(WELDED)),
    ['I12 at 2900'],
  ],
  ...([{ broken: ['pilot-silent'] }, { isSupplyFailing: true }] as const).map((over): Row => {
    return [
      `I12 whose board says nothing is not judged by one contact: ${Object.keys(over).join()}`,
      (story) => story.look(0, 60_000, at({ ...WELDED, ...over })),
      [],
    ];
  }),
  [
    'I12 from the end of a soft stop on, as its board may let go before',
    (story) => story.look(0, 6_000, at(WELDED, { isStopping: true })).look(6_100, 60_000, at(WELDED)),
    ['I12 at 7900'],
  ],
  ['I12 a dead slave tells nobody', (story) => story.look(0, 60_000, at(WELDED, gone)), []],
  ['I12 open within half a second of the car not asking', (story) => story.look(0, 500, at({ ...ON, pilot: 'B' })), []],
  ...(['A', 'B', 'E', 'F', 'invalid'] as const).map((pilot): Row => {
    return [
      `I12 held closed for longer with the pilot at ${pilot}`,
      (story) => story.look(0, 60_000, at({ ...ON, pilot })),
      ['I12 at 600'],
    ];
  }),
  [
    'I12 nor for ventilation where there is none',
    (story) => story.look(0, 1_000, at({ ...ON, pilot: 'D' })),
    ['I12 at 600'],
  ],
  [
    'I12 what nobody can see asks nobody',
    (story) => story.look(0, 1_000, at({ ...ON, pilot: 'B', broken: ['pilot-silent'] })),
    [],
  ],
  [
    'I12 a weld is not closed again, not even when it is mended',
    (story) => {
      const told = at(WELDED, { faults: ['contactor'] });
      return story.look(0, 2_000, told).look(2_100, 9_000, at(OFF)).hear(commanded(9_050, 'close'));
    },
    ['I12 at 9050'],
  ],
  [
    'I12 but in a life that has not seen it',
    (story) => {
      const told = at(WELDED, { faults: ['contactor'] });
      return story
        .look(0, 2_000, told)
        .hear(started(8_000, 'one'))
        .look(8_000, 9_000, at(OFF))
        .hear(commanded(9_050, 'close'));
    },
    [],
  ],
  [
    'I12 one that was only late may be',
    (story) => story.look(0, 700, at(WELDED)).look(800, 9_000, at(OFF)).hear(commanded(9_050, 'close')),
    [],
  ],
  [
    'I12 what a dead slave left closed is for others to open',
    (story) => story.look(0, 60_000, at({ ...ON, pilot: 'A' }, gone)),
    [],
  ],
];
describe('a contactor that does not do as it should', () => stories((accuse) => new WrongContactor(accuse), rows));
