import { basis, granted, moment, stories, type Row } from '../../test/moments.js';
import { SilentMeter } from './silent-meter.js';

const rows: readonly Row[] = [
  ['I7 while the meter speaks there are grants', (story) => story.look(0, 0, moment).hear(granted(10_000)), []],
  ['I7 10.5 s after its last word there may be', (story) => story.look(0, 0, moment).hear(granted(11_500)), []],
  [
    'I7 and none later, whether or not they raise, told once',
    (story) =>
      story
        .look(0, 0, moment)
        .hear(...[11_501, 12_501].map((at) => granted(at, { basis: basis(1_000), raise: false }))),
    ['I7 at 11501'],
  ],
  [
    'I7 25 s are the age of another kind of meter',
    (story) =>
      story
        .look(0, 0, (at) => moment(at, { oldestSample_ms: 25_000 }))
        .hear(granted(26_500, { basis: basis(1_000) }), granted(26_501, { basis: basis(1_000) })),
    ['I7 at 26501'],
  ],
];
describe('a meter that says nothing more', () => stories((accuse) => new SilentMeter(accuse), rows));
