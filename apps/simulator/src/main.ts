// `npm run simulate` (dist/simulator/main.mjs): the command line, then a list or a run, and an exit code that says whether
// all was well. Standard output is the result; progress and complaints go to standard error.
import { accessSync, constants } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Options, parseOptions } from './options.js';
import { runSeeds } from './run.js';
import { choose, type Library, listOf, messageOf, readLibrary } from './scenarios.js';
import { USAGE } from './usage.js';

const WRONG_USAGE = 2;
const BESIDE = dirname(fileURLToPath(import.meta.url));
/** From dist/simulator. */
const SCENARIOS = fileURLToPath(new URL('../../libs/simulation/scenarios', import.meta.url));

const voices = {
  result: (line: string): void => void process.stdout.write(`${line}\n`),
  progress: (line: string): void => void process.stderr.write(`${line}\n`),
};

function refuse(detail: string): never {
  voices.progress(`npm run simulate: ${detail}`);
  process.exit(WRONG_USAGE);
}

/** Before an hour is simulated, not after it. */
function checkFolders({ csv, svg }: Options): void {
  for (const file of [csv, svg]) {
    if (file === null) continue;
    try {
      accessSync(dirname(file), constants.W_OK);
    } catch (error) {
      refuse(`${file}: cannot be written (${messageOf(error)})`);
    }
  }
}

function interruptible(stop: () => void): void {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop);
  // Whoever reads has read enough, as `head` has.
  process.stdout.on('error', stop);
}

function valueOf<T>(found: { ok: true; value: T } | { ok: false; detail: string }): T {
  return found.ok ? found.value : refuse(found.detail);
}

async function simulateAll(options: Options, library: Library): Promise<number> {
  const scenarios = valueOf(choose(options.scenario, library));
  checkFolders(options);
  return await runSeeds(options, scenarios, { workerFile: `${BESIDE}/worker.mjs`, voices }, interruptible);
}

const options = valueOf(parseOptions(process.argv.slice(2)));
if (options.help) {
  process.stdout.write(USAGE);
  process.exit(0);
}
const library = valueOf(readLibrary(SCENARIOS));
if (options.list) {
  listOf(library.scenarios, options.json).forEach((line) => voices.result(line));
  process.exit(0);
}
process.exit(await simulateAll(options, library));
