// `npm start`: installs what is missing, builds what has changed, and becomes the lab (README.md). Its own words go to
// standard error, so that a scripted run's standard output is its result and nothing else.
import { spawnSync } from 'node:child_process';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const STDERR = 2;

for (const step of ['install.mjs', 'build.mjs']) {
  const { status, signal } = spawnSync(process.execPath, [join(root, 'scripts', step)], {
    stdio: ['ignore', STDERR, STDERR],
  });
  if (status !== 0) process.exit(signal === null ? (status ?? 1) : 130);
}
// In this very process: one less to forward signals, keys and the exit code through.
await import(pathToFileURL(join(root, 'dist', 'lab', 'main.mjs')).href);
