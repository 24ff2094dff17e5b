// The files that the lab's processes are started with, in a folder that goes with the lab: each participant's
// configuration with a key made for this run alone, the plant's, and mosquitto's.
import { mkdirSync, writeFileSync } from 'node:fs';
import { userInfo } from 'node:os';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { type Options } from '../options.js';
import { type PlantFile } from '../plant/plant-file.js';
import { mosquittoFiles, newKeys, participantConfigs, type Keys } from './participants.js';
import { OUTLETS } from './site-plan.js';

export type SiteFiles = {
  readonly folder: string;
  readonly keys: Keys;
  readonly port: number;
  readonly url: string;
};

const LOOPBACK = '127.0.0.1';

export function planFiles(folder: string, options: Options, port: number): SiteFiles {
  mkdirSync(join(folder, 'log'));
  const url = options.broker.kind === 'external' ? options.broker.url : `mqtt://${LOOPBACK}:${port}`;
  return { folder, keys: newKeys(), port, url };
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
    outlets: OUTLETS.map(({ id, car, lock, wired }) => ({ id, car, lock, wired })),
  };
  writeFileSync(path, JSON.stringify(plant));
  return path;
}

export function writeParticipants(files: SiteFiles, options: Options, sensorboxPort: string): void {
  const configs = participantConfigs({
    keys: files.keys,
    mode: options.mode,
    mains_A: options.mains_A,
    broker: {
      url: files.url,
      hostedAt: options.broker.kind === 'embedded' ? { host: LOOPBACK, port: files.port } : null,
    },
    plantSocket: plantSocket(files),
    meter: sensorboxPort,
    store: join(files.folder, 'store'),
    exitWithParent: true,
  });
  // They hold keys.
  for (const [name, config] of configs) writeFileSync(configFile(files, name), stringify(config), { mode: 0o600 });
}

/** @returns the path of mosquitto.conf */
export function writeMosquitto(files: SiteFiles): string {
  const write = (name: string, text: string): void => writeFileSync(join(files.folder, name), text, { mode: 0o600 });
  const { conf, acl, passwords } = mosquittoFiles(files.keys, {
    host: LOOPBACK,
    port: files.port,
    aclFile: join(files.folder, 'mosquitto.acl'),
    passwordFile: join(files.folder, 'mosquitto.passwords'),
  });
  write('mosquitto.acl', acl);
  write('mosquitto.passwords', passwords);
  // Started by root it would become a user who may not read these files.
  write('mosquitto.conf', `${conf}user ${userInfo().username}\n`);
  return join(files.folder, 'mosquitto.conf');
}
