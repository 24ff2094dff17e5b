// Structured logs: one JSON object a line, for machines and for grep; on a terminal one readable line instead. Fields
// first, then the sentence, as pino has it. The core never logs; the shell does, from what the core says.
import { type LoggerService } from '@nestjs/common';
import { destination, pino, stdTimeFunctions } from 'pino';
import { readableLine } from './readable-line.js';

export type LogLevel = 'error' | 'warn' | 'info' | 'debug';
export type Log = { readonly [Level in LogLevel]: (fields: object, text: string) => void };

export type LogOptions = {
  /** The participant, `master` or `slave garage`; in every line. */
  readonly name: string;
  readonly level: LogLevel;
  readonly to: 'stdout' | 'stderr';
  /** Readable lines instead of JSON; unless said, when the stream is a terminal. */
  readonly readable?: boolean;
};

export function createLog({ name, level, to, readable }: LogOptions): Log {
  const stream = process[to];
  // Synchronous: the line that matters most is the last one before the process ends.
  const json = destination({ fd: to === 'stdout' ? 1 : 2, sync: true });
  const isReadable = readable ?? stream.isTTY;
  const sink = isReadable ? { write: (line: string) => void json.write(readableLine(line)) } : json;
  const options = {
    name,
    level,
    base: { name },
    timestamp: stdTimeFunctions.isoTime,
    formatters: { level: levelByName },
  };
  const logger = pino(options, sink);
  return {
    error: (fields, text) => logger.error(fields, text),
    warn: (fields, text) => logger.warn(fields, text),
    info: (fields, text) => logger.info(fields, text),
    debug: (fields, text) => logger.debug(fields, text),
  };
}

function levelByName(label: string): { level: string } {
  return { level: label };
}

/** Nest's own words. What it calls a log is of interest only to who looks for a fault in the wiring. */
export function nestLogger(log: Log): LoggerService {
  const say =
    (level: LogLevel) =>
    (message: unknown, ...details: unknown[]): void =>
      log[level]({ from: 'nest', ...(details.length > 0 ? { details: details.map(String) } : {}) }, String(message));
  return {
    log: say('debug'),
    verbose: say('debug'),
    debug: say('debug'),
    warn: say('warn'),
    error: say('error'),
    fatal: say('error'),
  };
}
