// The slave's store in a thread of its own: a card that takes seconds for a sync must not make the slave look dead to its io
// process (500 ms). It says how things stand first, then writes what it is told, in that order.
import { parentPort, workerData } from 'node:worker_threads';
import type { Log } from '@fairamp/runtime';
import { assert } from '@fairamp/units';
import { openKeeping } from '../slave.keeping.js';
import type { FromKeeper, KeeperData, ToKeeper } from './keeper-wire.js';

assert(parentPort !== null, 'the keeper is a thread of the slave');
const port = parentPort;
const post = (said: FromKeeper): void => port.postMessage(said);
const say =
  (level: keyof Log) =>
  (fields: object, text: string): void =>
    post({ kind: 'log', level, fields, text });
const log: Log = { error: say('error'), warn: say('warn'), info: say('info'), debug: say('debug') };

const { store, config, plan } = workerData as KeeperData;
const keeping = await openKeeping(store, { config, plan, log });
post({ kind: 'beginning', beginning: keeping.beginning });
port.on('message', (told: ToKeeper) => {
  if (told.kind !== 'close') return keeping.keep(told);
  keeping.close();
  port.close();
});
