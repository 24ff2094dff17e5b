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
import { Silence } from './silence.js';

export type IoEndParts = {
  /** The io process's script. */
  readonly script: string;
  readonly argv: readonly string[];
  readonly priority: 'realtime' | 'normal';
  readonly clock: Clock;
  readonly log: Log;
  readonly utter: (utterance: Utterance) => void;
  readonly beginning: Beginning;
  /** Of which files this process was made; the io process must be of the same. */
  readonly madeOf: string;
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
/** A cold start of Node on a small board, with the native part of its gpio driver. */
const START_ms = 10_000;
/** For what a process that has died had still said. */
const LAST_WORDS_ms = 100;
/** Above all that has no such priority, below the kernel's own threads (io.md 4.1). */
const PRIORITY = '50';

export class IoEnd {
  readonly #parts: IoEndParts;
  #child: ChildProcess | null = null;
  #socket: Socket | null = null;
  readonly #silence: Silence;
  /** The outputs are written, as long as nobody has asked for them back. */
  #isSafe = false;
  /** Some of them could not be. */
  #isUnsafe = false;
  #isStopping = false;
  #hasBeaten = false;
  #beatAt = 0;
  #stopTurning: () => void = () => undefined;
  #onFirstBeat: () => void = () => undefined;

  constructor(parts: IoEndParts) {
    this.#parts = parts;
    // A node that starts up and loads its native parts has said nothing yet.
    this.#silence = new Silence(parts.clock, START_ms);
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
    this.send({ kind: 'begin', madeOf: this.#parts.madeOf, ...this.#parts.beginning });
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
      const force = setTimeout(() => {
        child.kill('SIGKILL');
        this.#makeSafe('the io process does not end');
      }, STOP_WITHIN_ms);
      // Its last lines are read by then.
      child.once('close', () => {
        clearTimeout(force);
        resolve();
      });
    });
    if (child.exitCode !== 0) this.#makeSafe('the io process did not end in order');
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
    if (this.#isUnsafe) this.#makeSafe('again');
    this.#silence.ifLonger(SILENT_ms, () => {
      if (!this.#isSafe) this.#makeSafe('the io process is silent');
    });
    this.#silence.ifLonger(LOST_ms, () => this.#lose(`the io process has stood still for ${LOST_ms} ms`));
  }

  #hear(text: string): void {
    const line = decodeFromIo(text);
    if (line.ok) this.#take(line.value);
    else this.#parts.log.error({}, `a line of the io process is none: ${line.detail}`);
  }

  #take(line: FromIo): void {
    const { utter, keep } = this.#parts;
    switch (line.kind) {
      case 'beat':
        return this.#beaten();
      case 'ask':
        return this.#answer(line.n);
      case 'note':
        return utter(line);
      case 'journal':
      case 'latched':
        return keep(line);
      case 'publish':
        return utter({ ...line, payload: Buffer.from(line.payload, 'base64') });
    }
  }

  /** A beat alone says that it lives: publications and notes may come from one that no longer decides. */
  #beaten(): void {
    if (this.#hasBeaten) this.#silence.heard();
    else {
      this.#hasBeaten = true;
      this.#silence.began();
      this.#raise();
      this.#onFirstBeat();
    }
    this.#parts.onAlive();
  }

  /** Its board is held until then, so what is written here is not undone by who has not read of it. */
  #answer(n: number): void {
    if (this.#isUnsafe) return;
    this.#isSafe = false;
    this.send({ kind: 'answer', n });
  }

  #makeSafe(why: string): void {
    if (!this.#isSafe) this.send({ kind: 'made-safe' });
    const failed = this.#parts.makeSafe();
    const isNews = !this.#isSafe || this.#isUnsafe !== failed.length > 0;
    [this.#isSafe, this.#isUnsafe] = [true, failed.length > 0];
    if (isNews)
      this.#parts.log.error({ failed }, `${why}: the outputs are made safe${this.#isUnsafe ? ', not all' : ''}`);
  }

  #ended(how: string): void {
    if (this.#isStopping) return;
    this.#makeSafe(`the io process has ended (${how})`);
    // What it had said before is read first: a latched fault among it.
    setTimeout(() => this.#lose(`the io process has ended: ${how}`), LAST_WORDS_ms);
  }

  #lose(why: string): void {
    if (this.#isStopping) return;
    this.#stopTurning();
    this.kill();
    this.#parts.onLost(why);
  }
}
