import { moment, process, stories, type Row } from '../../test/moments.js';
import { Clocks } from './clocks.js';

const reading =
  (local: (now: number) => number, startedAt = 0) =>
  (now: number) => {
    return moment(now, { masters: [process('master', { startedAt, local: local(now) })], outlets: [] });
  };

const rows: readonly Row[] = [
  [
    'I13 a clock with a zero of its own',
    (story) =>
      story.look(
        0,
        60_000,
        reading((now) => now + 5_000_000),
      ),
    [],
  ],
  [
    'I13 a clock 5,000 ppm fast',
    (story) =>
      story.look(
        0,
        60_000,
        reading((now) => Math.floor(now * 1.005)),
      ),
    [],
  ],
  [
    'I13 a clock that is faster',
    (story) =>
      story.look(
        0,
        60_000,
        reading((now) => Math.floor(now * 1.006)),
      ),
    ['I13 at 3500'],
  ],
  [
    'I13 a clock that is set forward',
    (story) =>
      story
        .look(
          0,
          900,
          reading((now) => now),
        )
        .look(
          1_000,
          2_000,
          reading((now) => now + 3_600_000),
        ),
    ['I13 at 1000'],
  ],
  [
    'I13 a clock that is set back',
    (story) =>
      story
        .look(
          0,
          900,
          reading((now) => now),
        )
        .look(
          1_000,
          1_000,
          reading(() => 899),
        ),
    ['I13 at 1000'],
  ],
  [
    'I13 by whatever little',
    (story) =>
      story
        .look(
          0,
          60_000,
          reading((now) => now + 299),
        )
        .look(
          60_100,
          60_100,
          reading(() => 60_298),
        ),
    ['I13 at 60100'],
  ],
  [
    'I13 a new life begins where its clock stands',
    (story) =>
      story
        .look(
          0,
          900,
          reading((now) => now + 90_000),
        )
        .look(
          1_000,
          2_000,
          reading((now) => now, 1_000),
        ),
    [],
  ],
];
describe('clocks', () => stories((accuse) => new Clocks(accuse), rows));
