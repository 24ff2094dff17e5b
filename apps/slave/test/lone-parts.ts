// What the end-to-end tests of a charge point alone start: the built processes with configurations in a folder of the
// test's own, the lab's plant for its meter's pseudo-terminal, and a viewer of the slave's own broker.
import { fork, spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { connectAsync, type MqttClient } from 'mqtt';

export { freePort } from '../../../test/free-port.js';

export const ROOT = resolve(import.meta.dirname, '../../..');
const TURN_ms = 100;

export type Plant = { readonly child: ChildProcess; readonly meter: string; readonly socket: string };

export class LoneParts {
  readonly folder = mkdtempSync(join(tmpdir(), 'fairamp-lone-'));
  readonly #children: ChildProcess[] = [];

  write(name: string, value: object): string {
    const file = join(this.folder, name);
    writeFileSync(file, JSON.stringify(value));
    return file;
  }

  start(app: string, config: object): ChildProcess {
    const file = this.write(`${app}.json`, config);
    const child = spawn(process.execPath, [appFile(app), '--config', file], { stdio: 'ignore' });
    this.#children.push(child);
    return child;
  }

  async startPlant(world: object): Promise<Plant> {
    const socket = join(this.folder, 'plant.sock');
    const file = this.write('plant.json', { socket, seed: 1, mains_dA: 250, ...world });
    const child = fork(join(ROOT, 'dist/lab/plant.mjs'), [file], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
    this.#children.push(child);
    const [ready] = (await once(child, 'message')) as [{ port: string }];
    return { child, meter: ready.port, socket };
  }

  close(): void {
    for (const child of this.#children) child.kill('SIGKILL');
    rmSync(this.folder, { recursive: true, force: true });
  }
}

export function appFile(app: string): string {
  return join(ROOT, `dist/${app}/main.mjs`);
}

/** For `beforeAll`: what is up to date is not built again. */
export function buildApps(): void {
  const { status, stderr } = spawnSync(process.execPath, [join(ROOT, 'scripts/build.mjs')], { encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
}

/** As soon as the slave's broker listens. */
export async function connected(port: number): Promise<MqttClient> {
  for (let tries = 0; tries < 300; tries += 1) {
    try {
      return await connectAsync(`mqtt://127.0.0.1:${port}`, {}, false);
    } catch {
      await pause(TURN_ms);
    }
  }
  throw new Error('no broker within 30 s');
}

/** What people see: the newest value of each topic, by what stands behind `fairamp/<site>/telemetry/`. */
export async function values(client: MqttClient): Promise<Map<string, string>> {
  const seen = new Map<string, string>();
  client.on('message', (topic, payload) => seen.set(topic.split('/').slice(3).join('/'), payload.toString()));
  await client.subscribeAsync('fairamp/#');
  return seen;
}

export async function until(holds: () => boolean, what: string): Promise<void> {
  for (let tries = 0; tries < 600; tries += 1) {
    if (holds()) return;
    await pause(TURN_ms);
  }
  throw new Error(`not within 60 s: ${what}`);
}
