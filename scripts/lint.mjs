// `npm run lint`: types, rooms, sizes and form, each with zero warnings. One after the other, all of them even when one fails.
import { spawnSync } from 'node:child_process';

const checks = [
  ['types', ['node_modules/typescript/bin/tsc', '--noEmit']],
  ['rooms, sizes, complexity', ['node_modules/eslint/bin/eslint.js', '--max-warnings', '0', 'apps', 'libs', 'test']],
  ['form', ['node_modules/prettier/bin/prettier.cjs', '--check', '--log-level', 'warn', '.']],
];
let failed = 0;
for (const [what, command] of checks) {
  const { status } = spawnSync(process.execPath, command, { stdio: 'inherit' });
  process.stdout.write(`${status === 0 ? 'ok  ' : 'FAIL'} ${what}\n`);
  if (status !== 0) failed += 1;
}
process.exit(failed === 0 ? 0 : 1);
