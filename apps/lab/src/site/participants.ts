// The configuration of each participant of the lab's site, and its broker's files, wherever the parts of the site are:
// in one folder of this computer, or each in a container of its own. Says nothing of how they are written down. Every
// key is made here, and for one site alone.
import { randomBytes } from 'node:crypto';
import { brokerPassword } from '@fairamp/protocol';
import { keyBytes, mosquittoAcl, mosquittoConf, mosquittoPasswords, type Account } from '@fairamp/runtime';
import { BRIDGE_ID, MASTER_ID, MAX_A, OUTLETS, SITE } from './site-plan.js';

/** 64 hexadecimal digits for each participant. */
export type Keys = ReadonlyMap<string, string>;

/** Where the parts of the site find each other. */
export type Places = {
  readonly keys: Keys;
  readonly mode: 'smart' | 'normal';
  readonly mains_A: number;
  /** mqtt://host:port for everybody, or for all but the master, which hosts it there. */
  readonly broker: { readonly url: string; readonly hostedAt: { host: string; port: number } | null };
  /** What the boards connect to. */
  readonly plantSocket: string;
  /** What the bridge opens. */
  readonly meter: string;
  /** The master's folder. */
  readonly store: string;
  /** They hold a pipe of whoever started them. */
  readonly exitWithParent: boolean;
};

export function newKeys(): Keys {
  const ids = [MASTER_ID, BRIDGE_ID, ...OUTLETS.map(({ id }) => id)];
  return new Map(ids.map((id) => [id, randomBytes(32).toString('hex')]));
}

/** By the name of the process. */
export function participantConfigs(places: Places): ReadonlyMap<string, object> {
  const slaves = OUTLETS.map((outlet) => [outlet.id, slaveConfig(places, outlet)] as const);
  const bridge = { ...common(places, BRIDGE_ID), port: places.meter };
  return new Map([
    ['master', masterConfig(places)],
    ...slaves,
    ...(places.mode === 'smart' ? [['bridge', bridge] as const] : []),
  ]);
}

function common({ keys, broker, exitWithParent }: Places, id: string): object {
  return { site: SITE, id, key: keyOf(keys, id), broker: broker.url, ...(exitWithParent ? { exitWithParent } : {}) };
}

function keyOf(keys: Keys, id: string): string {
  return keys.get(id) ?? '';
}

function masterConfig(places: Places): object {
  const { keys, mode, mains_A, broker, store } = places;
  const hosted =
    broker.hostedAt === null ? {} : { broker: 'embedded', listen: { ...broker.hostedAt, viewers: 'anonymous' } };
  return {
    ...common(places, MASTER_ID),
    ...hosted,
    settings: { mode, mains_A },
    ...(mode === 'smart' ? { bridge: { id: BRIDGE_ID, key: keyOf(keys, BRIDGE_ID) } } : {}),
    roster: OUTLETS.map(({ id }) => ({ id, key: keyOf(keys, id), maximum_A: MAX_A, failSafe: 'process' })),
    store,
  };
}

function slaveConfig(places: Places, { id, lock, wired }: (typeof OUTLETS)[number]): object {
  return {
    ...common(places, id),
    settings: { loadbl: id, max_A: MAX_A, lock, rcmon: 'enabled' },
    board: { kind: 'simulated', plant: places.plantSocket, outlet: id },
    wired,
    master: MASTER_ID,
  };
}

export type MosquittoPlaces = {
  readonly host: string;
  readonly port: number;
  readonly aclFile: string;
  readonly passwordFile: string;
};

/** Anybody may read telemetry. */
export function mosquittoFiles(keys: Keys, places: MosquittoPlaces): { conf: string; acl: string; passwords: string } {
  const accounts = [...keys].map(([id, key]): Account => {
    return { id, role: roleOf(id), password: brokerPassword(keyBytes(key), SITE, id) };
  });
  return {
    conf: mosquittoConf({ ...places, viewers: true }),
    acl: mosquittoAcl(SITE, accounts),
    passwords: mosquittoPasswords(accounts, () => randomBytes(12)),
  };
}

function roleOf(id: string): Account['role'] {
  if (id === MASTER_ID) return 'master';
  return id === BRIDGE_ID ? 'bridge' : 'slave';
}
