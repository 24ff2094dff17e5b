// `npm run mutate`: does any unit spec of libs/evse notice each small mistake? It keeps what it has found in
// dist/mutation.jsonl and goes on from there: a mutant that was noticed stays so until its file changes, one that
// survived is tried again when the specs change. --fresh begins anew, --json prints one object, --file x.ts one file.
import { createHash } from 'node:crypto';
import { appendFileSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';
import { mutantsOf } from './mutants.mjs';

process.chdir(resolve(dirname(fileURLToPath(import.meta.url)), '../..'));
const ROOM = 'libs/evse/src';
const STORIES = 'libs/evse/test';
const KEPT = 'dist/mutation.jsonl';
const TARGET_percent = 85;
/** Many times what all specs need; only an endless loop lasts longer. */
const HANGS_ms = 60_000;

const { values: asked } = parseArgs({
  options: { json: { type: 'boolean' }, fresh: { type: 'boolean' }, file: { type: 'string' } },
});
const say = (text) => (asked.json ? undefined : process.stderr.write(text));
const hashOf = (text) => createHash('sha1').update(text).digest('hex').slice(0, 12);

const names = readdirSync(ROOM).sort();
const endingIn = (folder, end) => {
  const files = readdirSync(folder).filter((name) => name.endsWith(end));
  return files.sort().map((name) => join(folder, name));
};
const specs = [...endingIn(ROOM, '.spec.ts'), ...endingIn(STORIES, 'stories.spec.ts')];
const tests = hashOf([...specs, join(STORIES, 'rig.ts')].map((path) => readFileSync(path, 'utf8')).join());
const sources = names.filter((name) => !name.endsWith('.spec.ts') && name !== 'index.ts' && name !== 'types.ts');

const known = new Map();
if (asked.fresh) rmSync(KEPT, { force: true });
if (existsSync(KEPT)) {
  for (const line of readFileSync(KEPT, 'utf8').trim().split('\n')) {
    const entry = JSON.parse(line);
    known.set(entry.id, entry);
  }
}
mkdirSync(dirname(KEPT), { recursive: true });

let worker = null;
async function ready() {
  if (worker !== null) return worker;
  worker = new Worker(new URL('worker.mjs', import.meta.url), {
    workerData: { specs: specs.map((path) => resolve(path)) },
  });
  const first = await answer(worker, 120_000);
  if (first === null || first.ready === undefined) throw new Error(`the specs did not run: ${JSON.stringify(first)}`);
  say(`${first.ready} tests pass without a mutant\n`);
  return worker;
}

function answer(from, most_ms) {
  return new Promise((done, fail) => {
    const timer = setTimeout(() => done(null), most_ms);
    from.once('message', (message) => (clearTimeout(timer), done(message)));
    from.once('error', (error) => (clearTimeout(timer), fail(error)));
  });
}

async function judge({ path, text }) {
  const runner = await ready();
  runner.postMessage({ path: resolve(path), text });
  const result = await answer(runner, HANGS_ms);
  runner.removeAllListeners('message');
  runner.removeAllListeners('error');
  if (result !== null) return result.failed === null ? { status: 'survived' } : { status: 'killed', by: result.failed };
  await runner.terminate();
  worker = null;
  return { status: 'killed', by: `nothing: it hangs for ${HANGS_ms / 1000} s` };
}

const all = sources
  .filter((name) => asked.file === undefined || asked.file === name)
  .flatMap((name) => {
    const path = join(ROOM, name);
    const source = readFileSync(path, 'utf8');
    return mutantsOf(path, source).map((mutant) => {
      const text = source.slice(0, mutant.start) + mutant.text + source.slice(mutant.end);
      const id = hashOf(`${path} ${hashOf(source)} ${mutant.start} ${mutant.end} ${mutant.text}`);
      return { ...mutant, id, path, text, was: source.slice(mutant.start, mutant.end), to: mutant.text };
    });
  });
const isSettled = ({ id }) => {
  const entry = known.get(id);
  return entry !== undefined && (entry.status === 'killed' || entry.tests === tests);
};
const due = all.filter((mutant) => !isSettled(mutant));
say(`${all.length} mutants in ${sources.length} files, ${due.length} to try\n`);

const startedAt = Date.now();
for (const [index, mutant] of due.entries()) {
  const entry = { id: mutant.id, tests, ...(await judge(mutant)) };
  known.set(mutant.id, entry);
  appendFileSync(KEPT, `${JSON.stringify(entry)}\n`);
  const left_s = Math.round((((Date.now() - startedAt) / (index + 1)) * (due.length - index - 1)) / 1000);
  if ((index + 1) % 25 === 0) say(`${index + 1} of ${due.length}, ${left_s} s left, now in ${mutant.path}\n`);
}
await worker?.terminate();

const short = (text) => (text.length > 60 ? `${text.slice(0, 57)}...` : text).replaceAll(/\s+/g, ' ');
const survivors = all
  .filter(({ id }) => known.get(id).status === 'survived')
  .map(({ path, line, column, operator, was, to }) => ({
    at: `${path}:${line}:${column}`,
    operator,
    was: short(was),
    to: short(to),
  }));
const killed = all.length - survivors.length;
const score_percent = Math.floor((killed / Math.max(all.length, 1)) * 1000) / 10;
if (asked.json) process.stdout.write(`${JSON.stringify({ mutants: all.length, killed, score_percent, survivors })}\n`);
else {
  for (const { at, operator, was, to } of survivors)
    process.stdout.write(`survived ${at} ${operator}: ${was} -> ${to}\n`);
  process.stdout.write(`${killed} of ${all.length} mutants killed: ${score_percent} % (target ${TARGET_percent} %)\n`);
}
process.exit(score_percent >= TARGET_percent ? 0 : 1);
