// The steps of the gate, all of them even when one fails, in two lanes side by side: what is bound to real time mostly
// waits, and what computes uses the time that is left (`nice`). What Node 24 plays is in a copy of its own, as packages are
// installed for one Node. The last line counts every test and every step that is no test runner: `N passed, N failed`.
import { spawn } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { setPriority, tmpdir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const folder = mkdtempSync(join(tmpdir(), 'fairamp-ci-'));
const copy = join(folder, 'node24');
const node24 = ['npx', '--yes', '-p', 'node@24', 'node'];
const total = { passed: 0, failed: 0 };
const LEFT_OVER = { cwd: root, priority: 10 };
const REAL_TIME = { cwd: root, priority: 0 };
const ON_NODE_24 = { cwd: copy, priority: 10 };

/** @returns its exit code, or why there is none, and what it printed, of which standard output alone for itself */
function ended([program, ...args], { cwd, priority }) {
  return new Promise((settle) => {
    const texts = { stdout: '', said: '' };
    const child = spawn(program, args, { cwd, stdio: ['ignore', 'pipe', 'pipe'] });
    if (priority > 0 && child.pid !== undefined) setPriority(child.pid, priority);
    child.stdout.setEncoding('utf8').on('data', (text) => (texts.stdout += text));
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text) => (texts.said += text));
    child.once('error', (error) => settle({ code: error.message, ...texts }));
    child.once('close', (code, signal) => settle({ code: code ?? signal, ...texts }));
  });
}

/** What it prints is shown whole when it has ended, so that two at a time can be read. */
async function run(name, command, where) {
  process.stdout.write(`\n=== ${name} begins: ${command.join(' ')}\n`);
  const began = performance.now();
  const { code, said } = await ended(command, where);
  const seconds = Math.round((performance.now() - began) / 1000);
  const word = code === 0 ? 'passed' : `FAILED (${code})`;
  process.stdout.write(`\n=== ${name}:\n${said}=== ${name}: ${word} in ${seconds} s\n`);
  return code === 0;
}

async function step(name, command, where) {
  total[(await run(name, command, where)) ? 'passed' : 'failed'] += 1;
}

/** A runner that dies without a result, or runs nothing, counts as one failure. */
async function tests(name, command, where) {
  const file = join(folder, `${name.replaceAll(/\W+/g, '-')}.json`);
  const isRight = await run(name, [...command, '--json', `--outputFile=${file}`, '--silent=false'], where);
  let result = { numPassedTests: 0, numFailedTests: 0 };
  try {
    result = JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    // Counted below.
  }
  total.passed += result.numPassedTests;
  total.failed += result.numFailedTests;
  if ((!isRight && result.numFailedTests === 0) || result.numPassedTests === 0) total.failed += 1;
}

/** Said by the lab's own exit code: no violation, no unexpected end. Asked here: that it did its main job at all. */
async function lab(name, command, { charging, said: expected }, cwd = root) {
  process.stdout.write(`\n=== ${name} begins: ${command.join(' ')}\n`);
  const { code, stdout, said } = await ended(command, { cwd, priority: 0 });
  const line = stdout.trim().split('\n').at(-1) ?? '';
  const wrong = code === 0 ? shortcomings(JSON.parse(line), charging, expected) : [`exit code ${code}`];
  judged(name, wrong, wrong.length === 0 ? line : said);
}

function shortcomings(outcome, charging, said) {
  const missing = said.filter((text) => !outcome.events.some((event) => event.text.includes(text)));
  return [
    ...(outcome.charging >= charging ? [] : [`${outcome.charging} charge at the end, not ${charging}`]),
    ...(outcome.worst_over_s <= 9.5 ? [] : [`${outcome.worst_over_s} s over`]),
    ...missing.map((text) => `nobody said "${text}"`),
  ];
}

/** What `--json` says of each seed; a run that did not end says nothing and counts as failed. */
async function simulated(node, where) {
  const { stdout } = await ended([...node, 'scripts/simulate.mjs', ...SWEEP.args, '--json'], where);
  return stdout
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line));
}

function judged(name, wrong, told) {
  const word = wrong.length === 0 ? 'passed' : `FAILED: ${wrong.join('; ')}`;
  process.stdout.write(`\n=== ${name}: ${word} (${told})\n`);
  total[wrong.length === 0 ? 'passed' : 'failed'] += 1;
}

const SWEEP = { seeds: 24, args: ['--scenario', 'all', '--seeds', '1..24', '--hours', '0.25'] };

