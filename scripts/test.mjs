// `npm test`: everything; `npm test -- unit property` (or `npm run test:unit`): those layers only. Nest 12 is ESM, so
// jest runs with the VM modules flag; further arguments go to jest.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';

if (!existsSync('node_modules/jest')) {
  const { status } = spawnSync(process.execPath, ['scripts/install.mjs'], { stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}
const layers = ['unit', 'property', 'conformance', 'e2e'];
const asked = process.argv.slice(2);
const selected = asked.filter((argument) => layers.includes(argument));
const rest = asked.filter((argument) => !layers.includes(argument));
const { status } = spawnSync(
  process.execPath,
  [
    '--experimental-vm-modules',
    '--disable-warning=ExperimentalWarning',
    'node_modules/jest/bin/jest.js',
    ...rest,
    // Last, because it takes every word that follows.
    ...(selected.length > 0 ? ['--selectProjects', ...selected] : []),
  ],
  { stdio: 'inherit' },
);
process.exit(status ?? 1);
