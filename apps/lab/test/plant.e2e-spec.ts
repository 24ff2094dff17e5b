// The plant without a lab, as in a container: a real process that nobody speaks to but boards and the bridge.
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

const ROOT = resolve(import.meta.dirname, '../../..');
const folder = mkdtempSync(join(tmpdir(), 'fairamp-plant-'));
const socket = join(folder, 'plant.sock');
const file = join(folder, 'plant.json');
const children: ChildProcess[] = [];
const sockets: Socket[] = [];

beforeAll(() => {
  const { status, stderr } = spawnSync(process.execPath, [join(ROOT, 'scripts/build.mjs'), 'lab'], {
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(stderr);
  const outlets = [{ id: 'left', car: 'single-phase', wired: ['L1', 'L2', 'L3'], arrives_s: 0.5 }];
  const serialServer = { host: '127.0.0.1', port: 0 };
  writeFileSync(
    file,
    JSON.stringify({ socket, serialServer, seed: 1, mains_dA: 250, house: { kind: 'none' }, outlets }),
  );
}, 60_000);
afterAll(() => {
  for (const child of children) child.kill('SIGKILL');
  for (const connection of sockets) connection.destroy();
  rmSync(folder, { recursive: true });
});

async function until(condition: () => boolean): Promise<void> {
  for (let waited_ms = 0; !condition() && waited_ms < 15_000; waited_ms += 20) await pause(20);
}

async function start(): Promise<{ plant: ChildProcess; said: () => string }> {
  let text = '';
  const plant = spawn(process.execPath, [join(ROOT, 'dist/lab/plant.mjs'), file], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  children.push(plant);
  plant.stderr.setEncoding('utf8').on('data', (more: string) => (text += more));
  await until(() => text.includes('the Sensorbox speaks on tcp://127.0.0.1:'));
  return { plant, said: () => text };
}

async function ended(plant: ChildProcess, signal: NodeJS.Signals): Promise<unknown> {
  plant.kill(signal);
  return (await once(plant, 'exit'))[0];
}

test('killed, it comes back over its old socket, and its car arrives by itself; ctrl-c ends it', async () => {
  const { plant: killed } = await start();
  await ended(killed, 'SIGKILL');
  expect(existsSync(socket)).toBe(true);
  const { plant, said } = await start();
  let heard = '';
  const board = connect(socket);
  sockets.push(board);
  board.setEncoding('latin1').on('data', (text: string) => (heard += text));
  board.write('{"kind":"hello","outlet":"left"}\n');
  await until(() => heard.includes('"ohm":220'));
  expect(heard).toContain('{"kind":"proximity","ohm":220}');
  expect(said()).toContain('plant: a car arrives at left: single-phase\n');
  expect(await ended(plant, 'SIGINT')).toBe(0);
}, 60_000);
