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

/** A minute of the lab with a bridge, a slave and a master that die and come back. Its own exit code judges. */
const lab = (...more) => [
  '--once',
  '60',
  '--json',
  '--at',
  '25:kill:bridge',
  '--at',
  '31:start:bridge',
  '--at',
  '38:kill9:slave2',
  '--at',
  '44:start:slave2',
  '--at',
  '48:kill9:master',
  '--at',
  '50:start:master',
  ...more,
];

step('install', ['node', 'scripts/install.mjs']);
step('lint', ['npm', 'run', 'lint']);
step('build', ['npm', 'run', 'build']);
tests('npm test', ['npm', 'test', '--']);
step('lab on aedes', ['npm', 'start', '--', ...lab()]);
step('lab on mosquitto', ['npm', 'start', '--', ...lab('--broker', 'mosquitto')]);
tests('unit tests on Node 24', [...node24, 'scripts/test.mjs', 'unit', 'property']);
step('lab on Node 24', [...node24, 'scripts/start.mjs', ...lab()]);
rmSync(folder, { recursive: true, force: true });
process.stdout.write(`\n${total.passed} passed, ${total.failed} failed\n`);
process.exit(total.failed === 0 ? 0 : 1);
