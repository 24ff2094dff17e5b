import { BECAUSES } from '@fairamp/units';
import { moment, slave } from '../../test/moments.js';
import type { WorldConfig } from '../scenario/draw.js';
import { Recorder } from './recorder.js';

const SECOND_ms = 1000;

/** A recording's happenings, as `second who: text`. */
function told(tell: (recorder: Recorder) => void, houseNotes: WorldConfig['houseNotes'] = []): readonly string[] {
  const recorder = new Recorder(SECOND_ms);
  tell(recorder);
  const site = { points: [], mains_dA: 250 };
  const config = { simulated_ms: 600_000, site, plant: { outlets: [] }, houseNotes } as unknown as WorldConfig;
  return recorder.finish(config, 'fairamp').happenings.map(({ at, who, text }) => `${at / 1000} ${who}: ${text}`);
}

const says = (at_s: number, who: string, text: string) => (recorder: Recorder) =>
  recorder.hear({ kind: 'said', at: at_s * 1000, who, text });

describe('what participants say', () => {
  test('is noted once a minute, whatever its figures', () => {
    const notes = told((recorder) => {
      says(1, 'bridge', 'no beacon for 3 s')(recorder);
      says(30, 'bridge', 'no beacon for 4 s')(recorder);
      says(40, 'master', 'no beacon for 4 s')(recorder);
      says(61, 'bridge', 'no beacon for 5 s')(recorder);
    });
    expect(notes).toEqual([
      '1 bridge: no beacon for 3 s',
      '40 master: no beacon for 4 s',
      '61 bridge: no beacon for 5 s',
    ]);
  });

  test('of dropped messages only why, and for each process once a minute', () => {
    const notes = told((recorder) => {
      says(
        1,
        'slave1',
        'dropped a message on fairamp/sim/control/slave/slave1/grant: expired: grant 1.7 of "m"',
      )(recorder);
      says(2, 'slave1', 'dropped a message on fairamp/sim/control/slave/slave1/grant: not-newer: grant 1.6')(recorder);
      says(3, 'slave2', 'dropped a message on fairamp/sim/control/slave/slave2/grant: not-newer: grant 1.6')(recorder);
    });
    expect(notes).toEqual(['1 slave1: dropped: expired', '3 slave2: dropped: not-newer']);
  });
});

test.each([
  ['fault no-serial-com has come', 'ERROR NO SERIAL COM'],
  ['fault no-serial-com has gone', 'ERROR NO SERIAL COM no more'],
  ['fault unknown has come', 'fault unknown has come'],
])('what a charge point says of a fault stands there as on its display: %s', (said, shown) => {
  expect(told(says(1, 'slave1', said))).toEqual([`1 slave1: ${shown}`]);
});

test('a trip that the checkers accuse of is a violation, as in the table', () => {
  const recorder = new Recorder(SECOND_ms);
  recorder.accuse({ at: 0, invariant: 'trip', detail: 'gg-fastest on L1 opened' });
  const config = { simulated_ms: 1000, site: { points: [] }, plant: { outlets: [] } } as unknown as WorldConfig;
  expect(recorder.finish(config, 'fairamp').happenings).toMatchObject([{ kind: 'violation', who: 'trip' }]);
});

describe('why a limit is what it is', () => {
  /** One row a second: the limit in amperes, and its because. */
  const reasons = (...rows: readonly (readonly [held_A: number, because: string])[]): readonly string[] =>
    told((recorder) => {
      rows.forEach(([held_A, because], second) => {
        const one = slave('one', {
          held_dA: held_A * 10,
          because: BECAUSES.filter((each) => because.split(', ').includes(each)),
        });
        recorder.look(moment(second * SECOND_ms, { slaves: [one] }));
      });
    });

  test('is noted with the amperes when it changes, and when they change by much', () => {
    expect(
      reasons(
        [0, ''],
        [6, 'newcomer'],
        [9.2, 'mains-L1, fair-share'],
        [9.4, 'mains-L1, fair-share'],
        [16, 'mains-L1, fair-share'],
      ),
    ).toEqual([
      '1 one: 6 A: just arrived, begins at its minimum',
      '2 one: 9.2 A: mains L1 is full, shared fairly with the others',
      '4 one: 16 A: mains L1 is full, shared fairly with the others',
    ]);
  });

  test('leaves out what was so for a moment only', () => {
    expect(
      reasons([20, 'mains-L1'], [20, 'raise-interval'], [20, 'mains-L1'], [20, 'mains-L1'], [20, 'cable']),
    ).toEqual(['0 one: 20 A: mains L1 is full', '4 one: 20 A: the cable is rated for no more']);
  });

  test('but not what lasted', () => {
    const stays = [20, 'reserved'] as const;
    expect(reasons([20, 'mains-L1'], stays, stays, stays, [20, 'mains-L1'])).toHaveLength(3);
  });

  test('of a lease that has run out is that there is no grant', () => {
    const silent = slave('one', { because: ['cable'], faults: ['no-serial-com'] });
    expect(told((recorder) => recorder.look(moment(0, { slaves: [silent] })))).toEqual([
      '0 one: 0 A: no master grants it anything',
    ]);
  });

  test('of a dead process is nothing', () => {
    const dead = slave('one', { because: ['cable'], life: { state: 'down', since: 0 } });
    expect(told((recorder) => recorder.look(moment(0, { slaves: [dead] })))).toEqual([]);
  });
});

test('what the script lets the house do stands among what was done, up to the end of the run', () => {
  const notes = [
    { at: 601_000, text: 'the house takes 5 A less', pair: 'one' },
    { at: 30_000, text: 'the house takes 5 A more', pair: 'other' },
  ];
  expect(told(says(40, 'bridge', 'noise on the line'), notes)).toEqual([
    '30 site: the house takes 5 A more',
    '40 bridge: noise on the line',
  ]);
});
