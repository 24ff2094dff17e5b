// The steps of the gate, one after the other, all of them even when one fails. The last line counts every test and
// every step that is no test runner: `N passed, N failed`.
import { spawnSync } from 'node:child_process';
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
function lab(name, command, args, { charging, said }) {
  process.stdout.write(`\n=== ${name}: ${[...command, ...args].join(' ')}\n`);
  const [program, ...before] = command;
  const { status, stdout } = spawnSync(program, [...before, '--json', ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
    encoding: 'utf8',
  });
  const line = stdout?.trim().split('\n').at(-1) ?? '';
  process.stdout.write(`${line}\n`);
  const wrong = status === 0 ? shortcomings(JSON.parse(line), charging, said) : [`exit code ${status}`];
  process.stdout.write(`=== ${name}: ${wrong.length === 0 ? 'passed' : `FAILED: ${wrong.join('; ')}`}\n`);
  total[wrong.length === 0 ? 'passed' : 'failed'] += 1;
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

/** Every seed draws its scenario; none may be accused of anything. */
function sweep(name, seeds, hours) {
  const runs = simulated(
    ['node', 'scripts/simulate.mjs'],
    ['--scenario', 'all', '--seeds', `1..${seeds}`, '--hours', hours],
  );
  const accused = runs.filter(({ violations }) => violations.length > 0);
  const missing = runs.length === seeds ? [] : [`${runs.length} of ${seeds} seeds came to an end`];
  const speeds = runs.map(({ speedup }) => speedup).sort((a, b) => a - b);
  const wrong = [...missing, ...accused.map(({ scenario, seed }) => `${scenario} seed ${seed} is accused`)];
  judged(name, wrong, `median speed ${Math.round(speeds[speeds.length >> 1] ?? 0)} times real time`);
}

/** One seed is one story, whichever Node tells it. */
function sameHashes(name) {
  const args = ['--scenario', 'all', '--seeds', '1..4', '--hours', '0.1'];
  const [here, there] = [['node'], node24].map((node) => simulated([...node, 'scripts/simulate.mjs'], args));
  const differ = here.filter(({ hash }, index) => hash !== there[index]?.hash);
  const wrong =
    here.length === 4 ? differ.map(({ scenario, seed }) => `${scenario} seed ${seed} differs`) : ['no runs'];
  judged(name, wrong, here.map(({ hash }) => hash.slice(0, 8)).join(' '));
}

const closed = [1, 2, 3].map((slave) => `slave${slave}: contactor closed`);
const restarts = ['28:kill9:master', '30:start:master', '40:kill9:slave2', '44:start:slave2'];
/** A master that is back within 5 s ends no session; a slave that is killed costs its own and no other. */
const sixty = ['--once', '60', ...restarts.flatMap((action) => ['--at', action])];
const survivors = { charging: 2, said: closed };
/** Without its meter the site stops and says why; with it, it goes on by itself. */
const blind = ['--once', '80', '--at', '28:kill:bridge', '--at', '42:start:bridge', '--broker', 'mosquitto'];
const revived = { charging: 2, said: [...closed, 'slave1: ERROR NO SERIAL COM', 'slave1: no error any more'] };

step('install', ['node', 'scripts/install.mjs']);
step('lint', ['npm', 'run', 'lint']);
step('build', ['npm', 'run', 'build']);
step('every branch of the charge point', ['npm', 'run', 'coverage']);
tests('npm test', ['npm', 'test', '--']);
lab('lab on aedes', ['npm', 'start', '--'], sixty, survivors);
lab('lab on mosquitto', ['npm', 'start', '--'], blind, revived);
sweep('simulator', 24, '0.25');
sameHashes('one hash on Node 20 and 24');
tests('unit and sim tests on Node 24', [...node24, 'scripts/test.mjs', 'unit', 'property', 'sim']);
lab('lab on Node 24', [...node24, 'scripts/start.mjs'], sixty, survivors);
rmSync(folder, { recursive: true, force: true });
process.stdout.write(`\n${total.passed} passed, ${total.failed} failed\n`);
process.exit(total.failed === 0 ? 0 : 1);
