import { mkdtempSync, rmSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { once } from 'node:events';
import { encodeBoardLine } from '@fairamp/board';
import { BoardServer } from './board-server.js';

const SAMPLE = { kind: 'sample', high_mV: 9000, low_mV: null } as const;
const folder = mkdtempSync(join(tmpdir(), 'fairamp-boards-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A board that says who it is and then reads nothing. */
async function sleeping(run: (server: BoardServer, board: Socket) => Promise<void>): Promise<void> {
  const path = join(folder, 'plant');
  let greeted: () => void = () => undefined;
  const known = new Promise<void>((resolve) => (greeted = resolve));
  const server = new BoardServer(['garage'], () => {
    greeted();
    return [];
  });
  await server.listen(path);
  const board = connect(path);
  board.pause();
  board.write(`${encodeBoardLine({ kind: 'hello', outlet: 'garage' })}\n`);
  await known;
  try {
    await run(server, board);
  } finally {
    board.destroy();
    server.close();
  }
}

/** More than the system holds for a socket that nobody reads. */
function flood(server: BoardServer): void {
  for (let count = 0; count < 30_000; count += 1) server.send('garage', SAMPLE);
}

test('samples that a board cannot take are lost, and it stays', () =>
  sleeping(async (server, board) => {
    flood(server);
    const closed = once(board, 'close').then(() => 'closed');
    const quiet = new Promise((resolve) => setTimeout(resolve, 200, 'quiet'));
    expect(await Promise.race([closed, quiet])).toBe('quiet');
  }));

test.each([
  { kind: 'residual', tripped: true },
  { kind: 'contactor', closed: true },
  { kind: 'lock', high: false },
  { kind: 'temperature', celsius: 70 },
  { kind: 'supply', failing: true },
  { kind: 'switch', pressed: true },
] as const)('one that misses %j must begin anew', (line) =>
  sleeping(async (server, board) => {
    flood(server);
    server.send('garage', line);
    const closed = once(board, 'close');
    board.resume();
    await closed;
    expect(board.destroyed).toBe(true);
  }),
);
