// The io process: the charge point's node beside its board, and nothing else. Plain Node: no Nest, no broker, no file
// that is written, so that little can hold it up between a sample and the contactor (io.md 4.1). Started by the slave, which
// is at the other end of the pipe on descriptor 3; without that end it opens the contactor and ends.
import { Socket } from 'node:net';
import { GuardedBoard } from '@fairamp/board';
import { installShutdown, loadConfig, messageOf, systemClock, type Log } from '@fairamp/runtime';
import { slaveSchema } from '../config.js';
import { makeBoard, participantOf, planBoard } from '../make-board.js';
import { SlavePump } from '../slave.pump.js';
import { PIPE_DESCRIPTOR } from './pipe-wire.js';
import { SlaveEnd } from './slave-end.js';

const config = loadConfig(slaveSchema, {
  argv: process.argv.slice(2),
  env: process.env,
  name: 'fairamp-slave-io',
  about: 'The io process of a charge point; fairamp-slave starts it, nobody else should.',
});

let slaveEnd: SlaveEnd | null = null;
// Over the pipe: a log that cannot be written must not hold up a contactor.
const say =
  (level: 'info' | 'warn' | 'alarm') =>
  (_: object, text: string): void =>
    slaveEnd?.utter({ kind: 'note', level, key: text, text });
const log: Log = { error: say('alarm'), warn: say('warn'), info: say('info'), debug: () => undefined };

const board = new GuardedBoard(
  makeBoard(planBoard(config), config, (why) => log.warn({}, `the board: ${why}`)),
  () => systemClock.now(),
);
const pump = new SlavePump({
  participant: participantOf(config, board.capabilities),
  clock: systemClock,
  board,
  utter: (utterance) => slaveEnd?.utter(utterance),
  alive: () => slaveEnd?.attended(),
  onCrash: (error) => shutdown.crash(error),
});
const shutdown = installShutdown({
  log: { ...log, error: lastWords },
  makeSafe: (reason) => board.safeStateSync(reason),
  stop: () => pump.stop(),
});
// Ctrl-C in a terminal reaches both processes: the slave then says what is to be done.
process.removeAllListeners('SIGINT').on('SIGINT', () => undefined);

slaveEnd = new SlaveEnd({
  socket: new Socket({ fd: PIPE_DESCRIPTOR, readable: true, writable: true }),
  board,
  clock: systemClock,
  onMessage: ({ topic, payload, retained }) => pump.take(Buffer.from(payload, 'base64'), topic, retained),
  onConnected: () => pump.connected(),
  onStop: () => shutdown.stop('the slave ends'),
  onTrouble: (why) => shutdown.stop(why),
});
await pump.start();

/** The one thing that goes to standard error: nobody reads the pipe any more by then. */
function lastWords(_: object, text: string): void {
  try {
    process.stderr.write(`fairamp-slave-io: ${text}\n`);
  } catch (error) {
    log.error({}, messageOf(error));
  }
}
