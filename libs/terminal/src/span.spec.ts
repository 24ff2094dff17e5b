import { type Line, lengthOf, paint, span, wrap } from './span.js';

const wrapped = (line: Line, columns: number): readonly string[] =>
  wrap(line, columns, 2).map((one) => paint(one, false));

test.each<[string, string, number, readonly string[]]>([
  ['what fits stays as it is', ' a reason', 9, [' a reason']],
  ['a line breaks at the last space that fits', ' one two three', 8, [' one two', '  three']],
  ['also where the space stands just behind', ' one two', 4, [' one', '  t…']],
  ['a word that is wider than the line is cut', ' immeasurable', 6, [' imme…']],
  ['and so is all of it where even the indent leaves no room', ' a b', 2, [' a', ' …']],
  ['two spaces are one break', ' one  two', 6, [' one', '  two']],
  ['a character of two code units is one', ' 😀😀 x', 3, [' 😀😀', '  x']],
])('%s', (_, text, columns, lines) => {
  expect(wrapped([span(text)], columns)).toEqual(lines);
});

test('each part keeps its ink', () => {
  const line = [span(' OVERHEATED  ', 'bad'), span('until it is cool again', 'quiet')];
  expect(wrap(line, 22, 2)).toEqual([
    [span(' OVERHEATED  ', 'bad'), span('until it', 'quiet')],
    [span('  '), span('is cool again', 'quiet')],
  ]);
});

test('no line is wider, and a text without end is cut', () => {
  const lines = wrap([span(`${'word '.repeat(10_000)}`)], 20, 4);
  expect(lines).toHaveLength(8);
  for (const line of lines) expect(lengthOf(line)).toBeLessThanOrEqual(20);
  expect(paint(lines.at(-1) ?? [], false)).toMatch(/…$/);
});
