import { distributionOf, netTimesOf, timesOf } from './distribution.js';
import type { Measured } from './measure.js';
import { tableOf, withTable } from './page.js';
import { picture } from './picture.js';
import { SETUPS } from './setups.js';

const ms = (from: number, to: number) => ({ from_ns: from * 1e6, to_ns: to * 1e6 });
const measured = (...times_ms: readonly number[]): readonly Measured[] =>
  SETUPS.map((setUp) => {
    const trials = times_ms.map((time_ms, index) => ms(index * 10_000, index * 10_000 + time_ms));
    return { setUp, trials, missed: 0, stalls: [ms(5, 25)], stolen_ms: 100, lasted_ms: 10_000 };
  });

describe('a distribution', () => {
  test('gives times that were measured: the nearest rank', () => {
    const times_ms = Array.from({ length: 1000 }, (_, index) => index + 1).toReversed();
    expect(distributionOf(times_ms)).toEqual({
      trials: 1000,
      p50_ms: 500,
      p90_ms: 900,
      p99_ms: 990,
      p999_ms: 999,
      most_ms: 1000,
      above100: 900,
    });
  });

  test('counts 100 ms as within', () => {
    expect(distributionOf([99, 100, 100.1]).above100).toBe(1);
  });

  test.each([
    ['none', [], 100],
    ['one before and one after', [ms(0, 900), ms(1100, 1200)], 100],
    ['one in the middle', [ms(1020, 1050)], 70],
    ['one that began before and ended in it', [ms(900, 1030)], 70],
    ['two cores at once, counted once', [ms(1010, 1030), ms(1020, 1040)], 70],
    ['all of it', [ms(0, 2000)], 0],
  ])('net of stalls: %s', (_, stalls, left_ms) => {
    expect(netTimesOf([ms(1000, 1100)], stalls)).toEqual([left_ms]);
    expect(timesOf([ms(1000, 1100)])).toEqual([100]);
  });
});

describe('the page', () => {
  test('has a row for each set-up, between its marks and nowhere else', () => {
    const table = tableOf(measured(20, 120));
    expect(table.split('\n')).toHaveLength(2 + SETUPS.length);
    expect(table).toContain('| idle | in the slave | 2 | 20.0 ms | 120.0 ms |');
    expect(table).toContain('| 1 (50.0 %) |');
    const page = 'before\n<!-- table: begin -->\nold\n<!-- table: end -->\nafter\n';
    const written = withTable(page, table);
    expect(written).toBe(`before\n<!-- table: begin -->\n${table}\n<!-- table: end -->\nafter\n`);
    expect(withTable(written, table)).toBe(written);
  });

  test('without its marks is an error that names them', () => {
    expect(() => withTable('# no marks', '')).toThrow('<!-- table: begin -->');
  });
});

describe('the picture', () => {
  test('is the same for the same figures, and says them to who cannot see it', () => {
    const svg = picture(measured(20, 120));
    expect(svg).toBe(picture(measured(20, 120)));
    expect(svg).toContain('busy, io process, real-time priority: half within 20 ms');
    expect(svg).toContain('1 of 2 above 100 ms');
    expect(svg).not.toContain('NaN');
  });

  test('a time beyond its axis stays at its edge', () => {
    expect(picture(measured(1, 90_000))).toContain('all within 90000 ms');
  });
});
