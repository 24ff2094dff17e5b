// `npm test`: everything; `npm test -- unit property` (or `npm run test:unit`): those layers only. Nest 12 is ESM, so
// jest runs with the VM modules flag; further arguments go to jest.
import { spawn, spawnSync } from 'node:child_process';
import { availableParallelism, setPriority } from 'node:os';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

process.chdir(resolve(dirname(fileURLToPath(import.meta.url)), '..'));
const COMPUTING = ['unit', 'property', 'sim', 'conformance'];
const WAITING = ['e2e'];
/** Without a number of yours. Else jest leaves a core free; and never above 100 %: it reads that as a hundred workers and more. */
const ALL_CORES = '--maxWorkers=100%';
/** Real time has to pass in these tests: a story of a charge point keeps a quarter of a core busy. */
const BESIDE_EACH_OTHER = `--maxWorkers=${2 * availableParallelism()}`;
/** A computer that stalls is no endless loop; jest's own 5 s would say so. */
const PATIENCE = '--testTimeout=30000';
/** What computes uses the time that is left by what is bound to real time (`nice`). */
const LEFT_OVER = 10;

function commandOf(layers, workers, more) {
  const isSaid = (option) => more.some((argument) => argument.startsWith(option));
  return [
    '--experimental-vm-modules',
    '--disable-warning=ExperimentalWarning',
    'node_modules/jest/bin/jest.js',
    ...(isSaid('--maxWorkers') ? [] : [workers]),
    ...(isSaid('--testTimeout') ? [] : [PATIENCE]),
    ...more,
    // Last, because it takes every word that follows.
    ...(layers.length > 0 ? ['--selectProjects', ...layers] : []),
  ];
}

/** Both print through here: neither may take the terminal for its own. @returns whether all is well */
function beside(command, priority) {
  const env = process.stdout.isTTY ? { ...process.env, FORCE_COLOR: '1' } : process.env;
  const child = spawn(process.execPath, command, { stdio: ['ignore', 'pipe', 'pipe'], env });
  if (priority > 0 && child.pid !== undefined) setPriority(child.pid, priority);
  child.stdout.pipe(process.stdout, { end: false });
  child.stderr.pipe(process.stderr, { end: false });
  return new Promise((settle) => child.once('close', (code) => settle(code === 0)));
}

async function everything() {
  const began = performance.now();
  const both = [
    beside(commandOf(WAITING, BESIDE_EACH_OTHER, []), 0),
    beside(commandOf(COMPUTING, ALL_CORES, []), LEFT_OVER),
  ];
  const [waited, computed] = await Promise.all(both);
  const word = (isRight) => (isRight ? 'passed' : 'FAILED');
  const seconds = Math.round((performance.now() - began) / 1000);
  process.stdout.write(
    `\n${WAITING.join()}: ${word(waited)}; ${COMPUTING.join(', ')}: ${word(computed)}; ${seconds} s\n`,
  );
  return waited && computed ? 0 : 1;
}

function asAsked(asked) {
  const isLayer = (argument) => [...COMPUTING, ...WAITING].includes(argument);
  const layers = asked.filter(isLayer);
  const workers = layers.length > 0 && layers.every((layer) => WAITING.includes(layer)) ? BESIDE_EACH_OTHER : ALL_CORES;
  const command = commandOf(
    layers,
    workers,
    asked.filter((argument) => !isLayer(argument)),
  );
  return spawnSync(process.execPath, command, { stdio: 'inherit' }).status ?? 1;
}

/** Once, before several files want it at the same time. */
const prepare = (script) => spawnSync(process.execPath, [script], { stdio: 'inherit' }).status ?? 1;

const asked = process.argv.slice(2);
const unprepared =
  prepare('scripts/install.mjs') || (asked.length === 0 || asked.includes('e2e') ? prepare('scripts/build.mjs') : 0);
process.exitCode = unprepared || (asked.length === 0 ? await everything() : asAsked(asked));
