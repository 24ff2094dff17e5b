import { noteLife } from './lives.js';
import type { SlaveRecord } from './types.js';

const FIRST = '0000000000000001';
const SECOND = '0000000000000002';

/** Only what noteLife looks at. */
type Known = Pick<SlaveRecord, 'id' | 'lives' | 'duplicateUntil' | 'limit_dA'>;

function hear(heard: readonly (readonly [string, number])[]): { alarms: number; record: Known; ignored: number } {
  let record: Known = { id: 'left', lives: [], duplicateUntil: 0, limit_dA: 160 };
  let alarms = 0;
  let ignored = 0;
  for (const [index, [boot, seq]] of heard.entries()) {
    const life = noteLife(record, { boot, seq }, 100 * (index + 1));
    if (life === null) ignored += 1;
    else record = { ...record, ...life.record };
    alarms += life?.alarm.length ?? 0;
  }
  return { alarms, record, ignored };
}

describe('two lives under one id (leases.md B4)', () => {
  test.each([
    [
      'a restart: the new boot goes on',
      [
        [FIRST, 5],
        [SECOND, 1],
        [SECOND, 2],
      ],
      0,
      0,
    ],
    [
      'a delayed report of the former life',
      [
        [FIRST, 5],
        [SECOND, 1],
        [FIRST, 4],
      ],
      0,
      1,
    ],
    [
      'a repeated report of the former life',
      [
        [FIRST, 5],
        [SECOND, 1],
        [FIRST, 5],
      ],
      0,
      1,
    ],
    [
      'the former life goes on',
      [
        [FIRST, 5],
        [SECOND, 1],
        [FIRST, 6],
      ],
      1,
      0,
    ],
    [
      'both go on',
      [
        [FIRST, 5],
        [SECOND, 1],
        [FIRST, 6],
        [SECOND, 2],
      ],
      2,
      0,
    ],
  ] as const)('%s', (_case, heard, alarms, ignored) => {
    expect(hear(heard)).toMatchObject({ alarms, ignored });
  });

  test('the alarm stands for 20 s after the last proof', () => {
    expect(
      hear([
        [FIRST, 5],
        [SECOND, 1],
        [FIRST, 6],
      ]).record.duplicateUntil,
    ).toBe(20_300);
  });

  test('a new life holds nothing; the same life keeps what it held', () => {
    expect(
      hear([
        [FIRST, 5],
        [FIRST, 6],
      ]).record.limit_dA,
    ).toBe(160);
    expect(
      hear([
        [FIRST, 5],
        [SECOND, 1],
      ]).record.limit_dA,
    ).toBe(0);
  });

  test('only the newest four lives are remembered', () => {
    const boots = ['1', '2', '3', '4', '5', '6'].map((digit) => [digit.repeat(16), 1] as const);
    expect(hear(boots).record.lives).toHaveLength(4);
  });
});
