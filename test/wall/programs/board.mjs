// The Linux board in a process of its own, driven by JSON lines: the test is outside of the namespace in which its files
// are. Its clock is the computer's monotonic one, so that both ends mean the same moment.
import { readFileSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { build } from 'esbuild';

const root = resolve(import.meta.dirname, '../../..');
const outfile = join(root, `dist/wall/board-${process.pid}.mjs`);
await build({
  stdin: { contents: "export * from '@fairamp/board'", resolveDir: root },
  outfile,
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node20',
  tsconfig: join(root, 'tsconfig.json'),
  external: ['onoff'],
});
const { boardSchema, linuxBoard } = await import(outfile);
rmSync(outfile);

const say = (line) => process.stdout.write(`${JSON.stringify(line)}\n`);
const clock = { now: () => Math.floor(Number(process.hrtime.bigint()) / 1e6) };
const description = boardSchema.parse(JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8')));
const board = linuxBoard(description, clock, (why) => process.stderr.write(`${why}\n`));
board.on((event) => say({ event }));
createInterface({ input: process.stdin }).on('line', async (line) => {
  const { id, call, args } = JSON.parse(line);
  if (call !== undefined) await board[call](...args);
  if (id !== undefined) say({ id, at: clock.now() });
});
say({ capabilities: board.capabilities });
