// What the io process is made of: little stands between a sample and the contactor when little is loaded.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const ROOT = resolve(import.meta.dirname, '../../..');
const IO = join(ROOT, 'dist/slave/io.mjs');

beforeAll(() => {
  const { status, stderr } = spawnSync(process.execPath, [join(ROOT, 'scripts/build.mjs'), 'slave'], {
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(stderr);
}, 60_000);

test.each(['@nestjs/', 'reflect-metadata', 'node_modules/mqtt/', 'node_modules/aedes/', 'node_modules/rxjs/'])(
  'the io process holds no %s',
  (name) => {
    expect(readFileSync(IO, 'utf8').includes(name)).toBe(false);
    expect(readFileSync(join(ROOT, 'dist/slave/main.mjs'), 'utf8').includes('node_modules/zod/')).toBe(true);
  },
);

test('started by a person, it says who starts it, and that it has no pipe', () => {
  const help = spawnSync(process.execPath, [IO, '--help'], { encoding: 'utf8' });
  expect(help.status).toBe(0);
  expect(help.stdout).toContain('fairamp-slave starts it, nobody else should');
  const config = ['site=home', 'id=left', `key=${'ab'.repeat(32)}`, 'settings.loadbl=disabled', 'board.kind=linux'];
  const file = join(import.meta.dirname, 'plain-board.json');
  const set = [...config, `board.file=${file}`].flatMap((pair) => ['--set', pair]);
  const alone = spawnSync(process.execPath, [IO, ...set], { encoding: 'utf8' });
  expect([alone.status, alone.stderr]).toEqual([2, expect.stringContaining('descriptor 3 is no pipe')]);
});
