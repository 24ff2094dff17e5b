// fairamp-setup (dist/setup/main.mjs): the command line, one command, and an exit code. Progress and complaints go to
// standard error, the result to standard output.
import { existsSync, realpathSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { COMMAND, type Outcome } from './commands.js';
import { dryRun } from './dry-run.js';
import { filesBelow } from './files.js';
import { parseOptions, type Options } from './options.js';
import { Refused } from './refused.js';
import { noSystem, runningSystem } from './system.js';
import { USAGE } from './usage.js';

const WRONG_USAGE = 2;
/** From dist/setup. */
const OWN_BUILD = resolve(dirname(fileURLToPath(import.meta.url)), '../..');

const report = (line: string): void => void process.stderr.write(`${line}\n`);

function run(options: Options): Outcome {
  checkPlace(options);
  const isSystem = options.root === '/';
  const files = filesBelow(realpathSync(options.root));
  return COMMAND[options.command](
    {
      files: options.dryRun ? dryRun(files, report) : files,
      system: isSystem ? runningSystem() : noSystem,
      ownNode: realpathSync(process.execPath),
      ownBuild: OWN_BUILD,
      report,
    },
    options,
  );
}

function checkPlace({ root, command, dryRun: isDry }: Options): void {
  if (!existsSync(root)) throw new Refused(`--root ${root}: is not there`);
  const changes = (command === 'install' || command === 'remove') && !isDry;
  if (root === '/' && changes && process.getuid?.() !== 0)
    throw new Refused(`${command}: needs root (sudo), or --root DIR for an image`);
}

function outcomeOf(options: Options): Outcome {
  try {
    return run(options);
  } catch (error) {
    if (error instanceof Refused) return { ok: false, text: error.message, details: { refused: error.message } };
    const text = error instanceof Error ? error.message : String(error);
    return { ok: false, text: `${text}; repeat it, or remove what there is`, details: { failed: text } };
  }
}

const asked = parseOptions(process.argv.slice(2));
if (!asked.ok) {
  report(`fairamp-setup: ${asked.detail}`);
  process.exit(WRONG_USAGE);
}
if (asked.value.kind === 'help') {
  process.stdout.write(USAGE);
  process.exit(0);
}
const { options } = asked.value;
const { ok, text, details } = outcomeOf(options);
if (options.json) process.stdout.write(`${JSON.stringify({ command: options.command, ok, ...details })}\n`);
else if (ok) process.stdout.write(`${text}\n`);
if (!ok) report(`fairamp-setup: ${text}`);
process.exit(ok ? 0 : 1);
