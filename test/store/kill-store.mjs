// `npm run kill-store`: a real process keeps settings, epoch and session records as fast as it can, and is killed (SIGKILL)
// at random moments, again and again in one folder. After each kill nothing may be torn and nothing lost that it had
// acknowledged. What a kill cannot show, for the kernel lives on, libs/store/test/power-cut.sim.spec.ts does.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '../..');
const USAGE = `npm run kill-store -- [--kills N] [--json]   (default: 200 kills)

  --kills N   how often, 1 to 1000000
  --json      one JSON object at the end, and no progress
  --help      this

Ends with 0 when nothing was torn or lost, with 1 otherwise; Ctrl-C ends it early and tells what was seen until then.
`;
/** A writer is killed after at most so many acknowledgements, and within so long of the last of them. */
const ACKNOWLEDGED_MOST = 40;
const MOMENT_MOST_ms = 4;
/** Of what is wrong, the first are told. */
const TOLD_MAX = 5;
const KINDS = { s: 'settings', e: 'epoch', l: 'session log' };

function optionsOf(argv) {
  const options = { kills: { type: 'string' }, json: { type: 'boolean' }, help: { type: 'boolean' } };
  const { values } = parseArgs({ args: argv, options });
  const kills = Number(values.kills ?? 200);
  if (!Number.isInteger(kills) || kills < 1 || kills > 1e6)
    throw new Error(`--kills ${values.kills}: not a whole number from 1 to 1000000`);
  return { kills, json: values.json === true, help: values.help === true };
}

async function bundled(folder) {
  const { build } = await import('esbuild');
  const outfile = join(folder, 'life.mjs');
  await build({
    entryPoints: [join(root, 'test/store/kill-life.ts')],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    tsconfig: join(root, 'tsconfig.json'),
    logLevel: 'warning',
  });
  return outfile;
}

/** @returns the newest of each kind that it acknowledged */
function lifeAndDeath(script, folder, from, children) {
  return new Promise((done, fail) => {
    // In a group of its own: Ctrl-C is the script's business. Without the script its output is closed, which ends it.
    const child = spawn(process.execPath, [script, 'live', folder, String(from)], {
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: true,
    });
    children.add(child);
    const acknowledged = { s: 0, e: 0, l: 0 };
    let [rest, said] = ['', ''];
    let left = Math.ceil(Math.random() * ACKNOWLEDGED_MOST);
    const kill = () => setTimeout(() => child.kill('SIGKILL'), Math.random() * MOMENT_MOST_ms);
    child.stderr.setEncoding('utf8').on('data', (text) => (said += text));
    child.stdout.setEncoding('utf8').on('data', (text) => {
      const lines = (rest + text).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) acknowledged[line[0]] = Number(line.slice(2));
      if (left > 0 && lines.length >= left) kill();
      left -= lines.length;
    });
    child.on('error', fail);
    child.on('close', (code, signal) => {
      children.delete(child);
      if (signal === 'SIGKILL') done(acknowledged);
      else fail(new Error(`the writer ended by itself (${signal ?? code}): ${said}`));
    });
  });
}

async function run({ kills, json }) {
  const home = mkdtempSync(join(tmpdir(), 'fairamp-kill-'));
  const children = new Set();
  const seen = { kills: 0, acknowledged: 0, torn: 0, lost: 0, seconds: 0, told: [] };
  let isInterrupted = false;
  process.once('SIGINT', () => {
    isInterrupted = true;
    for (const child of children) child.kill('SIGKILL');
  });
  const began = performance.now();
  try {
    const script = await bundled(home);
    const { lookAt } = await import(pathToFileURL(script).href);
    const folder = join(home, 'store');
    let held = { s: 0, e: 0, l: 0 };
    while (seen.kills < kills && !isInterrupted) {
      const before = Math.max(...Object.values(held));
      const acknowledged = await lifeAndDeath(script, folder, before + 1, children);
      seen.kills += 1;
      const found = lookAt(folder);
      judge(seen, { before: held, acknowledged, found });
      seen.acknowledged += Object.values(acknowledged).reduce((sum, id) => sum + Math.max(0, id - before), 0);
      held = found.held;
      if (!json && (seen.kills % 50 === 0 || seen.kills === kills))
        process.stderr.write(`${seen.kills} kills, ${seen.torn} torn, ${seen.lost} lost\n`);
    }
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
  seen.seconds = Math.round((performance.now() - began) / 1000);
  return { ...seen, isInterrupted };
}

/** A life that was killed before its first acknowledgement of a kind still has what the one before had. */
function judge(seen, { before, acknowledged, found }) {
  const lost = Object.keys(KINDS)
    .map((kind) => [kind, Math.max(before[kind], acknowledged[kind])])
    .filter(([kind, least]) => found.held[kind] < least)
    .map(([kind, least]) => `${KINDS[kind]}: ${least} was acknowledged, ${found.held[kind]} is there`);
  seen.torn += found.torn.length;
  seen.lost += lost.length;
  for (const text of [...found.torn, ...lost])
    if (seen.told.length < TOLD_MAX) seen.told.push(`kill ${seen.kills}: ${text}`);
}

try {
  const options = optionsOf(process.argv.slice(2));
  if (options.help) process.stdout.write(USAGE);
  else {
    const result = await run(options);
    const { kills, acknowledged, torn, lost, seconds, told } = result;
    for (const text of told) process.stderr.write(`${text}\n`);
    const sentence = `${kills} kills, ${acknowledged} acknowledgements: ${torn} torn, ${lost} lost, in ${seconds} s`;
    process.stdout.write(`${options.json ? JSON.stringify(result) : sentence}\n`);
    process.exitCode = torn + lost > 0 || kills === 0 ? 1 : 0;
  }
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n\n${USAGE}`);
  process.exitCode = 1;
}
