// The commands of the images and of compose.yaml, run: three cars charge, and everybody ends when asked to.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, chmodSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { connectAsync, type MqttClient } from 'mqtt';
import { ROOT } from './compose.js';
import {
  makeImages,
  makeWorld,
  memoryOf,
  startContainer,
  startOrder,
  stopContainer,
  type Container,
  type World,
} from './container.js';

const SLAVES = ['slave1', 'slave2', 'slave3'];
/** Arrivals up to 22 s, the first 17 s of a master, raises 5 s apart; three times that on a loaded computer. */
const CHARGING_WITHIN_ms = 120_000;

let world: World;
let containers: readonly Container[] = [];
let viewer: MqttClient | undefined;
const seen = new Map<string, string>();

beforeAll(async () => {
  const folder = mkdtempSync(join(tmpdir(), 'fairamp-docker-'));
  // The broker's user must find its way in.
  chmodSync(folder, 0o755);
  const site = join(folder, 'site');
  const build = spawnSync(process.execPath, [join(ROOT, 'scripts/build.mjs')], { encoding: 'utf8' });
  if (build.status !== 0) throw new Error(build.stderr);
  const written = spawnSync(process.execPath, [join(ROOT, 'dist/lab/containers.mjs'), site], { encoding: 'utf8' });
  if (written.status !== 0) throw new Error(written.stderr);
  world = await makeWorld(folder, site);
  makeImages(world);
  containers = startOrder().map((name) => startContainer(name, world));
}, 90_000);

afterAll(async () => {
  for (const { child } of containers) child.kill('SIGKILL');
  await viewer?.endAsync(true);
  rmSync(world.folder, { recursive: true });
});

async function until(condition: () => boolean, within_ms: number): Promise<void> {
  const deadline = performance.now() + within_ms;
  while (!condition() && performance.now() < deadline) await pause(100);
}

/** As soon as the broker listens; by the port that compose.yaml opens, without a name, as anybody would. */
async function look(): Promise<MqttClient> {
  for (;;) {
    const client = await connectAsync(`mqtt://127.0.0.1:${world.mqttPort}`, { reconnectPeriod: 0 }, false).catch(
      () => null,
    );
    if (client === null) {
      await pause(100);
      continue;
    }
    client.on('message', (topic, payload) => seen.set(topic.replace('fairamp/lab/telemetry/', ''), String(payload)));
    await client.subscribeAsync('fairamp/#');
    return client;
  }
}

const states = (): readonly (string | undefined)[] => SLAVES.map((id) => seen.get(`slave/${id}/state`));
const logs = (): string => containers.map(({ name, said }) => `--- ${name}\n${said()}`).join('\n');

test('three cars charge, each container within its memory, and a viewer sees it', async () => {
  viewer = await look();
  await until(() => states().every((state) => state === 'charging'), CHARGING_WITHIN_ms);
  if (!states().every((state) => state === 'charging')) throw new Error(`${states().join()}\n${logs()}`);
  expect(seen.get('master/main/mode')).toBe('smart');
  expect(seen.get('bridge/meter/mains_A')).toMatch(/^L1 /);
  expect([...seen.keys()].filter((topic) => topic.startsWith('fairamp/'))).toEqual([]);
  const greedy = containers.map((one) => ({ name: one.name, ...memoryOf(one) }));
  expect(greedy.filter(({ peak_bytes, limit_bytes }) => !(peak_bytes < limit_bytes))).toEqual([]);
}, 180_000);

test('asked to end, in the order in which compose asks, each ends with exit code 0', async () => {
  const codes: Record<string, unknown> = {};
  for (const container of [...containers].reverse()) codes[container.name] = await stopContainer(container);
  expect(codes).toEqual(Object.fromEntries(startOrder().map((name) => [name, 0])));
}, 60_000);

test('what must outlive them is in a volume, and none of them had anything to complain about', () => {
  expect(readdirSync(join(world.folder, 'volumes', 'master-store', 'master'))).toEqual(['epoch.json']);
  expect(logs()).not.toMatch(/"level":"(error|fatal)"/);
});
