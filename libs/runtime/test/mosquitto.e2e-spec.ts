// The access list that is rendered for mosquitto means the same as the embedded broker: shown with the real program.
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join as path } from 'node:path';
import { type MqttClient } from 'mqtt';
import { mosquittoAcl, mosquittoConf, mosquittoPasswords } from '@fairamp/runtime';
import { freePort } from '../../../test/free-port.js';
import { accounts, join, pause, topicsOf, waitFor } from './site.js';

const grant = 'fairamp/home/control/slave/garage/grant';
const report = 'fairamp/home/telemetry/slave/garage/report';

let folder: string;
let port: number;
let mosquitto: ChildProcess;
const words: string[] = [];
const clients: MqttClient[] = [];

beforeAll(async () => {
  if (spawnSync('mosquitto', ['-h']).error !== undefined) {
    throw new Error('mosquitto is not on the PATH: install the package "mosquitto" (apt-get install mosquitto)');
  }
  folder = mkdtempSync(path(tmpdir(), 'fairamp-mosquitto-'));
  port = await freePort();
  const file = (name: string, text: string): string => {
    const full = path(folder, name);
    writeFileSync(full, text, { mode: 0o600 });
    return full;
  };
  const aclFile = file('acl', mosquittoAcl('home', accounts));
  const passwordFile = file(
    'passwords',
    mosquittoPasswords(accounts, () => randomBytes(12)),
  );
  const conf = file('conf', mosquittoConf({ host: '127.0.0.1', port, viewers: true, aclFile, passwordFile }));
  // Started by root it becomes the user mosquitto, who must be able to read them.
  chmodSync(folder, 0o755);
  for (const name of ['acl', 'passwords', 'conf']) chmodSync(path(folder, name), 0o644);
  mosquitto = spawn('mosquitto', ['-c', conf], { stdio: ['ignore', 'ignore', 'pipe'] });
  mosquitto.stderr?.on('data', (chunk) => words.push(String(chunk)));
  for (let attempt = 0; attempt < 400; attempt += 1) {
    const client = await join(`mqtt://127.0.0.1:${port}`).catch(() => null);
    await client?.endAsync(true);
    if (client !== null) return;
    await pause(50);
  }
  throw new Error(`mosquitto does not answer: ${words.join('')}`);
});
afterEach(() => Promise.all(clients.splice(0).map((client) => client.endAsync(true))));
afterAll(async () => {
  mosquitto.kill();
  await once(mosquitto, 'exit');
  rmSync(folder, { recursive: true });
});

async function come(id?: string, password?: string): Promise<MqttClient> {
  const client = await join(`mqtt://127.0.0.1:${port}`, id, password === undefined ? {} : { password });
  clients.push(client);
  return client;
}

describe('mosquitto with the rendered configuration', () => {
  test('has no complaint about it', () => {
    expect(words.join('')).toBe('');
  });

  test('delivers to each role what it may read, and to a viewer of everything telemetry alone', async () => {
    const [viewer, garage, street, master] = [
      await come(),
      await come('garage'),
      await come('street'),
      await come('main'),
    ];
    const [seen, asked, overheard, collected] = [viewer, garage, street, master].map(topicsOf);
    await viewer.subscribeAsync('fairamp/#');
    await garage.subscribeAsync(grant);
    await street.subscribeAsync('fairamp/#');
    await master.subscribeAsync('fairamp/home/#');
    master.publish(grant, '{}');
    garage.publish(report, '{}');
    street.publish(report, 'forged');
    expect(await waitFor(() => collected?.length === 2 && seen?.length === 1 && asked?.length === 1)).toBe(true);
    await pause(100);
    expect(seen).toEqual([report]);
    expect(asked).toEqual([grant]);
    expect(overheard).toEqual([]);
    expect(collected?.toSorted()).toEqual([grant, report]);
  });

  test('lets a viewer publish nothing', async () => {
    const [viewer, master] = [await come(), await come('main')];
    const collected = topicsOf(master);
    await master.subscribeAsync('fairamp/home/#');
    viewer.publish(report, '{}');
    viewer.publish(grant, '{}');
    await pause(150);
    expect(collected).toEqual([]);
  });

  test('refuses a wrong password', async () => {
    await expect(come('garage', 'wrong')).rejects.toThrow('Not authorized');
  });
});
