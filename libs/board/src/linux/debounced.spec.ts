import { Debounced } from './debounced.js';

/** Levels by the letter, 10 ms apart; what counts from then on, where it changes. */
function heard(debounced: Debounced, levels: string): string {
  return [...levels]
    .map((level, index) => debounced.hear(level === '1', index * 10))
    .map((changed) => (changed === null ? '.' : changed ? '1' : '0'))
    .join('');
}

test.each<[about: string, how: [stands_ms: number, atOnce: boolean | null], levels: string, told: string]>([
  ['the first level counts at once', [50, null], '0', '0'],
  ['the first level counts at once', [50, null], '1', '1'],
  ['another one counts when it has stood', [50, null], '0111111', '0.....1'],
  ['and is told once', [50, null], '01111111111', '0.....1....'],
  ['one that goes back before is forgotten', [50, null], '01111011111', '0..........'],
  ['and must stand anew', [50, null], '011110111111', '0..........1'],
  ['without a time each change counts', [0, null], '01100', '01.0.'],
  ['some levels do not wait', [50, true], '0100', '01..'],
  ['but their end does', [50, true], '01000000', '01.....0'],
  ['and begins anew with each of them', [50, true], '0100100000', '01........'],
])('%s (%j): %s', (_, how, levels, told) => {
  expect(heard(new Debounced(...how), levels)).toBe(told);
});
