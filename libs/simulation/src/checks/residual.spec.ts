import { charging, commanded, moment, slave, started, stories, waiting, type Row } from '../../test/moments.js';
import type { OutletTruth, SlaveTruth } from './moment.js';
import { Residual } from './residual.js';

const QUIET: OutletTruth = { ...waiting('one'), residual: 'quiet' };
const TRIPPED: OutletTruth = { ...QUIET, residual: 'tripped' };
const PRESSED: OutletTruth = { ...QUIET, isPressed: true };
const LIVE: OutletTruth = { ...charging('one', 160), residual: 'tripped' };
const at = (outlet: OutletTruth, over: Partial<SlaveTruth> = {}) => {
  return (now: number) => moment(now, { outlets: [outlet], slaves: [slave('one', over)] });
};
const gone = { life: { state: 'down', since: 0 } } as const;
const close = commanded(5_000, 'close');

const rows: readonly Row[] = [
  ['I16 a residual current opens within 160 ms', (story) => story.look(0, 100, at(LIVE)), []],
  ['I16 and no later', (story) => story.look(0, 1_000, at(LIVE)), ['I16 at 200']],
  [
    'I16 contacts that hang together are I12s',
    (story) => story.look(0, 1_000, at({ ...LIVE, isPowerAllowed: false })),
    [],
  ],
  ['I16 what a dead process left closed is I3s', (story) => story.look(0, 1_000, at(LIVE, gone)), []],
  ['I16 without a trip it closes', (story) => story.look(0, 4_900, at(QUIET)).hear(close), []],
  [
    'I16 after a trip it does not',
    (story) => story.look(0, 100, at(TRIPPED)).look(200, 4_900, at(QUIET)).hear(close),
    ['I16 at 5000'],
  ],
  [
    'I16 however long ago that was',
    (story) => story.look(0, 100, at(TRIPPED)).look(200, 400_000, at(QUIET)).hear(commanded(400_000, 'close')),
    ['I16 at 400000'],
  ],
  [
    'I16 until a person presses with the input low',
    (story) => {
      return story.look(0, 100, at(TRIPPED)).look(200, 900, at(QUIET)).look(1_000, 1_300, at(PRESSED)).hear(close);
    },
    [],
  ],
  [
    'I16 a press with the input high acknowledges nothing, nor does a switch that stays down',
    (story) => {
      story.look(0, 100, at(TRIPPED)).look(200, 900, at({ ...TRIPPED, isPressed: true }));
      return story.look(1_000, 1_300, at(PRESSED)).hear(close);
    },
    ['I16 at 5000'],
  ],
  [
    'I16 a test of the monitor latches nothing',
    (story) => story.hear(commanded(0, 'test')).look(50, 350, at(TRIPPED)).look(400, 4_900, at(QUIET)).hear(close),
    [],
  ],
  [
    'I16 unless the trip outlasts it',
    (story) => story.hear(commanded(0, 'test')).look(50, 2_500, at(TRIPPED)).look(2_600, 4_900, at(QUIET)).hear(close),
    ['I16 at 5000'],
  ],
  [
    'I16 what trips while its process is dead is not heard',
    (story) => story.look(0, 100, at(TRIPPED, gone)).look(200, 4_900, at(QUIET)).hear(close),
    [],
  ],
  [
    'I16 a start remembers no trip',
    (story) => story.look(0, 100, at(TRIPPED)).hear(started(200, 'one')).look(200, 4_900, at(QUIET)).hear(close),
    [],
  ],
  [
    'I16 what trips in the very millisecond of the closing is heard after it',
    (story) => story.look(5_000, 5_000, at(TRIPPED)).hear(close),
    [],
  ],
  [
    'I16 where nobody listens there is nothing to acknowledge',
    (story) => story.look(0, 100, at({ ...TRIPPED, residual: 'none' })).hear(close),
    [],
  ],
];
describe('a residual current', () => stories((accuse) => new Residual(accuse), rows));
