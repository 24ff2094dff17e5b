import { before, blank, granted, reported, reservedAt, reservedTidied, us } from '../test/pages.js';
import { acknowledge, reservation, tidy, type Page } from './book.js';

describe('release by time', () => {
  test.each([
    // V, until R + (V + 0.5 s + 6 s + 0.25 s) x 1.01
    [10_000, 16_918],
    [9_000, 15_908],
    [5_000, 11_868],
    [100, 6_919],
  ])('I4 rule 6: a grant of V = %d ms is reserved until R + %d ms exactly', (validFor_ms, release) => {
    const page = granted(blank, [1, 160, 50_000, validFor_ms]);
    expect(reservedAt(page, 50_000, 50_000 + release - 1, 50_000 + release)).toEqual([160, 160, 0]);
    expect(reservedTidied(page, 50_000 + release - 1, 50_000 + release)).toEqual([160, 0]);
  });

  test('I4 rule 6: an acknowledged grant is released at the same moment: R counts, not the acknowledgement', () => {
    const page = reported(granted(blank, [1, 160, 50_000]), [1, 160, 58_000]);
    expect(reservedAt(page, 66_917, 66_918)).toEqual([160, 0]);
  });

  test('I4 rule 6: a report that repeats an acknowledgement prolongs nothing', () => {
    const once = reported(granted(blank, [1, 160, 50_000]), [1, 160, 51_000]);
    expect(reported(once, [1, 160, 60_000])).toEqual(once);
  });

  test('I4 rule 6: the acknowledged limit and every later grant count, each until its own time', () => {
    const page = [
      [2, 60, 1_000],
      [3, 320, 2_000],
      [4, 100, 3_000],
    ].reduce<Page>(
      (one, [n = 0, limit = 0, R = 0]) => granted(one, [n, limit, R]),
      reported(granted(blank, [1, 160, 0]), [1, 160, 500]),
    );
    expect(reservedAt(page, 3_000, 18_917, 18_918, 19_917, 19_918)).toEqual([320, 320, 100, 100, 0]);
  });

  test('I4 rule 6: a shorter later grant does not shorten an older promise', () => {
    const page = granted(granted(blank, [1, 160, 0]), [2, 160, 1_000, 100]);
    expect(reservedAt(page, 16_917, 16_918)).toEqual([160, 0]);
  });

  test.each([
    ['nothing promised', blank, 0],
    [
      'a lower grant not yet seen to be obeyed',
      granted(reported(granted(blank, [1, 160, 0]), [1, 160, 500]), [2, 0, 900]),
      160,
    ],
    [
      'a higher grant not yet seen to be obeyed',
      granted(reported(granted(blank, [1, 60, 0]), [1, 60, 500]), [2, 160, 900]),
      160,
    ],
  ])('I1 rule 6: the reservation is the largest, never the newest: %s', (_, page, reserved) => {
    expect(reservation(page, 1_000)).toBe(reserved);
  });
});

describe('voiding', () => {
  const page = granted(granted(granted(blank, [10, 320, 0]), [11, 160, 1_000]), [12, 60, 2_000]);

  test.each([
    ['the newest, 0 A: the contactor is open', 12, 0, 0],
    ['the newest: the largest voided one is held while the car follows', 12, 60, 320],
    ['one in the middle leaves the later ones', 11, 0, 60],
    ['one that is older than all leaves all', 9, 0, 320],
  ])('I4 rule 4: acknowledging %s', (_, n, limit, reserved) => {
    expect(reservation(reported(page, [n, limit, 2_500]), 2_500)).toBe(reserved);
  });

  test('I4 rule 4 B4: a delayed report of an older grant is ignored', () => {
    const acknowledged = reported(granted(page, [13, 160, 3_000]), [12, 0, 3_200]);
    expect(reported(acknowledged, [11, 0, 3_400])).toEqual(acknowledged);
  });

  test('I4 rule 4 B4: after a reboot the old life acknowledges 6 A late: 16 A of the new life stay reserved', () => {
    const newLife = reported(granted(blank, [50, 160, 0]), [50, 160, 1_000]);
    expect(reservation(reported(newLife, [40, 60, 1_500]), 8_000)).toBe(160);
  });

  test.each([
    ['no lease (a new boot says null)', { lease: null, fallback: null }],
    ['an older epoch', { lease: { epoch: before, n: 99, limit_dA: 0 }, fallback: null }],
  ])('I4 rule 4: %s voids nothing', (_, report) => {
    const heard = acknowledge(reported(page, [11, 160, 2_500]), { at: 2_600, ...report }, us);
    expect(reservedAt(heard, 2_600, 17_917, 17_918, 18_917, 18_918)).toEqual([320, 160, 60, 60, 0]);
  });

  test('I4 rule 4: neither silence nor the order of sending voids anything before its time', () => {
    expect(reservedAt(page, 16_917, 16_918, 17_918, 18_918)).toEqual([320, 160, 60, 0]);
  });
});

