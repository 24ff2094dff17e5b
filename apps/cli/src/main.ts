#!/usr/bin/env node
// `fairamp` (dist/cli/main.mjs): the command line, one command, an exit code. Standard output is the result; progress and
// complaints go to standard error.
import { CommanderError } from 'commander';
import { fairampCommand } from './commands.js';
import { codeOf, fileTrouble } from './file-trouble.js';
import { record } from './record/record.js';
import { Refused } from './refused.js';
import { replay } from './replay/replay.js';
import { status } from './status/status.js';

const WRONG_USAGE = 2;

process.stdout.on('error', (error) => {
  // Whoever reads has read enough, as `head` has.
  if (codeOf(error) === 'EPIPE') process.exit(0);
  process.stderr.write(`fairamp: standard output: ${fileTrouble(error)}\n`);
  process.exit(1);
});

const program = fairampCommand({ status, record, replay }, process.env);
for (const command of [program, ...program.commands]) {
  command.exitOverride().showHelpAfterError(`(fairamp ${command === program ? '' : `${command.name()} `}--help)`);
}
try {
  await program.parseAsync();
} catch (error) {
  process.exitCode = exitCodeOf(error);
}
// A broker that does not answer must not keep a command that is done.
if (process.exitCode !== undefined && process.exitCode !== 0) process.exit();

/** What is neither a wrong word nor refused is a bug of ours, and says where. */
function exitCodeOf(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : WRONG_USAGE;
  if (!(error instanceof Refused)) throw error;
  process.stderr.write(`fairamp: ${error.message}\n`);
  return error.exitCode;
}
