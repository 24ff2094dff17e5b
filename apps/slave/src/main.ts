// The slave's process: configuration, board, and the pump between its node, the board and the broker. With LOADBL
// Disabled it is its own master and may host the broker of its bridge.
import { SimulatedBoard, SocketChannel, type BoardSupport, type SocketAddress } from '@fairamp/board';
import { initialLone, initialSlave } from '@fairamp/nodes';
import {
  createLog,
  hostBroker,
  loadConfig,
  messageOf,
  newBoot,
  runParticipant,
  systemClock,
  type HostedBroker,
} from '@fairamp/runtime';
import { loneNodeConfig, settingsComplaints, slaveNodeConfig, slaveSchema, type SlaveAppConfig } from './config.js';
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

function addressOf(plant: string): SocketAddress {
  if (!plant.startsWith('tcp://')) return { path: plant };
  const { hostname, port } = new URL(plant);
  return { host: hostname, port: Number(port) };
}

/** A plant that does not have the outlet, or has it for somebody else, closes at once. */
function troubleOf(why: string): string {
  const { plant, outlet } = config.board;
  return `no connection to board.plant "${plant}", for board.outlet "${outlet}": ${why}; is it there, and is the outlet its own?`;
}

const board: BoardSupport = new SimulatedBoard({
  channel: new SocketChannel(addressOf(config.board.plant), undefined, (why) => log.warn({}, troubleOf(why))),
  outlet: config.board.outlet,
  clock: () => systemClock.now(),
  capabilities: { connector: config.settings.config },
});

for (const text of settingsComplaints(config, board.capabilities)) log.warn({}, text);

/** The boot is of this start of the process that holds the lease (design 3 rule 1). */
function participantOf(own: SlaveAppConfig): Participant {
  const boot = newBoot();
  const at = systemClock.now();
  const { capabilities } = board;
  if (!isLone) return { kind: 'slave', config: slaveNodeConfig(own, capabilities), initial: initialSlave(boot, at) };
  const lone = loneNodeConfig(own, capabilities);
  return { kind: 'lone', config: lone, initial: initialLone(boot, { count: 1, boot }, at, lone) };
}

let hosted: HostedBroker | null = null;

/** A lone charge point charges without a broker in Normal mode, so a broker that cannot start is told and no more. */
async function brokerUrl({ id, key, bridge, broker, listen, site }: SlaveAppConfig): Promise<string> {
  if (broker !== 'embedded') return broker;
  const meter = bridge === undefined ? [] : [{ role: 'bridge' as const, ...bridge }];
  try {
    hosted = await hostBroker(site, listen, [{ role: 'lone', id, key }, ...meter], log);
    return hosted.url;
  } catch (error) {
    log.error({ listen }, `the broker cannot listen on ${listen.host}:${listen.port}: ${messageOf(error)}`);
    return `mqtt://127.0.0.1:${listen.port}`;
  }
}

await runParticipant({
  member: config,
  role: 'slave',
  url: () => brokerUrl(config),
  log,
  makePump: (parts) => new SlavePump({ ...parts, participant: participantOf(config), board }),
  moduleOf: (pump) => SlaveModule.with(pump, isLone ? 'lone' : 'slave'),
  makeSafe: (reason) => board.safeStateSync(reason),
  alsoStop: async () => hosted?.stop(),
});
