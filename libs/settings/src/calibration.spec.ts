import { calibrated } from './index.js';

describe('CAL', () => {
  test.each<[string, [number, number, number], number]>([
    ['what is typed is what is read', [3, 100, 100], 3],
    ['a fifth more', [3, 100, 120], 3.6],
    ['the least that may be read and typed', [3, 60, 60], 3],
    ['the most that may be typed', [3, 999, 999], 3],
    ['a gain is kept to a thousandth', [3, 300, 301], 3.01],
    ['and rounded to the nearest', [3, 700, 701], 3.004],
  ])('%s', (_case, [cal, read_dA, typed_dA], gain) => {
    expect(calibrated(cal, read_dA, typed_dA)).toEqual({ ok: true, value: gain });
  });

  test.each<[string, [number, number, number], string, string]>([
    ['13.2 item 13: a reading of 0 A', [3, 0, 100], 'reading', 'CT1 reads 0.0 A, at least 6.0 A are needed'],
    ['less than 6 A on CT1', [3, 59, 100], 'reading', '5.9 A'],
    ['no reading', [3, NaN, 100], 'reading', 'NaN'],
    ['less than 6 A typed', [3, 100, 59], 'typed', '5.9 A is not allowed; allowed: 6.0 to 99.9'],
    ['100 A typed', [3, 999, 1000], 'typed', '100.0 A is not allowed'],
    ['no number typed', [3, 100, NaN], 'typed', 'NaN'],
    ['a gain above all sense', [29, 100, 120], 'gain', 'a gain of 34.8; allowed: 0.1 to 30'],
    ['a gain below all sense', [0.2, 999, 60], 'gain', 'a gain of 0.012; allowed: 0.1 to 30'],
  ])('%s is refused', (_case, [cal, read_dA, typed_dA], reason, words) => {
    expect(calibrated(cal, read_dA, typed_dA)).toMatchObject({
      ok: false,
      reason,
      detail: expect.stringContaining(words),
    });
  });
});
