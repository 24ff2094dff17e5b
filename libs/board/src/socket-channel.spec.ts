// Over real sockets: a unix one in a folder of its own, a TCP one on a port that the system chooses.
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo, type Server, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { LONGEST_LINE_bytes } from './plant-wire.js';
import { SocketChannel, type SocketAddress } from './socket-channel.js';
import { readLines, writeLine } from './socket-lines.js';

const QUICK = { first_ms: 5, longest_ms: 20 };
/** Bounds every wait of a test. */
const PATIENCE_ms = 4000;

type Peer = { readonly server: Server; readonly sockets: Socket[]; readonly lines: string[] };

let folder: string;
let cleanups: (() => void)[];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'fairamp-board-'));
  cleanups = [() => rmSync(folder, { recursive: true, force: true })];
});
afterEach(() => cleanups.toReversed().forEach((cleanup) => cleanup()));

function listen(where: string | number): Promise<Peer> {
  const peer: Peer = { server: createServer(), sockets: [], lines: [] };
  peer.server.on('connection', (socket) => {
    peer.sockets.push(socket);
    socket.on('error', () => undefined);
    readLines(socket, (line) => peer.lines.push(line));
  });
  cleanups.push(() => hangUp(peer));
  return new Promise((resolve) => peer.server.listen(where, () => resolve(peer)));
}

function hangUp(peer: Peer): void {
  peer.server.close();
  peer.sockets.forEach((socket) => socket.destroy());
}

function open(address: SocketAddress) {
  const channel = new SocketChannel(address, QUICK);
  const lines: string[] = [];
  const connections: boolean[] = [];
  channel.onLine((line) => lines.push(line));
  channel.onConnection((connected) => connections.push(connected));
  cleanups.push(() => channel.close());
  return { channel, lines, connections };
}

async function until(holds: () => boolean): Promise<void> {
  const end = Date.now() + PATIENCE_ms;
  while (!holds() && Date.now() < end) await new Promise((resolve) => setTimeout(resolve, 5));
  expect(holds()).toBe(true);
}

test('lines go both ways over a unix socket, whole, however they are cut on the way', async () => {
  const path = join(folder, 'plant');
  const peer = await listen(path);
  const { channel, lines, connections } = open({ path });
  await until(() => peer.sockets.length === 1 && connections.at(-1) === true);
  channel.send('{"kind":"heartbeat"}');
  peer.sockets[0]?.write('one\ntw');
  await until(() => lines.length === 1);
  peer.sockets[0]?.write('o\nthree\n');
  await until(() => lines.length === 3 && peer.lines.length === 1);
  expect([lines, peer.lines]).toEqual([['one', 'two', 'three'], ['{"kind":"heartbeat"}']]);
});

test('lines go over TCP', async () => {
  const peer = await listen(0);
  const { port } = peer.server.address() as AddressInfo;
  const { channel, connections } = open({ host: '127.0.0.1', port });
  await until(() => connections.at(-1) === true);
  channel.send('hello');
  await until(() => peer.lines.length === 1);
});

test('waits for a plant that is not there yet, and comes back to one that was away', async () => {
  const path = join(folder, 'plant');
  const { channel, connections } = open({ path });
  channel.send('lost, for nobody is there');
  await until(() => connections.length === 1);
  const first = await listen(path);
  await until(() => connections.at(-1) === true);
  hangUp(first);
  await until(() => connections.at(-1) === false);
  const second = await listen(path);
  await until(() => connections.at(-1) === true);
  channel.send('here again');
  await until(() => second.lines.length === 1);
  expect(connections).toEqual([false, true, false, true]);
  expect([first.lines, second.lines]).toEqual([[], ['here again']]);
});

test('keeps nothing of what was said while it was down', async () => {
  const path = join(folder, 'plant');
  const { channel, connections } = open({ path });
  channel.send('{"kind":"power","on":true}');
  const peer = await listen(path);
  await until(() => connections.at(-1) === true);
  channel.send('first');
  await until(() => peer.lines.length > 0);
  expect(peer.lines).toEqual(['first']);
});

test('closed, it sends what was said before, and never comes back', async () => {
  const path = join(folder, 'plant');
  const peer = await listen(path);
  const { channel, connections } = open({ path });
  await until(() => connections.at(-1) === true);
  channel.send('last words');
  channel.close();
  await until(() => connections.at(-1) === false && peer.lines.length === 1);
  await new Promise((resolve) => setTimeout(resolve, 60));
  expect(peer.sockets.length).toBe(1);
});

test('hangs up on a line without an end', async () => {
  const path = join(folder, 'plant');
  const peer = await listen(path);
  const { lines, connections } = open({ path });
  await until(() => connections.at(-1) === true && peer.sockets.length === 1);
  peer.sockets[0]?.write('x'.repeat(LONGEST_LINE_bytes + 1));
  await until(() => connections.includes(false, 1));
  expect(lines).toEqual([]);
});

test('hangs up on a peer that does not read, before it has kept much for it', async () => {
  const path = join(folder, 'plant');
  const peer = await listen(path);
  const { channel, connections } = open({ path });
  await until(() => connections.at(-1) === true && peer.sockets.length === 1);
  peer.sockets[0]?.pause();
  const line = 'x'.repeat(400);
  for (let sent = 0; sent < 20_000; sent += 1) channel.send(line);
  await until(() => connections.includes(false, 1));
});

test('who has stopped listening is told nothing', async () => {
  const path = join(folder, 'plant');
  const peer = await listen(path);
  const { channel, lines, connections } = open({ path });
  const unheard: unknown[] = [];
  channel.onLine((line) => unheard.push(line))();
  channel.onConnection((connected) => unheard.push(connected))();
  await until(() => connections.at(-1) === true && peer.sockets.length === 1);
  const socket = peer.sockets[0];
  if (socket !== undefined) writeLine(socket, 'one');
  await until(() => lines.length === 1);
  expect(unheard).toEqual([false]);
});

test('to a socket that has ended nothing is written', async () => {
  const peer = await listen(join(folder, 'plant'));
  const { connections } = open({ path: join(folder, 'plant') });
  await until(() => connections.at(-1) === true && peer.sockets.length === 1);
  const socket = peer.sockets[0];
  socket?.end();
  expect(() => socket !== undefined && writeLine(socket, 'too late')).not.toThrow();
});

test('why there is no connection is told once for each reason', async () => {
  const path = join(folder, 'nobody');
  const troubles: string[] = [];
  const channel = new SocketChannel({ path }, QUICK, (why) => troubles.push(why));
  cleanups.push(() => channel.close());
  const until = async (holds: () => boolean): Promise<void> => {
    for (const end = Date.now() + PATIENCE_ms; !holds() && Date.now() < end;)
      await new Promise((resolve) => setTimeout(resolve, 5));
  };
  await until(() => troubles.length > 0);
  await new Promise((resolve) => setTimeout(resolve, 100));
  expect(troubles).toEqual([expect.stringContaining('ENOENT')]);
  const peer = await listen(path);
  await until(() => peer.sockets.length > 0);
  peer.sockets[0]?.destroy();
  await until(() => troubles.length > 1);
  expect(troubles.slice(1)).toEqual(['closed by the other side']);
});
