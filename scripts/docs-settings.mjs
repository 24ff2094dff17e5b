// `npm run docs:settings`: writes the generated parts of docs/settings.md from libs/settings. A test compares them.
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

process.chdir(resolve(dirname(fileURLToPath(import.meta.url)), '..'));
const DOCUMENT = 'docs/settings.md';

async function settings() {
  const options = { bundle: true, write: false, format: 'esm', platform: 'node', tsconfig: 'tsconfig.json' };
  const { outputFiles } = await build({ ...options, entryPoints: ['libs/settings/src/index.ts'] });
  return import(`data:text/javascript;base64,${Buffer.from(outputFiles[0].contents).toString('base64')}`);
}

/** Between its two marks; a document without them is not written. */
function replaced(document, name, text) {
  const [begin, end] = [`<!-- ${name}: begin -->\n`, `<!-- ${name}: end -->`];
  const [from, to] = [document.indexOf(begin), document.indexOf(end)];
  if (from < 0 || to < from) throw new Error(`${DOCUMENT}: no part ${name}`);
  return `${document.slice(0, from)}${begin}${text}\n${document.slice(to)}`;
}

const { settingsTable, settingsChapters } = await settings();
const before = readFileSync(DOCUMENT, 'utf8');
const after = replaced(replaced(before, 'table', settingsTable()), 'paragraphs', settingsChapters());
writeFileSync(DOCUMENT, after);
process.stdout.write(`${DOCUMENT}: ${after === before ? 'is up to date' : 'written'}\n`);
