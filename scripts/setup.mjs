// `npm run setup -- …`: installs what is missing, builds what has changed, and becomes fairamp-setup. Silent unless it fails.
import { spawnSync } from 'node:child_process';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = resolve(dirname(fileURLToPath(import.meta.url)), '..');
const STDERR = 2;

for (const [script, ...args] of [['install.mjs'], ['build.mjs', 'setup', 'slave', 'master', 'sensorbox-bridge']]) {
  const stdio = ['ignore', script === 'install.mjs' ? STDERR : 'pipe', 'pipe'];
  const { status, output } = spawnSync(process.execPath, [join(root, 'scripts', script), ...args], {
    stdio,
    encoding: 'utf8',
  });
  if (status === 0) continue;
  process.stderr.write(output?.filter((text) => text !== null).join('') ?? '');
  process.exit(status ?? 1);
}
await import(pathToFileURL(join(root, 'dist', 'setup', 'main.mjs')).href);
