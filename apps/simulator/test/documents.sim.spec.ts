// The documents against what they speak of: every picture is what its command writes today, and every scenario has its
// row. A picture that differs is made anew by the command that the failure names; then look at it before it is committed.
import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseOptions } from '../src/options.js';
import { jobsOf } from '../src/run.js';
import { choose, readLibrary } from '../src/scenarios.js';
import { answer } from '../src/worker/answer.js';

const ROOT = resolve(import.meta.dirname, '../../..');
const read = (file: string): string => readFileSync(join(ROOT, file), 'utf8');
const DOCUMENTS = [
  'README.md',
  ...readdirSync(join(ROOT, 'docs')).flatMap((file) => (file.endsWith('.md') ? [`docs/${file}`] : [])),
];

const found = readLibrary(join(ROOT, 'libs/simulation/scenarios'));
if (!found.ok) throw new Error(found.detail);
const library = found.value;

/** What stands behind `npm run simulate --` wherever a picture of the documents is written, by that picture. */
const commands = new Map(
  DOCUMENTS.flatMap((file) => [...read(file).matchAll(/npm run simulate -- (.* --svg (docs\/\S+\.svg))$/gm)]).map(
    ([, line = '', picture = '']) => [picture, line] as const,
  ),
);

/** As the command would write it. */
function drawn(line: string): string | null {
  const options = parseOptions(line.split(' '));
  if (!options.ok) throw new Error(options.detail);
  const scenarios = choose(options.value.scenario, library);
  if (!scenarios.ok) throw new Error(scenarios.detail);
  return [...jobsOf(options.value, scenarios.value)].map((job) => answer(job).svg).find((svg) => svg !== null) ?? null;
}

test.each([...commands])('%s is what its command writes: npm run simulate -- %s', (picture, line) => {
  // Not by toBe, whose difference of two pictures is longer than either.
  expect(drawn(line) === read(picture)).toBe(true);
});

test('every picture of a simulation has its command', () => {
  const beside = readdirSync(join(ROOT, 'docs')).filter((file) => /^simulated-.*\.svg$/.test(file));
  const compared = readdirSync(join(ROOT, 'docs/weaknesses')).map((file) => `weaknesses/${file}`);
  expect([...commands.keys()].sort()).toEqual([...beside, ...compared].map((file) => `docs/${file}`).sort());
});

test('every scenario stands in docs/simulator.md with what it is about, and no other', () => {
  const rows = library.scenarios.map(({ name, about }) => `| \`${name}\` | ${about} |`);
  const [, table = ''] =
    /\n\| scenario \| what happens \|\n\|[-|]+\|\n((?:\|.*\n)+)/.exec(read('docs/simulator.md')) ?? [];
  expect(table.trim().split('\n').sort()).toEqual(rows.sort());
});
