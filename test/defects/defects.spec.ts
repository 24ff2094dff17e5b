// docs/defects.md against the tests: every item has a row, and each row a test whose title begins with the item, or a
// reason why there is none.
import { readdirSync, readFileSync } from 'node:fs';

const ITEMS = [...numbered('13.1', 33), ...numbered('13.2', 24)];

type Row = { readonly item: string; readonly held: string };
type Named = { readonly title: string; readonly file: string };

const rows = readFileSync('docs/defects.md', 'utf8')
  .split('\n')
  .flatMap((line): Row[] => {
    const cells = /^\| (13\.[12] item \d+) +\|.*?\|.*?\| (.*?) +\|$/.exec(line);
    return cells === null ? [] : [{ item: cells[1] ?? '', held: cells[2] ?? '' }];
  });
const written = rows.flatMap(({ held }) => namedIn(held));
const existing = ['libs', 'apps'].flatMap(specsIn).flatMap(titlesOf);

function numbered(part: string, count: number): readonly string[] {
  return Array.from({ length: count }, (_, index) => `${part} item ${index + 1}`);
}

/** Each as `title` (file). */
function namedIn(held: string): readonly Named[] {
  const named = held.matchAll(/`(13\.[12] item \d+: .*?)` \((.*?)\)(?=<br>|$)/g);
  return [...named].map(([, title = '', file = '']) => ({ title, file }));
}

function specsIn(room: string): readonly string[] {
  const files = readdirSync(room, { recursive: true, encoding: 'utf8' });
  return files.filter((file) => file.endsWith('.spec.ts')).map((file) => `${room}/${file}`);
}

/** Titles of tests, and of rows that are titles. */
function titlesOf(file: string): readonly Named[] {
  const source = readFileSync(file, 'utf8');
  const titles = source.matchAll(/(['"`])(13\.[12] item \d+: .*?)\1/g);
  return [...titles].map(([, , title = '']) => ({ title, file }));
}

const said = ({ title, file }: Named): string => `${title} (${file})`;

test('every item of 13.1 and 13.2 has one row, in their order', () => {
  expect(rows.map(({ item }) => item)).toEqual(ITEMS);
});

test.each(rows)('$item is held by a test of its own, or says why there is none', ({ item, held }) => {
  const titles = namedIn(held).map(({ title }) => title);
  if (titles.length === 0) expect(held).toMatch(/^none: \w.{20}/);
  expect(titles.filter((title) => !title.startsWith(`${item}: `))).toEqual([]);
});

test('every test that is named exists where the page says', () => {
  expect(existing.map(said)).toEqual(expect.arrayContaining(written.map(said)));
});

test('every test of an item is named by the page', () => {
  expect(new Set(written.map(said))).toEqual(new Set(existing.map(said)));
});
