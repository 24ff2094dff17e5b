// The files that the lab's processes are started with, in a folder that goes with the lab: each participant's
// configuration with a key made for this run alone, the plant's, and mosquitto's.
import { randomBytes } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { brokerPassword } from '@fairamp/protocol';
import { keyBytes, mosquittoAcl, mosquittoConf, mosquittoPasswords, type Account } from '@fairamp/runtime';
import { stringify } from 'yaml';
import { type Options } from '../options.js';
import { type PlantFile } from '../plant/plant-file.js';
import { BRIDGE_ID, MASTER_ID, MAX_A, OUTLETS, SITE } from './site-plan.js';

export type SiteFiles = {
  readonly folder: string;
  /** 64 hexadecimal digits for each participant. */
  readonly keys: ReadonlyMap<string, string>;
  readonly port: number;
  readonly url: string;
};

const LOOPBACK = '127.0.0.1';

export function planFiles(folder: string, options: Options, port: number): SiteFiles {
  const ids = [MASTER_ID, BRIDGE_ID, ...OUTLETS.map(({ id }) => id)];
  const keys = new Map(ids.map((id) => [id, randomBytes(32).toString('hex')]));
  mkdirSync(join(folder, 'log'));
  const url = options.broker.kind === 'external' ? options.broker.url : `mqtt://${LOOPBACK}:${port}`;
  return { folder, keys, port, url };
}

export function configFile({ folder }: SiteFiles, name: string): string {
  return join(folder, `${name}.yaml`);
}

export function logFile({ folder }: SiteFiles, name: string): string {
  return join(folder, 'log', `${name}.log`);
}

export function plantSocket({ folder }: SiteFiles): string {
  return join(folder, 'plant.sock');
}

export function writePlant(files: SiteFiles, options: Options, house: PlantFile['house']): string {
  const path = join(files.folder, 'plant.json');
  const plant: PlantFile = {
    socket: plantSocket(files),
    seed: options.seed,
    mains_dA: options.mains_A * 10,
    house,
    outlets: OUTLETS.map(({ id, car, wired }) => ({ id, car, wired })),
  };
  writeFileSync(path, JSON.stringify(plant));
  return path;
}

export function writeParticipants(files: SiteFiles, options: Options, sensorboxPort: string): void {
  write(files, 'master', masterConfig(files, options));
  for (const outlet of OUTLETS) write(files, outlet.id, slaveConfig(files, outlet));
  if (options.mode === 'smart') write(files, 'bridge', { ...common(files, BRIDGE_ID), port: sensorboxPort });
}

function write(files: SiteFiles, name: string, config: object): void {
  // It holds a key.
  writeFileSync(configFile(files, name), stringify(config), { mode: 0o600 });
}

function common(files: SiteFiles, id: string): object {
  return { site: SITE, id, key: keyOf(files, id), broker: files.url, exitWithParent: true };
}

function keyOf({ keys }: SiteFiles, id: string): string {
  return keys.get(id) ?? '';
}

function masterConfig(files: SiteFiles, { mode, mains_A, broker }: Options): object {
  return {
    ...common(files, MASTER_ID),
    ...(broker.kind === 'embedded' ? { broker: 'embedded' } : {}),
    listen: { host: LOOPBACK, port: files.port, viewers: 'anonymous' },
    settings: { mode, mains_A },
    ...(mode === 'smart' ? { bridge: { id: BRIDGE_ID, key: keyOf(files, BRIDGE_ID) } } : {}),
    roster: OUTLETS.map(({ id }) => ({ id, key: keyOf(files, id), maximum_A: MAX_A, failSafe: 'process' })),
    store: join(files.folder, 'store'),
  };
}

function slaveConfig(files: SiteFiles, { id, wired }: (typeof OUTLETS)[number]): object {
  return {
    ...common(files, id),
    settings: { loadbl: id, max_A: MAX_A },
    board: { kind: 'simulated', plant: plantSocket(files), outlet: id },
    wired,
    master: MASTER_ID,
  };
}

/** @returns the path of mosquitto.conf */
export function writeMosquitto(files: SiteFiles): string {
  const [aclFile, passwordFile] = [join(files.folder, 'mosquitto.acl'), join(files.folder, 'mosquitto.passwords')];
  const accounts = [...files.keys].map(([id, key]): Account => {
    return { id, role: roleOf(id), password: brokerPassword(keyBytes(key), SITE, id) };
  });
  writeFileSync(aclFile, mosquittoAcl(SITE, accounts), { mode: 0o600 });
  writeFileSync(
    passwordFile,
    mosquittoPasswords(accounts, () => randomBytes(12)),
    { mode: 0o600 },
  );
  const conf = mosquittoConf({ host: LOOPBACK, port: files.port, viewers: true, aclFile, passwordFile });
  const path = join(files.folder, 'mosquitto.conf');
  // Started by root it would become a user who may not read these files.
  writeFileSync(path, `${conf}user ${userInfo().username}\n`);
  return path;
}

function roleOf(id: string): Account['role'] {
  if (id === MASTER_ID) return 'master';
  return id === BRIDGE_ID ? 'bridge' : 'slave';
}
