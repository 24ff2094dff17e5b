// The slave's process: configuration, broker, and either the charge point itself or the way to the io process that holds
// it. With LOADBL Disabled it is its own master and may host the broker of its bridge.
import { fileURLToPath } from 'node:url';
import { makeOutputsSafe, safeOutputsOf } from '@fairamp/board';
import {
  createLog,
  hostBroker,
  loadConfig,
  messageOf,
  runParticipant,
  type HostedBroker,
  type PumpParts,
} from '@fairamp/runtime';
import { ioModeOf, settingsComplaints, slaveSchema, type SlaveAppConfig } from './config.js';
import { IoEnd } from './io/io-end.js';
import {
  capabilitiesFor,
  contradictions,
  fingerprintOf,
  isLone,
  makeBoard,
  participantOf,
  planBoard,
} from './make-board.js';
import { startKeeper } from './keeper/keeper.js';
import { nothingKept } from './slave.keeping.js';
import { RelayPump } from './relay.pump.js';
import { SlaveModule } from './slave.module.js';
import { SlavePump } from './slave.pump.js';

const argv = process.argv.slice(2);
const config = loadConfig(slaveSchema, {
  argv,
  env: process.env,
  name: 'fairamp-slave',
  about: 'Runs one charge point: pilot, contactor, proximity, its share of the current.',
});
const log = createLog({ name: `slave ${config.id}`, level: config.log, to: 'stderr' });
const plan = planBoard(config);
const safeOutputs = plan.kind === 'linux' ? safeOutputsOf(plan.description) : [];
// Whatever a life before has left on: before the store, which may take seconds on a slow card.
makeOutputsSafe(safeOutputs);
const { store } = config;
const keeping =
  store === undefined
    ? nothingKept(config)
    : await startKeeper({ store, config, plan }, log).catch((error: unknown): never => {
        log.error({}, messageOf(error));
        process.exit(1);
      });
const wrong = contradictions(plan, keeping.beginning.settings);
for (const text of wrong) log.error({ alarm: true }, `nothing charges: ${text}`);
const beginning = { ...keeping.beginning, settingsDamaged: keeping.beginning.settingsDamaged || wrong.length > 0 };
const effective = { ...config, settings: beginning.settings };

for (const text of settingsComplaints(effective, capabilitiesFor(plan, effective))) log.warn({}, text);

/** What makes it safe, and the pump: they are made together, as the one is the other's. */
type Half = {
  readonly makeSafe: (reason: string) => void;
  readonly pumpOf: (parts: PumpParts) => SlavePump | RelayPump;
};

function ownHalf(): Half {
  const board = makeBoard(plan, effective, (why) => log.warn({}, `the board: ${why}`));
  return {
    makeSafe: (reason) => board.safeStateSync(reason),
    pumpOf: (parts) => {
      const participant = participantOf(config, board.capabilities, beginning);
      return new SlavePump({ ...parts, participant, board, keep: (kept) => keeping.keep(kept) });
    },
  };
}

/** What ends the io process without a word opens as well: its coil first, and then what is left of it. */
function ioHalf(): Half {
  let io: IoEnd | null = null;
  const makeSafe = (): readonly string[] => makeOutputsSafe(safeOutputs);
  return {
    makeSafe: () => {
      io?.kill();
      makeSafe();
    },
    pumpOf: ({ clock, utter, alive, onCrash }) => {
      io = new IoEnd({
        script: fileURLToPath(new URL('io.mjs', import.meta.url)),
        argv,
        priority: config.io.priority,
        clock,
        log,
        utter,
        beginning,
        madeOf: fingerprintOf(plan, config),
        keep: (kept) => keeping.keep(kept),
        onAlive: alive,
        makeSafe,
        onLost: (why) => onCrash(new Error(why)),
      });
      return new RelayPump(io, clock, utter);
    },
  };
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

const half = ioModeOf(config) === 'process' ? ioHalf() : ownHalf();
await runParticipant({
  member: config,
  role: 'slave',
  url: () => brokerUrl(config),
  log,
  makePump: (parts) => {
    const pump = half.pumpOf(parts);
    // A person at the module presses a button; who has none has a shell (docs/running.md).
    process.on('SIGUSR2', () => pump.acknowledge());
    return pump;
  },
  moduleOf: (pump) => SlaveModule.with(pump, isLone(effective) ? 'lone' : 'slave'),
  makeSafe: half.makeSafe,
  alsoStop: async () => {
    await hosted?.stop();
    await keeping.close();
  },
});
