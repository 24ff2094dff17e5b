import { charging, moment, slave, stories, type Row } from '../../test/moments.js';
import type { OutletTruth } from './moment.js';
import { Protections } from './protections.js';

const ON = charging('one', 160);
const at = (outlet: OutletTruth, state: 'up' | 'down' = 'up') => {
  return (now: number) => moment(now, { outlets: [outlet], slaves: [slave('one', { life: { state, since: 0 } })] });
};

const WRONG = [
  ['too hot', { celsius: 65 }, 6_400],
  ['its supply fails', { isSupplyFailing: true }, 100],
  ['its plug has no contact', { broken: ['proximity-lost'] }, 100],
  ['no diode under PWM', { broken: ['diode-missing'] }, 1_600],
] as const;

const rows: readonly Row[] = [
  ['I16 a sound one may stay closed', (story) => story.look(0, 60_000, at(ON)), []],
  ['I16 a warm one too', (story) => story.look(0, 60_000, at({ ...ON, celsius: 64 })), []],
  [
    'I16 no diode is seen without PWM',
    (story) => story.look(0, 5_900, at({ ...ON, output: 'X1', broken: ['diode-missing'] })),
    [],
  ],
  ...WRONG.flatMap(([what, over, until]): readonly Row[] => {
    const outlet: OutletTruth = { ...ON, ...over };
    return [
      [`I16 ${what}: open within ${until} ms`, (story) => story.look(0, until, at(outlet)), []],
      [`I16 ${what}: and no later`, (story) => story.look(0, 60_000, at(outlet)), [`I16 at ${until + 100}`]],
      [`I16 ${what}: without its coil`, (story) => story.look(0, 60_000, at({ ...outlet, isPowerAllowed: false })), []],
      [`I16 ${what}: of a dead process`, (story) => story.look(0, 60_000, at(outlet, 'down')), []],
    ];
  }),
];
describe('what protects a charge point', () => stories((accuse) => new Protections(accuse), rows));
