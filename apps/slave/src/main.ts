// The slave's process: configuration, board, and the pump between its node, the board and the broker. With LOADBL
// Disabled it is its own master and may host the broker of its bridge.
import { randomBytes } from 'node:crypto';
import { SimulatedBoard, SocketChannel, type BoardSupport, type SocketAddress } from '@fairamp/board';
import { initialLone, initialSlave } from '@fairamp/nodes';
import { createLog, hostBroker, loadConfig, runParticipant, systemClock, type KeyHolder } from '@fairamp/runtime';
import { loneNodeConfig, slaveNodeConfig, slaveSchema, type SlaveAppConfig } from './config.js';
import { SlaveModule } from './slave.module.js';
import { SlavePump, type Participant } from './slave.pump.js';

const config = loadConfig(slaveSchema, {
  argv: process.argv.slice(2),
  env: process.env,
  name: 'fairamp-slave',
  about: 'Runs one charge point: pilot, contactor, proximity, its share of the current.',
});
const log = createLog({ name: `slave ${config.id}`, level: config.log, to: 'stderr' });
const isLone = config.settings.loadbl === 'disabled';

/** The boot is of this start of the process that holds the lease (design 3 rule 1). */
function participantOf(own: SlaveAppConfig): Participant {
  const boot = randomBytes(8).toString('hex');
  const at = systemClock.now();
  if (!isLone) return { kind: 'slave', config: slaveNodeConfig(own), initial: initialSlave(boot, at) };
  const lone = loneNodeConfig(own);
  return { kind: 'lone', config: lone, initial: initialLone(boot, { count: 1, boot }, at, lone) };
}

function keyHolders({ id, key, bridge }: SlaveAppConfig): readonly KeyHolder[] {
  const meter = bridge === undefined ? [] : [{ role: 'bridge' as const, ...bridge }];
  return [{ role: 'lone', id, key }, ...meter];
}

const hosted =
  config.broker === 'embedded' ? await hostBroker(config.site, config.listen, keyHolders(config), log) : null;
function addressOf(plant: string): SocketAddress {
  if (!plant.startsWith('tcp://')) return { path: plant };
  const { hostname, port } = new URL(plant);
  return { host: hostname, port: Number(port) };
}

const board: BoardSupport = new SimulatedBoard({
  channel: new SocketChannel(addressOf(config.board.plant)),
  outlet: config.board.outlet,
  clock: () => systemClock.now(),
  capabilities: { connector: config.settings.config, failSafe: config.board.failSafe },
});
await runParticipant({
  person: config,
  role: isLone ? 'master' : 'slave',
  url: hosted?.url ?? config.broker,
  log,
  makePump: (parts) => new SlavePump({ ...parts, participant: participantOf(config), board }),
  moduleOf: (pump) => SlaveModule.with(pump, isLone ? 'lone' : 'slave'),
  makeSafe: (_pump, reason) => board.safeStateSync(reason),
  ...(hosted === null ? {} : { alsoStop: () => hosted.stop() }),
});