describe('the hold after an acknowledged reduction', () => {
  const sixteen = reported(granted(blank, [1, 160, 0]), [1, 160, 200]);
  const lowered = reported(granted(sixteen, [2, 60, 1_000]), [2, 60, 1_500]);

  test('I4 rule 6: the largest voided limit stays for E k = 5.05 s, from the acknowledgement', () => {
    expect(reservedAt(lowered, 1_500, 6_549, 6_550)).toEqual([160, 160, 60]);
    expect(reservedTidied(lowered, 6_549, 6_550)).toEqual([160, 60]);
  });

  test('I4 rule 6: the largest voided, also of what was never acknowledged', () => {
    const page = reported(granted(granted(sixteen, [2, 320, 1_000]), [3, 60, 1_100]), [3, 60, 1_500]);
    expect(reservedAt(page, 6_549, 6_550)).toEqual([320, 60]);
  });

  test('I4 rule 6: none after 0 A, and an earlier hold goes with it', () => {
    expect(reservation(reported(granted(sixteen, [2, 0, 1_000]), [2, 0, 1_500]), 1_500)).toBe(0);
    expect(reservation(reported(granted(lowered, [3, 0, 2_000]), [3, 0, 2_500]), 2_500)).toBe(0);
  });

  test('I4 rule 6: a second reduction prolongs no earlier hold', () => {
    const page = reported(granted(granted(lowered, [3, 100, 2_000]), [4, 60, 2_500]), [4, 60, 4_500]);
    expect(reservedAt(page, 6_549, 6_550, 9_549, 9_550)).toEqual([160, 100, 100, 60]);
  });

  test('I4 rule 6: a larger one takes its place', () => {
    const page = reported(granted(granted(lowered, [3, 320, 2_000]), [4, 60, 2_500]), [4, 60, 4_500]);
    expect(reservedAt(page, 9_549, 9_550)).toEqual([320, 60]);
    expect(page.holds).toHaveLength(1);
  });

  test('I4 rule 6: a raise that is acknowledged meanwhile leaves it', () => {
    const page = reported(granted(lowered, [3, 100, 2_000]), [3, 100, 2_500]);
    expect(reservedAt(page, 6_549, 6_550)).toEqual([160, 100]);
  });

  test('I4 rule 6: E and H never add: a hold does not outlast the lowered lease by more than itself', () => {
    const late = reported(granted(sixteen, [2, 60, 1_000]), [2, 60, 17_000]);
    expect(reservedAt(late, 17_917, 17_918, 22_049, 22_050)).toEqual([160, 160, 160, 0]);
  });
});

describe('the lease of another master', () => {
  const foreign = reported(blank, [50, 160, 70_000], before);

  test('I4 I9 rule 6: counts from the receipt of the report with V = T', () => {
    expect(reservedAt(foreign, 86_917, 86_918)).toEqual([160, 0]);
  });

  test('I4 I9 rule 6: each report of it counts anew', () => {
    expect(reservedAt(reported(foreign, [50, 160, 75_000], before), 91_917, 91_918)).toEqual([160, 0]);
  });

  test('I9 rule 4: ours is newer, voids it and holds it while the car follows', () => {
    const ours = reported(granted(foreign, [1, 60, 71_000]), [1, 60, 71_500]);
    expect(reservedAt(ours, 76_549, 76_550)).toEqual([160, 60]);
    expect(reported(ours, [50, 160, 72_000], before)).toEqual(ours);
  });

  test('rule 6: of our own epoch but no longer in the book: counts as if it were another master`s', () => {
    const forgotten = tidy(granted(blank, [1, 160, 0]), 20_000);
    expect(reservedAt(reported(forgotten, [1, 160, 20_000]), 20_000, 36_917, 36_918)).toEqual([160, 160, 0]);
  });
});
