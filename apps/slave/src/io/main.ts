// The io process: the charge point's node beside its board, and nothing else. Plain Node: no Nest, no broker, no file
// that is written, so that little can hold it up between a sample and the contactor (io.md 4.1). Started by the slave, which
// is at the other end of the pipe on descriptor 3; without that end it opens the contactor and ends.
import { Socket } from 'node:net';
import { GuardedBoard } from '@fairamp/board';
import { installShutdown, loadConfig, systemClock, type Log } from '@fairamp/runtime';
import { parseSettings } from '@fairamp/settings';
import { assert, assertNever } from '@fairamp/units';
import { slaveSchema, type SlaveAppConfig } from '../config.js';
import { fingerprintOf, makeBoard, participantOf, planBoard } from '../make-board.js';
import { SlavePump } from '../slave.pump.js';
import { PIPE_DESCRIPTOR, type ToIo } from './pipe-wire.js';
import { SlaveEnd, type SlaveEndParts } from './slave-end.js';

const config = loadConfig(slaveSchema, {
  argv: process.argv.slice(2),
  env: process.env,
  name: 'fairamp-slave-io',
  about: 'The io process of a charge point; fairamp-slave starts it, nobody else should.',
});

// Over the pipe: a log that cannot be written must not hold up a contactor.
const say =
  (level: 'info' | 'warn' | 'alarm') =>
  (_: object, text: string): void =>
    slaveEnd.utter({ kind: 'note', level, key: text, text });
const log: Log = { error: lastWords, warn: say('warn'), info: say('info'), debug: () => undefined };

let pump: SlavePump | null = null;
const plan = planBoard(config);
const board = new GuardedBoard(
  makeBoard(plan, config, (why) => log.warn({}, `the board: ${why}`)),
  () => systemClock.now(),
  (for_ms) => slaveEnd.hold(`this process stood still for ${for_ms} ms`),
);
const shutdown = installShutdown({
  log,
  makeSafe: (reason) => board.safeStateSync(reason),
  stop: async () => (pump ?? board).stop(),
});
// A terminal and a service manager may signal both processes: the slave then says what is to be done.
for (const signal of ['SIGINT', 'SIGHUP', 'SIGQUIT', 'SIGUSR2'] as const)
  process.removeAllListeners(signal).on(signal, () => undefined);

const slaveEnd = new SlaveEnd({
  socket: pipeSocket(),
  board,
  clock: systemClock,
  onLine: hear,
  onTrouble: (why) => shutdown.stop(why),
});

/** Ends a process that somebody started by hand, before it has touched anything. */
function pipeSocket(): Socket {
  try {
    return new Socket({ fd: PIPE_DESCRIPTOR, readable: true, writable: true });
  } catch {
    process.stderr.write(
      `fairamp-slave-io: descriptor ${PIPE_DESCRIPTOR} is no pipe; fairamp-slave starts this process\n`,
    );
    process.exit(2);
  }
}

function hear(line: Parameters<SlaveEndParts['onLine']>[0]): void {
  switch (line.kind) {
    case 'begin':
      return begin(line);
    case 'message':
      return pump?.take(Buffer.from(line.payload, 'base64'), line.topic, line.retained);
    case 'connected':
      return pump?.connected();
    case 'acknowledge':
      return pump?.acknowledge();
    case 'stop':
      return shutdown.stop('the slave ends');
    default:
      return assertNever(line);
  }
}

/** The slave has read the store; what it says is checked all the same. */
function begin({ madeOf, settings, settingsDamaged, residualLatched }: Extract<ToIo, { kind: 'begin' }>): void {
  assert(pump === null, 'a charge point begins once');
  assert(madeOf === fingerprintOf(plan, config), 'the configuration has changed while the slave started: begin anew');
  const checked = parseSettings(settings);
  assert(checked.ok, `settings of the store that are none: ${checked.ok ? '' : checked.detail}`);
  const given = { ...config.settings, ...(settings as Partial<SlaveAppConfig['settings']>) };
  pump = new SlavePump({
    participant: participantOf(config, board.capabilities, { settings: given, settingsDamaged, residualLatched }),
    clock: systemClock,
    board,
    utter: (utterance) => slaveEnd.utter(utterance),
    keep: (kept) => slaveEnd.keep(kept),
    alive: () => slaveEnd.attended(),
    onCrash: (error) => shutdown.crash(error),
  });
  pump.start().catch((error: unknown) => shutdown.crash(error));
}

/** The one thing that goes to standard error: nobody may read the pipe any more by then. */
function lastWords(_: object, text: string): void {
  process.stderr.write(`fairamp-slave-io: ${text}\n`);
}
