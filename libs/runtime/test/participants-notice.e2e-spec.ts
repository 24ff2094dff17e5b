// What the three participants say to the service manager, as processes: ready, alive as long as they decide, and their
// last word. None of them has a broker, a plant or a meter here: a participant lives without.
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { closeListeners, listenOn } from './notice-listener.js';

const ROOT = resolve(import.meta.dirname, '../../..');
const folder = mkdtempSync(join(tmpdir(), 'fairamp-notice-'));
const children: ChildProcess[] = [];

const broker = 'mqtt://127.0.0.1:1';
const [key, other] = ['ab'.repeat(32), 'cd'.repeat(32)];
const lone = {
  settings: { loadbl: 'disabled', mode: 'normal' },
  board: { plant: join(folder, 'none'), outlet: 'left' },
};
const roster = [{ id: 'left', key: other, maximum_A: 16, failSafe: 'process' }];
const configs = {
  slave: { broker, ...lone, settings: { loadbl: 'slave1' }, master: 'main' },
  'lone slave': { ...lone, broker },
  master: { broker, settings: { mode: 'normal' }, roster, store: join(folder, 'store') },
  'sensorbox-bridge': { broker, port: 'tcp://127.0.0.1:1' },
} as const;

function start(name: keyof typeof configs, address: string): ChildProcess {
  const file = join(folder, `${name}.json`);
  writeFileSync(file, JSON.stringify({ site: 'home', id: 'me', key, ...configs[name] }));
  const app = name === 'lone slave' ? 'slave' : name;
  const child = spawn(process.execPath, [join(ROOT, `dist/${app}/main.mjs`), '--config', file], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: { ...process.env, NOTIFY_SOCKET: address, WATCHDOG_USEC: '400000', FAIRAMP_LOG: 'error' },
  });
  children.push(child);
  return child;
}

beforeAll(() => {
  const { status, stderr } = spawnSync(process.execPath, [join(ROOT, 'scripts/build.mjs')], { encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
}, 120_000);
afterEach(() => {
  children.splice(0).forEach((child) => child.kill('SIGKILL'));
  closeListeners();
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Everything heard until it holds, in order. */
async function hearing(next: () => string | null, holds: (heard: readonly string[]) => boolean): Promise<string[]> {
  const heard: string[] = [];
  for (let tries = 0; tries < 1000; tries += 1) {
    for (let line = next(); line !== null; line = next()) heard.push(line);
    if (holds(heard)) return heard;
    await pause(20);
  }
  throw new Error(`not within 20 s; heard: ${heard.join(', ')}`);
}

const feeds = (heard: readonly string[]): number => heard.filter((line) => line === 'WATCHDOG=1').length;

test.each(Object.keys(configs) as (keyof typeof configs)[])(
  'a %s is ready, alive, silent when frozen, and ends with a word',
  async (name) => {
    const address = join(folder, `${name}.sock`);
    const next = listenOn(address);
    const child = start(name, address);
    const kinds = (lines: readonly string[]) => [...new Set(lines.map((line) => line.split('=')[0]))].toSorted();
    const heard = await hearing(next, (lines) => kinds(lines).length >= 3 && feeds(lines) >= 10);
    expect(kinds(heard)).toEqual(['READY', 'STATUS', 'WATCHDOG']);
    expect(heard.filter((line) => line === 'READY=1')).toHaveLength(1);
    child.kill('SIGSTOP');
    await pause(200);
    while (next() !== null);
    await pause(600);
    expect(next()).toBeNull();
    child.kill('SIGCONT');
    await hearing(next, (lines) => feeds(lines) > 0);
    child.kill('SIGTERM');
    const [code] = (await once(child, 'exit')) as [number];
    const last = await hearing(next, (lines) => lines.includes('STOPPING=1'));
    expect([code, last.at(-1)]).toEqual([0, 'STOPPING=1']);
  },
  60_000,
);
