// A charge point alone, on real parts: slave and bridge as processes, the slave's own broker, the plant's
// pseudo-terminal. It charges within the mains, and an orderly stop opens the contactor.
import { fork, spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { connectAsync, type MqttClient } from 'mqtt';

const ROOT = resolve(import.meta.dirname, '../../..');
const folder = mkdtempSync(join(tmpdir(), 'fairamp-lone-'));
const children: ChildProcess[] = [];

function write(name: string, value: object): string {
  const file = join(folder, name);
  writeFileSync(file, JSON.stringify(value));
  return file;
}

function start(app: string, config: object): ChildProcess {
  const file = write(`${app}.json`, config);
  const child = spawn(process.execPath, [join(ROOT, `dist/${app}/main.mjs`), '--config', file], { stdio: 'ignore' });
  children.push(child);
  return child;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

async function startPlant(): Promise<{ plant: ChildProcess; meter: string; socket: string }> {
  const socket = join(folder, 'plant.sock');
  const outlets = [{ id: 'left', car: 'single-phase', wired: ['L1', 'L2', 'L3'] }];
  const file = write('plant.json', { socket, seed: 1, mains_dA: 250, house: { kind: 'model' }, outlets });
  const plant = fork(join(ROOT, 'dist/lab/plant.mjs'), [file], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  children.push(plant);
  const [ready] = (await once(plant, 'message')) as [{ port: string }];
  return { plant, meter: ready.port, socket };
}

/** As soon as the slave's broker listens. */
async function connected(port: number): Promise<MqttClient> {
  for (let tries = 0; tries < 100; tries += 1) {
    try {
      return await connectAsync(`mqtt://127.0.0.1:${port}`, {}, false);
    } catch {
      await new Promise((resolvePause) => setTimeout(resolvePause, 100));
    }
  }
  throw new Error('no broker within 10 s');
}

async function values(client: MqttClient): Promise<Map<string, string>> {
  const seen = new Map<string, string>();
  client.on('message', (topic, payload) => seen.set(topic.split('/').slice(3).join('/'), payload.toString()));
  await client.subscribeAsync('fairamp/#');
  return seen;
}

async function until(holds: () => boolean, what: string): Promise<void> {
  for (let tries = 0; tries < 600; tries += 1) {
    if (holds()) return;
    await new Promise((resolvePause) => setTimeout(resolvePause, 100));
  }
  throw new Error(`not within 60 s: ${what}`);
}

beforeAll(() => {
  const { status, stderr } = spawnSync(process.execPath, [join(ROOT, 'scripts/build.mjs')], { encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
}, 60_000);

afterAll(() => {
  for (const child of children) child.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

test('LOADBL Disabled in Smart mode: it balances for itself, hosts the broker, and stops in order', async () => {
  const [key, meterKey] = ['ab'.repeat(32), 'cd'.repeat(32)];
  const port = await freePort();
  const { plant, meter, socket } = await startPlant();
  const settings = { loadbl: 'disabled', mode: 'smart', mains_A: 25, max_A: 16 };
  const listen = { port, viewers: 'anonymous' };
  const bridge = { id: 'meter', key: meterKey };
  const slave = start('slave', {
    site: 'home',
    listen,
    id: 'left',
    key,
    settings,
    bridge,
    board: { plant: socket, outlet: 'left' },
  });
  start('sensorbox-bridge', { site: 'home', ...bridge, broker: `mqtt://127.0.0.1:${port}`, port: meter });
  plant.send({ kind: 'plug', outlet: 'left' });
  const client = await connected(port);
  const seen = await values(client);
  await until(() => Number(seen.get('slave/left/limit_A')) >= 10, 'it raises its car');
  expect(seen.get('slave/left/state')).toBe('charging');
  expect(seen.get('slave/left/faults')).toBe('none');
  expect(seen.get('bridge/meter/mains_A')).toMatch(/^L1 \d/);
  // Its own grants stay inside, and a viewer sees no control.
  expect([...seen.keys()].filter((topic) => topic.includes('grant') || topic.includes('beacon'))).toEqual([]);
  await client.endAsync();
  slave.kill('SIGTERM');
  const [code] = (await once(slave, 'exit')) as [number];
  expect(code).toBe(0);
}, 120_000);
