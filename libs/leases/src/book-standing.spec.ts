import { before, blank, device, granted, latched, reported, reservedAt, told, us } from '../test/pages.js';
import { acknowledge, blankPage, noteContactor, reservation, tidy } from './book.js';

describe('fail-safe classes', () => {
  test.each(['heartbeat', 'process'] as const)('I4 rule 6: %s is released by time', (failSafe) => {
    expect(reservedAt(granted(blankPage({ ...device, failSafe }), [1, 160, 0]), 16_917, 16_918)).toEqual([160, 0]);
  });

  test('I4 rule 6 B10: none counts with its maximum until it acknowledges this epoch', () => {
    const other = reported(granted(latched, [1, 60, 0]), [70, 60, 900_000], before);
    const first = reported(other, [1, 60, 900_500]);
    expect([latched, other, first].map((page) => reservation(page, 910_000))).toEqual([320, 320, 60]);
  });

  test('I4 rule 6: none counts until it acknowledges less, whatever the time', () => {
    const sixteen = reported(granted(latched, [1, 160, 0]), [1, 160, 500]);
    const lowered = granted(sixteen, [2, 60, 1_000]);
    expect(reservation(tidy(lowered, 9_000_000), 9_000_000)).toBe(160);
    expect(reservedAt(reported(lowered, [2, 60, 9_000_000]), 9_005_049, 9_005_050, 99_000_000)).toEqual([160, 60, 60]);
    expect(reservation(reported(lowered, [2, 0, 9_000_000]), 9_000_000)).toBe(0);
  });

  test('I4 rule 6: tidying forgets no promise to a none board, acknowledged or not', () => {
    const known = reported(granted(latched, [1, 60, 0]), [1, 60, 500]);
    const page = tidy(granted(known, [2, 320, 1_000]), 9_000_000);
    expect(reservation(page, 9_000_000)).toBe(320);
  });

  test('I4 rule 6: tidying forgets the hold of a none board that is over', () => {
    const lowered = reported(
      granted(reported(granted(latched, [1, 160, 0]), [1, 160, 500]), [2, 60, 1_000]),
      [2, 60, 1_500],
    );
    expect(tidy(lowered, 6_549).holds).toHaveLength(1);
    expect(tidy(lowered, 6_550).holds).toHaveLength(0);
  });
});

describe('fallback', () => {
  test('I4 rule 6 B18: the roster`s stands always', () => {
    const page = reported(granted(blankPage({ ...device, fallback_dA: 60 }), [1, 0, 0]), [1, 0, 500]);
    expect(reservedAt(told(page, [9, 0, 1_000]), 1_000, 99_000_000)).toEqual([60, 60]);
  });

  test('I4 rule 6: it does not add to a limit', () => {
    expect(reservation(granted(blankPage({ ...device, fallback_dA: 60 }), [1, 160, 0]), 1_000)).toBe(160);
  });

  test.each([
    ['the first told', blank, 60],
    ['lower with a newer (epoch, n)', told(blank, [4, 100, 1_000]), 60],
    ['lower with the same (epoch, n)', told(blank, [5, 100, 1_000]), 100],
    ['lower with an older (epoch, n): a delayed report', told(blank, [6, 100, 1_000]), 100],
    ['lower with a higher n of an older epoch', told(blank, [1, 100, 1_000], { ...us, count: 3 }), 100],
    ['higher with an older (epoch, n): the doubt reads as more', told(blank, [6, 0, 1_000]), 60],
  ])('I4 rule 5 B18: %s', (_, page, stands) => {
    expect(reservation(told(page, [5, 60, 2_000]), 99_000_000)).toBe(stands);
  });

  test('I4 rule 5 B18: a report without one takes none away', () => {
    expect(reservation(reported(told(blank, [4, 100, 1_000]), [1, 0, 2_000]), 2_000)).toBe(100);
  });

  test('I4 rule 5 B18: an ignored acknowledgement still tells its fallback', () => {
    const page = reported(granted(blank, [5, 60, 0]), [5, 60, 500]);
    const late = acknowledge(
      page,
      { at: 600, lease: { epoch: us, n: 4, limit_dA: 0 }, fallback: { epoch: us, n: 9, value_dA: 100 } },
      us,
    );
    expect(reservation(late, 600)).toBe(100);
  });
});

describe('the bound of 64 promises', () => {
  /** n = 2 to count, 6 A and 7 A in turn, so that no two neighbours are alike; one of them is 32 A. */
  const many = (count: number, largestAt: number, page = reported(granted(latched, [1, 60, 0]), [1, 60, 1])) =>
    Array.from({ length: count - 1 }, (_, index) => index + 2).reduce(
      (one, n) => granted(one, [n, n === largestAt ? 320 : n % 2 === 0 ? 70 : 60, n]),
      page,
    );

  test('neighbours of one limit are one promise', () => {
    const page = [1, 2, 3].reduce((one, n) => granted(one, [n, 160, n * 1_000]), blank);
    expect(page.later).toEqual([{ epoch: us, n: 3, limit_dA: 160, until: 3_000 + 16_918 }]);
    expect(reservedAt(reported(page, [2, 160, 3_500]), 19_917, 19_918, 20_418)).toEqual([160, 160, 0]);
  });

  test.each([
    [65, 3],
    [65, 65],
    [66, 66],
    [100, 3],
    [100, 80],
    [500, 400],
  ])('I4 rule 6: %d grants that nobody acknowledges take at most 64 places, and the %dth still counts', (count, at) => {
    expect(many(count, at).later.length).toBeLessThanOrEqual(64);
    expect(reservation(many(count, at), 1e9)).toBe(320);
  });

  test('I4 rule 6: a merged promise is as old as its newest part', () => {
    const page = many(100, 80);
    expect(reservedAt(reported(page, [99, 60, 300]), 300, 1e9)).toEqual([320, 320]);
    expect(reservation(reported(page, [100, 0, 300]), 300)).toBe(0);
  });

  test('I4 rule 6: acknowledging that newest part holds the largest of the others while the car follows', () => {
    expect(reservedAt(reported(many(101, 80), [101, 60, 300]), 300, 5_349, 5_350)).toEqual([320, 320, 60]);
  });
});

describe('contacts that hang together (I12)', () => {
  const WELD = { isClosed: true, isFaulty: true };
  /** One that obeys 6 A, after these reports of its contactor. */
  const after = (...contactors: readonly { isClosed: boolean; isFaulty: boolean }[]) =>
    contactors.reduce(noteContactor, reported(granted(blank, [1, 60, 0]), [1, 60, 500]));

  test.each([
    ['a closed contactor that does as it should', [{ isClosed: true, isFaulty: false }], [60, 0]],
    ['one that does not close', [{ isClosed: false, isFaulty: true }], [60, 0]],
    ['a weld: its maximum, whatever the time', [WELD], [320, 320]],
    ['a life that has not seen the weld yet', [WELD, { isClosed: true, isFaulty: false }], [320, 320]],
    ['one that is seen to be open', [WELD, { isClosed: false, isFaulty: true }], [60, 0]],
  ])('I4: %s', (_, contactors, reserved_dA) => {
    expect(reservedAt(after(...contactors), 1_000, 900_000)).toEqual(reserved_dA);
  });

  test('I4: nothing that is acknowledged takes it away, and tidying neither', () => {
    const page = reported(granted(after(WELD), [2, 0, 1_000]), [2, 0, 1_500]);
    expect([page, tidy(page, 900_000)].map((one) => reservation(one, 900_000))).toEqual([320, 320]);
  });
});
