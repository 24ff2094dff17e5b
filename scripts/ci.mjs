// The steps of the gate, one after the other, all of them even when one fails. The last line counts every test and
// every step that is no test runner: `N passed, N failed`.
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const folder = mkdtempSync(join(tmpdir(), 'fairamp-ci-'));
const node24 = ['npx', '--yes', '-p', 'node@24', 'node'];
const total = { passed: 0, failed: 0 };

function run(name, [command, ...args]) {
  process.stdout.write(`\n=== ${name}: ${[command, ...args].join(' ')}\n`);
  const startedAt = Date.now();
  const { status, error } = spawnSync(command, args, { stdio: 'inherit' });
  const isRight = status === 0;
  process.stdout.write(
    `=== ${name}: ${isRight ? 'passed' : `FAILED (${error ?? status})`} in ${Math.round((Date.now() - startedAt) / 1000)} s\n`,
  );
  return isRight;
}

function step(name, command) {
  total[run(name, command) ? 'passed' : 'failed'] += 1;
}

/** A runner that dies without a result, or runs nothing, counts as one failure. */
function tests(name, command) {
  const file = join(folder, `${name.replaceAll(' ', '-')}.json`);
  const isRight = run(name, [...command, '--json', `--outputFile=${file}`, '--silent=false']);
  let result = { numPassedTests: 0, numFailedTests: 0, numFailedTestSuites: 1 };
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
async function lab(name, command, args, { charging, said }) {
  process.stdout.write(`\n=== ${name}: ${[...command, ...args].join(' ')}\n`);
  const [program, ...before] = command;
  const { code, stdout } = await ended(program, [...before, '--json', ...args]);
  const line = stdout.trim().split('\n').at(-1) ?? '';
  process.stdout.write(`${line}\n`);
  const wrong = code === 0 ? shortcomings(JSON.parse(line), charging, said) : [`exit code ${code}`];
  process.stdout.write(`=== ${name}: ${wrong.length === 0 ? 'passed' : `FAILED: ${wrong.join('; ')}`}\n`);
  total[wrong.length === 0 ? 'passed' : 'failed'] += 1;
}

function ended(program, args) {
  return new Promise((resolve) => {
    let stdout = '';
    const child = spawn(program, args, { stdio: ['ignore', 'pipe', 'inherit'] });
    child.stdout.setEncoding('utf8').on('data', (text) => (stdout += text));
    child.once('error', (error) => resolve({ code: error.message, stdout }));
    child.once('close', (code, signal) => resolve({ code: code ?? signal, stdout }));
  });
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
function simulated(command, args) {
  const [program, ...before] = command;
  const all = [...before, ...args, '--json'];
  process.stdout.write(`\n=== ${[program, ...all].join(' ')}\n`);
  const { stdout } = spawnSync(program, all, { stdio: ['ignore', 'pipe', 'inherit'], encoding: 'utf8' });
  return (stdout ?? '')
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line));
}

function judged(name, wrong, told) {
  process.stdout.write(`=== ${name}: ${wrong.length === 0 ? 'passed' : `FAILED: ${wrong.join('; ')}`} (${told})\n`);
  total[wrong.length === 0 ? 'passed' : 'failed'] += 1;
}

const SWEEP = { seeds: 24, args: ['--scenario', 'all', '--seeds', '1..24', '--hours', '0.25'] };

/** Every seed draws its scenario; none may be accused of anything. */
function sweep(name) {
  const runs = simulated(['node', 'scripts/simulate.mjs'], SWEEP.args);
  const accused = runs.filter(({ violations }) => violations.length > 0);
  const missing = runs.length === SWEEP.seeds ? [] : [`${runs.length} of ${SWEEP.seeds} seeds came to an end`];
  const speeds = runs.map(({ speedup }) => speedup).sort((a, b) => a - b);
  const wrong = [...missing, ...accused.map(({ scenario, seed }) => `${scenario} seed ${seed} is accused`)];
  judged(name, wrong, `median speed ${Math.round(speeds[speeds.length >> 1] ?? 0)} times real time`);
  return runs;
}

/** One seed is one story, whichever Node tells it: each step of the plant and each grant that was taken up is in its hash. */
function sameHashes(name, here) {
  const there = simulated([...node24, 'scripts/simulate.mjs'], SWEEP.args);
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

step('install', ['node', 'scripts/install.mjs']);
step('lint', ['npm', 'run', 'lint']);
step('build', ['npm', 'run', 'build']);
step('every branch of the charge point', ['npm', 'run', 'coverage']);
tests('npm test', ['npm', 'test', '--']);
// At the same time: each waits most of the time, and two sites on one computer must not know of each other.
await Promise.all([
  lab('lab on aedes', ['npm', 'start', '--'], sixty, survivors),
  lab('lab on mosquitto', ['npm', 'start', '--'], blind, revived),
]);
const told = sweep('simulator');
// What is pure and comes to the same hashes needs no second play on Node 24; what asks more of Node is in unit and lab.
tests('unit tests on Node 24', [...node24, 'scripts/test.mjs', 'unit']);
sameHashes('one hash on Node 20 and 24', told);
await lab('lab on Node 24', [...node24, 'scripts/start.mjs'], sixty, survivors);
rmSync(folder, { recursive: true, force: true });
process.stdout.write(`\n${total.passed} passed, ${total.failed} failed\n`);
process.exit(total.failed === 0 ? 0 : 1);
