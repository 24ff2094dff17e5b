// The slave's end of the pipe: it starts the io process, with real-time priority where that is allowed, hands it what the
// broker says and gets back what is to be published. When the io process stands still it writes the safe outputs by itself;
// when it is gone, or stays so, this process ends too, and whatever supervises it starts both anew.
import { execFile, spawn, type ChildProcess } from 'node:child_process';
import type { Socket } from 'node:net';
import { readLines, writeLine } from '@fairamp/board';
import type { Clock, Log, Utterance } from '@fairamp/runtime';
import {
  BEAT_EACH_ms,
  decodeFromIo,
  encodePipeLine,
  LONGEST_PIPE_LINE_bytes,
  PIPE_DESCRIPTOR,
  SILENT_ms,
  type FromIo,
  type ToIo,
} from './pipe-wire.js';
import type { Beginning, Kept } from '../slave.keeping.js';
import { askedAgain, heardAt, type Silence } from './silence.js';

export type IoEndParts = {
  /** The io process's script. */
  readonly script: string;
  readonly argv: readonly string[];
  readonly priority: 'realtime' | 'normal';
  readonly clock: Clock;
  readonly log: Log;
  readonly utter: (utterance: Utterance) => void;
  readonly beginning: Beginning;
  readonly keep: (kept: Kept) => void;
  /** It has completed steps since the last one of these. */
  readonly onAlive: () => void;
  /** Writes the safe outputs. @returns what could not be written */
  readonly makeSafe: () => readonly string[];
  readonly onLost: (why: string) => void;
};

const TURN_ms = 50;
/** A process that stands still for so long is ended: io.md 4.3 gives a watchdog 2 s. */
const LOST_ms = 2000;
/** It has opened the contactor within milliseconds; then it may take its time, but not for ever. */
const STOP_WITHIN_ms = 1000;
/** Above all that has no such priority, below the kernel's own threads (io.md 4.1). */
const PRIORITY = '50';

export class IoEnd {
  readonly #parts: IoEndParts;
  #child: ChildProcess | null = null;
  #socket: Socket | null = null;
  #silence: Silence;
  #isSafe = false;
  #isStopping = false;
  #hasBeaten = false;
  #beatAt = 0;
  #stopTurning: () => void = () => undefined;
  #onFirstBeat: () => void = () => undefined;

  constructor(parts: IoEndParts) {
    this.#parts = parts;
    this.#silence = heardAt(parts.clock.now());
  }

  /** Resolves with its first beat; one that never comes is a lost process. */
  start(): Promise<void> {
    const { clock, onLost } = this.#parts;
    const child = this.#spawn();
    const socket = child.stdio[PIPE_DESCRIPTOR] as Socket;
    [this.#child, this.#socket] = [child, socket];
    readLines(socket, (line) => this.#hear(line), LONGEST_PIPE_LINE_bytes);
    // What ends it is told by its exit.
    socket.on('error', () => undefined);
    child.on('error', ({ message }) => onLost(`the io process cannot be started: ${message}`));
    child.on('exit', (code, signal) => this.#ended(signal ?? `exit code ${code}`));
    this.send({ kind: 'begin', ...this.#parts.beginning });
    // A node that starts up and loads its native parts has said nothing yet.
    this.#silence = { askedAt: clock.now(), for_ms: -START_ms };
    this.#stopTurning = clock.every(TURN_ms, () => this.#turn());
    return new Promise((resolve) => (this.#onFirstBeat = resolve));
  }

  send(line: ToIo): void {
    if (this.#socket !== null) writeLine(this.#socket, encodePipeLine(line));
  }

  /** Resolves when it has ended, by itself or not. */
  async stop(): Promise<void> {
    this.#isStopping = true;
    this.#stopTurning();
    const child = this.#child;
    if (child === null || child.exitCode !== null || child.signalCode !== null) return;
    this.send({ kind: 'stop' });
    await new Promise<void>((resolve) => {
      const force = setTimeout(() => child.kill('SIGKILL'), STOP_WITHIN_ms);
      child.once('exit', () => {
        clearTimeout(force);
        resolve();
      });
    });
  }

  /** For the last gasp: who is not there any more cannot close anything. */
  kill(): void {
    this.#isStopping = true;
    this.#child?.kill('SIGKILL');
  }

  #spawn(): ChildProcess {
    const { script, argv } = this.#parts;
    const words = [...process.execArgv, script, ...argv];
    return spawn(process.execPath, words, { stdio: ['ignore', 'inherit', 'inherit', 'pipe'] });
  }

  /** After its start, which is long and may wait, and for all of its threads. Tried, not asked whether it is allowed. */
  #raise(): void {
    const { priority, log } = this.#parts;
    const pid = this.#child?.pid;
    if (priority === 'normal' || pid === undefined) return;
    execFile('chrt', ['--all-tasks', '--fifo', '--pid', PRIORITY, `${pid}`], { timeout: 2000 }, (error) => {
      if (error === null) return log.info({}, 'the io process runs with real-time priority');
      const why = error.message.trim().split('\n').at(-1);
      log.warn({}, `no real-time priority for the io process (${why}): its reaction has no bound, docs/reaction.md`);
    });
  }

  #turn(): void {
    const { clock } = this.#parts;
    if (clock.now() - this.#beatAt >= BEAT_EACH_ms) {
      this.#beatAt = clock.now();
      this.send({ kind: 'beat' });
    }
    this.#silence = askedAgain(this.#silence, clock.now(), TURN_ms);
    if (this.#silence.for_ms >= SILENT_ms && !this.#isSafe) this.#makeSafe('the io process is silent');
    if (this.#silence.for_ms >= LOST_ms) this.#lose(`the io process has stood still for ${LOST_ms} ms`);
  }

  #hear(text: string): void {
    const { clock, log } = this.#parts;
    const line = decodeFromIo(text);
    if (!line.ok) return log.error({}, `a line of the io process is none: ${line.detail}`);
    this.#silence = heardAt(clock.now());
    if (this.#isSafe) {
      this.#isSafe = false;
      this.send({ kind: 'made-safe' });
    }
    this.#take(line.value);
  }

  #take(line: FromIo): void {
    const { utter, keep } = this.#parts;
    switch (line.kind) {
      case 'beat':
        return this.#beaten();
      case 'note':
        return utter(line);
      case 'journal':
      case 'latched':
        return keep(line);
      case 'publish':
        return utter({ ...line, payload: Buffer.from(line.payload, 'base64') });
    }
  }

  #beaten(): void {
    if (!this.#hasBeaten) {
      this.#hasBeaten = true;
      this.#raise();
      this.#onFirstBeat();
    }
    this.#parts.onAlive();
  }

  #makeSafe(why: string): void {
    this.#isSafe = true;
    const failed = this.#parts.makeSafe();
    this.#parts.log.error({ failed }, `${why}: the outputs are made safe${failed.length > 0 ? ', but not all' : ''}`);
  }

  #ended(how: string): void {
    if (this.#isStopping) return;
    this.#makeSafe(`the io process has ended (${how})`);
    this.#lose(`the io process has ended: ${how}`);
  }

  #lose(why: string): void {
    this.#stopTurning();
    this.kill();
    this.#parts.onLost(why);
  }
}

/** A cold start of Node on a small board, with the native part of its gpio driver. */
const START_ms = 10_000;
