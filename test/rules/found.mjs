// What a hunt has found is kept: found.json holds, for each rule, the run in which a checker accuses without it, and
// docs/simulator.md shows the same as a table. `npm run hunt -- --write` writes both; `npm test` plays only these runs.
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { RULES } from './rules.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const FILE = join(here, 'found.json');
const PAGE = resolve(here, '../../docs/simulator.md');
const HEAD = '| without | accused first | scenario | seed |\n|---|---|---|---|\n';

/** @returns `{ rule, invariant, scenario, seed, minutes }` for each rule */
export const readFound = () => JSON.parse(readFileSync(FILE, 'utf8'));
export const readPage = () => readFileSync(PAGE, 'utf8');

/** @param news what was found now; every other rule keeps its run */
export function writeFound(news) {
  const kept = new Map([...readFound(), ...news].map((found) => [found.rule, found]));
  const all = RULES.filter(({ id }) => kept.has(id)).map(({ id }) => {
    const { rule, invariant, scenario, seed, minutes } = kept.get(id);
    return { rule, invariant, scenario, seed, minutes };
  });
  writeFileSync(FILE, `[\n${all.map((found) => `  ${oneLine(found)}`).join(',\n')}\n]\n`);
  const [before, after] = partsOf(readPage());
  writeFileSync(PAGE, `${before}${tableOf(all)}${after}`);
}

/** As prettier leaves it: one line a rule. */
const oneLine = (found) =>
  `{ ${Object.entries(found)
    .map(([key, value]) => `"${key}": ${JSON.stringify(value)}`)
    .join(', ')} }`;

export function tableOf(all) {
  const rows = all.map(({ rule, invariant, scenario, seed }) => {
    const { without } = RULES.find(({ id }) => id === rule);
    const named = /^B\d+$/.test(rule) ? `${rule}: ` : '';
    return `| ${named}${without} | ${invariant} | \`${scenario}\` | ${seed} |\n`;
  });
  return `${HEAD}${rows.join('')}`;
}

function partsOf(page) {
  const from = page.indexOf(HEAD);
  const to = page.indexOf('\n\n', from) + 1;
  if (from < 0 || to < 1) throw new Error(`${PAGE}: no table that begins "${HEAD.split('\n')[0]}"`);
  return [page.slice(0, from), page.slice(to)];
}

/**
 * @param without the first violation of the kept run without the rule, or null
 * @param shipped the same of the same run as it ships
 * @returns what is wrong, or null
 */
export function judge({ rule, invariant, scenario, seed }, without, shipped) {
  const run = `${scenario}, seed ${seed}`;
  const again = `(npm run hunt -- ${rule} --write looks for another)`;
  if (shipped !== null)
    return `${run} as it ships: ${shipped.invariant} at ${shipped.at} ms: ${shipped.detail}; this is no matter of ${rule}`;
  if (without === null) return `${run} without ${rule} is accused of nothing any more ${again}`;
  if (without.invariant !== invariant)
    return `${run} without ${rule} is accused of ${without.invariant} first, not ${invariant} ${again}`;
  return null;
}
