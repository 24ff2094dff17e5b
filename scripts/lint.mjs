// `npm run lint`: types, rooms, sizes and form, each with zero warnings. Side by side, as each keeps one core busy; told
// one after the other, all of them even when one fails.
import { spawn } from 'node:child_process';

const checks = [
  ['types', ['node_modules/typescript/bin/tsc', '--noEmit']],
  ['rooms, sizes, complexity', ['node_modules/eslint/bin/eslint.js', '--max-warnings', '0', 'apps', 'libs', 'test']],
  ['form', ['node_modules/prettier/bin/prettier.cjs', '--check', '--log-level', 'warn', '.']],
];

function run(what, command) {
  const child = spawn(process.execPath, command, { stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (text) => (said += text));
  return new Promise((resolve) => {
    child.once('close', (code) => resolve({ what, said, isRight: code === 0 }));
  });
}

let failed = 0;
for (const running of checks.map(([what, command]) => run(what, command))) {
  const { what, said, isRight } = await running;
  process.stdout.write(`${said}${isRight ? 'ok  ' : 'FAIL'} ${what}\n`);
  if (!isRight) failed += 1;
}
process.exit(failed === 0 ? 0 : 1);
