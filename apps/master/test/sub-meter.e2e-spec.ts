// A meter below the mains on real parts: the built master with the broker inside it, a bridge for the mains and one for
// the garage, each on a pseudo-terminal of a plant of its own.
import { fork, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { ROOT, appFile, buildApps, freePort } from '../../slave/test/lone-parts.js';

const key = (digit: string): string => digit.repeat(64);
const folder = mkdtempSync(join(tmpdir(), 'fairamp-sub-meter-'));
const children: ChildProcess[] = [];

function start(app: string, config: { readonly id: string }): ChildProcess {
  const file = join(folder, `${config.id}.json`);
  writeFileSync(file, JSON.stringify({ site: 'home', ...config }));
  const child = spawn(process.execPath, [appFile(app), '--config', file], { stdio: ['ignore', 'ignore', 'pipe'] });
  children.push(child);
  return child;
}

/** @returns the terminal of its meter */
async function startPlant(name: string): Promise<string> {
  const file = join(folder, `${name}-plant.json`);
  writeFileSync(
    file,
    JSON.stringify({
      socket: join(folder, `${name}.sock`),
      seed: 1,
      mains_dA: 250,
      house: { kind: 'model' },
      outlets: [],
    }),
  );
  const child = fork(join(ROOT, 'dist/lab/plant.mjs'), [file], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  children.push(child);
  const [ready] = (await once(child, 'message')) as [{ port: string }];
  return ready.port;
}

async function says(child: ChildProcess, text: string): Promise<string> {
  let said = '';
  child.stderr?.on('data', (chunk: Buffer) => (said += chunk.toString()));
  for (let tries = 0; tries < 600 && !said.includes(text); tries += 1) await pause(50);
  return said;
}

beforeAll(buildApps, 120_000);
afterAll(() => {
  children.forEach((child) => child.kill('SIGKILL'));
  rmSync(folder, { recursive: true, force: true });
});

test("the garage's bridge signs in at the broker inside, and the master hears its meter", async () => {
  const port = await freePort();
  const broker = `mqtt://127.0.0.1:${port}`;
  const master = start('master', {
    id: 'main',
    key: key('a'),
    broker: 'embedded',
    listen: { host: '127.0.0.1', port },
    store: join(folder, 'store'),
    settings: { mode: 'smart', mains_A: 25 },
    bridge: { id: 'meter', key: key('b') },
    circuits: [{ id: 'garage', limit_A: 16, meter: { id: 'board', key: key('c') } }],
    roster: [{ id: 'left', key: key('d'), maximum_A: 16, circuit: 'garage', failSafe: 'process' }],
  } as never);
  const told = says(master, 'the meter of garage is heard');
  for (const [id, digit] of [['meter', 'b'] as const, ['board', 'c'] as const]) {
    start('sensorbox-bridge', { id, key: key(digit), broker, port: await startPlant(id) } as never);
  }
  expect(await told).toContain('the meter of garage is heard');
}, 90_000);
