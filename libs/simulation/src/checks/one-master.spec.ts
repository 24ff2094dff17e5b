import { accepted, basis, granted, moment, stories, type Row } from '../../test/moments.js';
import { OneMaster } from './one-master.js';

const smart = (at: number) => moment(at);
const normal = (at: number) => moment(at, { mode: 'normal' });
const strange = { named: { boot: 'x'.repeat(16), since: 0 } };

const rows: readonly Row[] = [
  ['I10 the named master raises', (story) => story.look(0, 0, smart).hear(granted(10_000)), []],
  [
    'I10 another does not',
    (story) => story.look(0, 0, smart).hear(granted(10_000, { basis: basis(9_000, strange) })),
    ['I10 at 10000'],
  ],
  [
    'I10 nor one when nobody is named',
    (story) => story.look(0, 0, smart).hear(granted(10_000, { basis: basis(9_000, { named: null }) })),
    ['I10 at 10000'],
  ],
  [
    'I10 it may lower',
    (story) => story.look(0, 0, smart).hear(granted(10_000, { raise: false, basis: basis(1_000, strange) })),
    [],
  ],
  [
    'I10 a raise on a sample of 5 s, a slow clock and a held echo',
    (story) => story.look(0, 0, smart).hear(granted(10_000, { basis: basis(4_650) })),
    [],
  ],
  [
    'I10 and on none older',
    (story) => story.look(0, 0, smart).hear(granted(10_000, { basis: basis(4_649) })),
    ['I10 at 10000'],
  ],
  [
    'I10 in Normal mode a slave obeys its own master',
    (story) => story.look(0, 0, normal).hear(accepted(1_000, { pairedMaster: 'master' })),
    [],
  ],
  [
    'I10 and no other',
    (story) => story.look(0, 0, normal).hear(accepted(1_000, { from: 'standby', pairedMaster: 'master' })),
    ['I10 at 1000'],
  ],
  ['I10 nor any while it has none', (story) => story.look(0, 0, normal).hear(accepted(1_000)), ['I10 at 1000']],
  [
    'I10 in Smart mode the bridge is the arbiter',
    (story) => story.look(0, 0, smart).hear(accepted(1_000, { from: 'standby' })),
    [],
  ],
];
describe('one master', () => stories((accuse) => new OneMaster(accuse), rows));
