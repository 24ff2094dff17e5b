// `npm test`: everything; `npm test -- unit property` (or `npm run test:unit`): those layers only. Nest 12 is ESM, so
// jest runs with the VM modules flag; further arguments go to jest.
import { spawnSync } from 'node:child_process';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

process.chdir(resolve(dirname(fileURLToPath(import.meta.url)), '..'));
const installed = spawnSync(process.execPath, ['scripts/install.mjs'], { stdio: 'inherit' });
if (installed.status !== 0) process.exit(installed.status ?? 1);
const layers = ['unit', 'property', 'sim', 'conformance', 'e2e'];
const asked = process.argv.slice(2);
const selected = asked.filter((argument) => layers.includes(argument));
const rest = asked.filter((argument) => !layers.includes(argument));
// Else jest leaves one core free, and on two cores the end-to-end tests, which mostly wait, run one after the other. Never
// beside a number of yours, and never above 100 %: jest reads both as a hundred workers and more.
const WORKERS = '--maxWorkers=100%';
const { status } = spawnSync(
  process.execPath,
  [
    '--experimental-vm-modules',
    '--disable-warning=ExperimentalWarning',
    'node_modules/jest/bin/jest.js',
    ...(rest.some((argument) => argument.startsWith('--maxWorkers')) ? [] : [WORKERS]),
    ...rest,
    // Last, because it takes every word that follows.
    ...(selected.length > 0 ? ['--selectProjects', ...selected] : []),
  ],
  { stdio: 'inherit' },
);
process.exit(status ?? 1);
