// The two ways in which a process ends. Asked to (SIGINT, SIGTERM, a terminal that closes): stop in order, within 2 s, then
// exit 0. By a bug
// (an exception that nobody caught): the safe state at once, then exit 1; whatever supervises it starts it anew, and a
// fresh process keeps the contactor open. Both happen once, whatever else arrives meanwhile.
import { messageOf } from './message-of.js';
import { type Log } from './logger.js';

export type ShutdownParts = {
  readonly log: Log;
  /** The orderly stop: last words, then the connections. */
  readonly stop: () => Promise<void>;
  /** Synchronous, must not throw: contactor open, pilot safe. */
  readonly makeSafe: (reason: string) => void;
  readonly exit?: (code: number) => void;
};

export type Shutdown = { readonly stop: (why: string) => void; readonly crash: (error: unknown) => void };

/** Those that would otherwise end a process without a word. */
const ASKED = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT'] as const;

/** A supervisor that waits 10 s before it kills (systemd, docker) is not kept waiting. */
const STOP_WITHIN_ms = 2000;

export function installShutdown(parts: ShutdownParts): Shutdown {
  const shutdown = createShutdown(parts);
  for (const signal of ASKED) process.on(signal, () => shutdown.stop(signal));
  process.on('uncaughtException', shutdown.crash);
  process.on('unhandledRejection', shutdown.crash);
  // Whoever else ends this process: what can be noticed leaves nothing switched on.
  process.on('exit', () => parts.makeSafe('exit'));
  return shutdown;
}

export function createShutdown({ log, stop, makeSafe, exit = (code) => process.exit(code) }: ShutdownParts): Shutdown {
  let phase: 'running' | 'stopping' | 'ended' = 'running';
  const end = (code: number): void => {
    phase = 'ended';
    exit(code);
  };
  const endUnsafely = (reason: string, fields: object): void => {
    if (phase === 'ended') return;
    makeSafe(reason);
    log.error(fields, reason);
    end(1);
  };
  return {
    crash: (error) => endUnsafely(messageOf(error), { bug: true, stack: stackOf(error) }),
    stop: (why) => {
      if (phase !== 'running') return;
      phase = 'stopping';
      log.info({}, `${why}: stopping`);
      const force = setTimeout(() => endUnsafely('not stopped within 2 s', {}), STOP_WITHIN_ms);
      stop().then(
        () => {
          clearTimeout(force);
          end(0);
        },
        (error: unknown) => endUnsafely(`cannot stop in order: ${messageOf(error)}`, {}),
      );
    },
  };
}

function stackOf(error: unknown): readonly string[] {
  const stack: unknown = typeof error === 'object' && error !== null ? Reflect.get(error, 'stack') : undefined;
  return typeof stack === 'string' ? stack.split('\n').slice(1, 8) : [];
}
