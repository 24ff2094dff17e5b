// `npm run fairamp -- …`: installs what is missing, builds what has changed, and becomes the fairamp command. Silent unless
// it fails, so that what one reads is the result and nothing else.
import { spawnSync } from 'node:child_process';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const STDERR = 2;
const INTERRUPTED = 130;

for (const [script, ...args] of [['install.mjs'], ['build.mjs', 'cli']]) {
  const stdio = ['ignore', script === 'install.mjs' ? STDERR : 'pipe', 'pipe'];
  const { status, signal, output } = spawnSync(process.execPath, [join(root, 'scripts', script), ...args], {
    stdio,
    encoding: 'utf8',
  });
  if (status === 0) continue;
  process.stderr.write(output?.filter((text) => text !== null).join('') ?? '');
  process.exit(signal === null ? (status ?? 1) : INTERRUPTED);
}
// In this very process: one less to forward signals, keys and the exit code through.
await import(pathToFileURL(join(root, 'dist', 'cli', 'main.mjs')).href);
