import { lengthOf, paint, span, type Line } from '@fairamp/terminal';
import { pageOf } from './page.js';

const linesOf = (count: number): readonly Line[] =>
  Array.from({ length: count }, (_, number) => [span(`line ${number}`)]);
const textOf = (count: number, rows: number, columns = 80): readonly string[] =>
  pageOf(linesOf(count), { columns, rows }).map((line) => paint(line, false));

test.each([
  ['less than a window', 2, 5, ['line 0', 'line 1', '', '', ' q or Ctrl-C ends it']],
  ['as much as a window', 2, 3, ['line 0', 'line 1', ' q or Ctrl-C ends it']],
  [
    'more than a window',
    4,
    4,
    ['line 0', 'line 1', ' and 2 lines more: a higher window shows them', ' q or Ctrl-C ends it'],
  ],
])('%s fills it exactly', (_, count, rows, expected) => expect(textOf(count, rows)).toEqual(expected));

test('nothing is wider than the window, however small it is', () => {
  for (const [rows, columns] of [
    [1, 80],
    [2, 10],
    [5, 24],
  ] as const) {
    const page = pageOf(linesOf(20), { columns, rows });
    expect(page).toHaveLength(rows);
    expect(Math.max(...page.map(lengthOf))).toBeLessThanOrEqual(columns);
  }
});