/** Every seed draws its scenario; none may be accused of anything. */
async function sweep(name) {
  const runs = await simulated(['node'], LEFT_OVER);
  const accused = runs.filter(({ violations }) => violations.length > 0);
  const missing = runs.length === SWEEP.seeds ? [] : [`${runs.length} of ${SWEEP.seeds} seeds came to an end`];
  const speeds = runs.map(({ speedup }) => speedup).sort((a, b) => a - b);
  const wrong = [...missing, ...accused.map(({ scenario, seed }) => `${scenario} seed ${seed} is accused`)];
  judged(name, wrong, `median speed ${Math.round(speeds[speeds.length >> 1] ?? 0)} times real time`);
  return runs;
}

/** One seed is one story, whichever Node tells it: each step of the plant and each grant that was taken up is in its hash. */
async function sameHashes(name, here) {
  const there = await simulated(node24, ON_NODE_24);
  const differ = here.filter(({ hash }, index) => hash !== there[index]?.hash);
  const wrong =
    here.length === SWEEP.seeds ? differ.map(({ scenario, seed }) => `${scenario} seed ${seed} differs`) : ['no runs'];
  judged(name, wrong, `${here.length} seeds`);
}

const closed = [1, 2, 3].map((slave) => `slave${slave}: contactor closed`);
const restarts = ['28:kill9:master', '30:start:master', '40:kill9:slave2', '44:start:slave2'];
/** A master that is back within 5 s ends no session; a slave that is killed costs its own and no other. */
const sixty = ['--once', '60', ...restarts.flatMap((action) => ['--at', action])];
const survivors = { charging: 2, said: closed };
/** Without its meter the site stops and says why; with it, it goes on by itself. */
const blind = [
  '--once',
  '80',
  '--at',
  '28:kill:bridge',
  '--at',
  '42:start:bridge',
  '--broker',
  'mosquitto',
  '--port',
  '0',
];
const revived = { charging: 2, said: [...closed, 'slave1: ERROR NO SERIAL COM', 'slave1: no error any more'] };

/** Neither what is installed nor what is built. */
async function copyForNode24() {
  const left = ['node_modules', 'dist', 'coverage', '.git', '.fairamp'];
  cpSync(root, copy, { recursive: true, filter: (path) => dirname(path) !== root || !left.includes(basename(path)) });
  await step('install for Node 24', [...node24, 'scripts/install.mjs'], ON_NODE_24);
  // Before the lab and the simulator want it at the same time.
  await step('build for Node 24', [...node24, 'scripts/build.mjs'], ON_NODE_24);
}

async function realTime(isReadyOn24) {
  await tests('npm test: in real time', ['npm', 'test', '--', 'e2e'], REAL_TIME);
  const begin = ['npm', 'start', '--', '--json'];
  await isReadyOn24;
  // At the same time: each waits most of the time, and sites on one computer must not know of each other.
  await Promise.all([
    lab('lab on aedes', [...begin, ...sixty], survivors),
    lab('lab on mosquitto', [...begin, ...blind], revived),
    lab('lab on Node 24', [...node24, 'scripts/start.mjs', '--json', '--port', '0', ...sixty], survivors, copy),
  ]);
}

async function leftOver(isReadyOn24) {
  await step('lint', ['npm', 'run', 'lint'], LEFT_OVER);
  await step('every branch of the charge point', ['npm', 'run', 'coverage'], LEFT_OVER);
  await tests('npm test: computed', ['npm', 'test', '--', 'unit', 'property', 'sim', 'conformance'], LEFT_OVER);
  const told = await sweep('simulator');
  await isReadyOn24;
  // What is pure and comes to the same hashes needs no second play on Node 24; what asks more of Node is in unit and lab.
  await tests('unit tests on Node 24', [...node24, 'scripts/test.mjs', 'unit'], ON_NODE_24);
  await sameHashes('one hash on Node 20 and 24', told);
}

const began = performance.now();
await step('install', ['node', 'scripts/install.mjs'], REAL_TIME);
await step('build', ['npm', 'run', 'build'], REAL_TIME);
const isReadyOn24 = copyForNode24();
await Promise.all([realTime(isReadyOn24), leftOver(isReadyOn24)]);
rmSync(folder, { recursive: true, force: true });
process.stdout.write(`\nin ${Math.round((performance.now() - began) / 1000)} s\n`);
process.stdout.write(`${total.passed} passed, ${total.failed} failed\n`);
process.exit(total.failed === 0 ? 0 : 1);
