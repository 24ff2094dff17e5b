import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { type BoardLine } from '@fairamp/board';
import { BoardServer } from '../src/plant/board-server.js';
import { openTcpLine } from '../src/plant/tcp-line.js';

/** Longer than any stall. */
const PATIENCE_ms = 4000;

const received: string[] = [];
const sockets: Socket[] = [];

async function open(where: string | number): Promise<Socket> {
  const socket = typeof where === 'string' ? connect(where) : connect(where, '127.0.0.1');
  sockets.push(socket);
  socket.setEncoding('latin1').on('data', (text: string) => received.push(text));
  await once(socket, 'connect');
  return socket;
}

async function until(condition: () => boolean): Promise<void> {
  for (let waited_ms = 0; !condition() && waited_ms < PATIENCE_ms; waited_ms += 10) await pause(10);
}

/** Again and again: whoever has connected may not have been taken in yet. */
async function speak(line: { write: (bytes: Uint8Array) => void }, byte: number): Promise<void> {
  await until(() => {
    line.write(Uint8Array.of(byte));
    return received.length > 0;
  });
}

/** Its port is free again. */
async function closedLine(): Promise<{ path: string }> {
  const line = await openTcpLine();
  line.close();
  return line;
}

beforeEach(() => {
  received.length = 0;
});
afterEach(() => sockets.forEach((socket) => socket.destroy()));

describe('the Sensorbox where there is no pseudo-terminal', () => {
  test('speaks on a TCP port, to whoever is there at that moment', async () => {
    const line = await openTcpLine();
    line.write(Uint8Array.of(0x41));
    const [, port] = /^tcp:\/\/127\.0\.0\.1:(\d+)$/.exec(line.path) ?? [];
    await open(Number(port));
    await speak(line, 0x42);
    line.close();
    expect(received.join('')).toMatch(/^B+$/);
  });
});

describe('the Sensorbox for a bridge on another computer', () => {
  test('speaks on the port and the network that it is told to', async () => {
    const [, free] = /:(\d+)$/.exec((await closedLine()).path) ?? [];
    const line = await openTcpLine({ host: '0.0.0.0', port: Number(free) });
    await open(Number(free));
    await speak(line, 0x42);
    line.close();
    expect([line.path, received.join('')]).toEqual([`tcp://0.0.0.0:${free}`, expect.stringMatching(/^B+$/) as string]);
  });
});

describe('the outlets where the boards connect', () => {
  const folder = mkdtempSync(join(tmpdir(), 'fairamp-wires-'));
  const path = join(folder, 'plant.sock');
  const said: [string, BoardLine['kind']][] = [];
  let server: BoardServer;

  beforeEach(async () => {
    said.length = 0;
    server = new BoardServer(['slave1', 'slave2'], (outlet, line) => {
      said.push([outlet, line.kind]);
      return line.kind === 'hello' ? [{ kind: 'contactor', closed: false }] : [];
    });
    await server.listen(path);
  });
  afterEach(() => server.close());
  afterAll(() => rmSync(folder, { recursive: true }));

  test('a board that says which outlet it drives is answered and heard', async () => {
    const board = await open(path);
    board.write('{"kind":"hello","outlet":"slave1"}\n{"kind":"heartbeat"}\n');
    await until(() => said.length >= 2 && received.length > 0);
    expect(said).toEqual([
      ['slave1', 'hello'],
      ['slave1', 'heartbeat'],
    ]);
    expect(received.join('')).toBe('{"kind":"contactor","closed":false}\n');
  });

  test('before that it drives nothing, and noise is no command', async () => {
    const board = await open(path);
    board.write('{"kind":"power","on":true}\nnoise\n{"kind":"hello","outlet":"slave2"}\n{"kind":"power"}\n');
    await until(() => said.length > 0);
    await pause(50);
    expect(said).toEqual([['slave2', 'hello']]);
  });

  test('an outlet that does not exist is refused', async () => {
    const board = await open(path);
    board.write('{"kind":"hello","outlet":"slave9"}\n');
    await once(board, 'close');
    expect(said).toEqual([]);
  });

  test('of two boards on one outlet the newer has it, and the older is cut off', async () => {
    const older = await open(path);
    older.write('{"kind":"hello","outlet":"slave1"}\n');
    await until(() => said.length === 1);
    const newer = await open(path);
    newer.write('{"kind":"hello","outlet":"slave1"}\n');
    await once(older, 'close');
    newer.write('{"kind":"power","on":true}\n');
    await until(() => said.length >= 3);
    expect(said).toEqual([
      ['slave1', 'hello'],
      ['slave1', 'hello'],
      ['slave1', 'power'],
    ]);
  });
});
