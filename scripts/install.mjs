// Installs the packages when they are missing or the lock has changed since; `npm start` and `npm test` call it.
// Not `npm ci`: where a registry lacks the packages of other platforms, npm 11 rejects its own lock (npm/cli#9846).
// What is installed holds for one lock and one major version of Node, as native code does.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

process.chdir(resolve(dirname(fileURLToPath(import.meta.url)), '..'));

const RECORD = 'node_modules/.fairamp-install';
const [major] = process.versions.node.split('.');
const lock = createHash('sha256').update(readFileSync('package-lock.json')).digest('hex');
const wanted = `${lock} node${major}\n`;

if (existsSync(RECORD) && readFileSync(RECORD, 'utf8') === wanted) process.exit(0);

process.stdout.write('Installing packages; a minute or two the first time.\n');
const began = Date.now();
const options = ['install', '--no-save', '--no-audit', '--no-fund', '--loglevel=error'];
// npm of the same Node, also where PATH has another one first.
const npm = process.env.npm_execpath;
const viaNode = npm !== undefined && npm.endsWith('.js') && existsSync(npm);
const { status, error } = viaNode
  ? spawnSync(process.execPath, [npm, ...options], { stdio: 'inherit' })
  : spawnSync(process.platform === 'win32' ? 'npm.cmd' : 'npm', options, { stdio: 'inherit' });
if (status !== 0) {
  process.stderr.write(`The packages could not be installed${error === undefined ? '' : `: ${error.message}`}.\n`);
  process.exit(status ?? 1);
}
writeFileSync(RECORD, wanted);
process.stdout.write(`Installed in ${Math.round((Date.now() - began) / 1000)} s.\n`);
