// `npm run simulate`: installs what is missing, builds what has changed, and becomes the simulator. Both are silent unless
// they fail or take long, so that what one reads is the result and nothing else.
import { spawnSync } from 'node:child_process';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const STDERR = 2;
const INTERRUPTED = 130;

/** Installing takes minutes and says so itself. */
function step(script, args, stdout) {
  const { status, signal, output } = spawnSync(process.execPath, [join(root, 'scripts', script), ...args], {
    stdio: ['ignore', stdout, stdout],
    encoding: 'utf8',
  });
  if (status === 0) return;
  process.stderr.write(output?.filter((text) => text !== null).join('') ?? '');
  process.exit(signal === null ? (status ?? 1) : INTERRUPTED);
}

step('install.mjs', [], STDERR);
step('build.mjs', ['simulator'], 'pipe');
// In this very process: one less to forward signals and the exit code through.
await import(pathToFileURL(join(root, 'dist', 'simulator', 'main.mjs')).href);
