import { charging, EMPTY, moment, stories, type Row } from '../../test/moments.js';
import { Lock } from './lock.js';
import type { OutletTruth } from './moment.js';

const at = (outlet: OutletTruth) => (now: number) => moment(now, { outlets: [outlet] });
const ON = charging('one', 160);

const rows: readonly Row[] = [
  ['I14 locked while it charges', (story) => story.look(0, 1_000, at({ ...ON, lock: 'locked' })), []],
  ['I14 unlocked while it is open', (story) => story.look(0, 1_000, at({ ...EMPTY, lock: 'unlocked' })), []],
  [
    'I14 unlocked under a closed contactor',
    (story) => story.look(0, 1_000, at({ ...ON, lock: 'unlocked' })),
    ['I14 at 0'],
  ],
  ['I14 where there is no lock', (story) => story.look(0, 1_000, at(ON)), []],
];
describe('the lock', () => stories((accuse) => new Lock(accuse), rows));
