// The master's process: configuration, store, broker if it hosts one, and the pump between its node and the broker.
import { createLog, hostBroker, loadConfig, messageOf, runParticipant } from '@fairamp/runtime';
import { keepEpoch, keptEpoch, lockStore } from '@fairamp/store';
import { masterSchema, nodeConfig } from './config.js';
import { keyHolders } from './key-holders.js';
import { MasterModule } from './master.module.js';
import { MasterPump } from './master.pump.js';

const config = loadConfig(masterSchema, {
  argv: process.argv.slice(2),
  env: process.env,
  name: 'fairamp-master',
  about: 'Shares one mains between the charge points of a site.',
});
const log = createLog({ name: `master ${config.id}`, level: config.log, to: 'stderr' });

function endBecause(reason: string): never {
  log.error({}, reason);
  process.exit(1);
}

const storeFailed = (error: unknown): never => endBecause(`store ${config.store}: ${messageOf(error)}`);
const lock = await lockStore(config.store).catch(storeFailed);
if (lock === null) endBecause(`store ${config.store}: another process holds it; one master a store`);
// Before the first grant of this life (reliability.md I9).
const count = keptEpoch(config.store) + 1;
const keep = (life: number): void => {
  const kept = keepEpoch(config.store, life);
  // Slaves know better, so a full disk costs no site its current (docs/decisions/0018).
  if (!kept.ok) log.error({ count: life }, `epoch ${life} could not be kept, going on without: ${kept.detail}`);
};
keep(count);
const hosted =
  config.broker === 'embedded'
    ? await hostBroker(config.site, config.listen, keyHolders(config), log).catch((error: unknown) =>
        endBecause(`the broker cannot listen on ${config.listen.host}:${config.listen.port}: ${messageOf(error)}`),
      )
    : null;
await runParticipant({
  member: config,
  role: 'master',
  url: () => Promise.resolve(hosted?.url ?? config.broker),
  log,
  makePump: (parts) => new MasterPump({ ...parts, config: nodeConfig(config), keep, count }),
  moduleOf: (pump) => MasterModule.with(pump),
  alsoStop: async () => {
    await hosted?.stop();
    lock.release();
  },
});
