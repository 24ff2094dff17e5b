import { charging, commanded, EMPTY, moment, stories, type Row } from '../../test/moments.js';
import { Lock } from './lock.js';
import type { OutletTruth } from './moment.js';

const at = (outlet: OutletTruth) => (now: number) => moment(now, { outlets: [outlet] });
const ON = charging('one', 160);
const LOCKED: OutletTruth = { ...ON, lock: 'locked' };
const REVERSED: OutletTruth = { ...LOCKED, isLockReversed: true };
const OPEN: OutletTruth = { ...EMPTY, lock: 'locked' };

/** A pulse in the middle of a second. */
const pulsed = (outlet: OutletTruth, toward: 'locked' | 'unlocked', told: Row[2]): Row => {
  const title = `I14 a pulse toward ${toward}, contactor ${outlet.isClosed ? 'closed' : 'open'}`;
  return [
    outlet.isLockReversed ? `${title}, wires swapped` : title,
    (story) => story.look(0, 500, at(outlet)).hear(commanded(510, toward)).look(600, 1_000, at(outlet)),
    told,
  ];
};

const rows: readonly Row[] = [
  ['I14 locked while it charges', (story) => story.look(0, 1_000, at(LOCKED)), []],
  ['I14 unlocked while it is open', (story) => story.look(0, 1_000, at({ ...EMPTY, lock: 'unlocked' })), []],
  [
    'I14 unlocked under a closed contactor',
    (story) => story.look(0, 1_000, at({ ...ON, lock: 'unlocked' })),
    ['I14 at 0'],
  ],
  [
    'I14 unlocked under contacts that hang together',
    (story) => story.look(0, 1_000, at({ ...ON, isPowerAllowed: false, lock: 'unlocked' })),
    ['I14 at 0'],
  ],
  ['I14 where there is no lock', (story) => story.look(0, 1_000, at(ON)), []],
  pulsed(LOCKED, 'unlocked', ['I14 at 510']),
  pulsed(LOCKED, 'locked', []),
  pulsed(REVERSED, 'locked', ['I14 at 510']),
  pulsed(REVERSED, 'unlocked', []),
  pulsed(OPEN, 'unlocked', []),
  [
    'I14 a second pulse of one row is not told again',
    (story) => {
      story.look(0, 500, at(LOCKED)).hear(commanded(510, 'unlocked'), commanded(600, 'unlocked'));
      return story.look(700, 700, at(LOCKED)).hear(commanded(710, 'locked'), commanded(800, 'unlocked'));
    },
    ['I14 at 510', 'I14 at 800'],
  ],
];
describe('the lock', () => stories((accuse) => new Lock(accuse), rows));
