// The io process's end of the pipe: what the slave says goes to the pump, what the node utters goes to the slave. When the
// slave is silent the board is held open until it is heard again; when the pipe is closed this process ends.
import type { Socket } from 'node:net';
import { readLines, writeLine, type GuardedBoard } from '@fairamp/board';
import type { Clock, Utterance } from '@fairamp/runtime';
import {
  BEAT_EACH_ms,
  decodeToIo,
  encodePipeLine,
  LONGEST_KEY,
  LONGEST_PIPE_LINE_bytes,
  LONGEST_TEXT,
  SILENT_ms,
  type ToIo,
} from './pipe-wire.js';
import type { Kept } from '../slave.keeping.js';
import { askedAgain, heardAt, type Silence } from './silence.js';

export type SlaveEndParts = {
  readonly socket: Socket;
  readonly board: GuardedBoard;
  readonly clock: Clock;
  /** All but what is between the two ends. */
  readonly onLine: (line: Exclude<ToIo, { kind: 'beat' | 'made-safe' }>) => void;
  /** A line that is none of ours, or an end that was not announced. */
  readonly onTrouble: (why: string) => void;
};

const TURN_ms = 50;

export class SlaveEnd {
  readonly #parts: SlaveEndParts;
  #silence: Silence;
  /** Decisions since the last beat that are worth one (`isAttended`): a bare timer would vouch for a loop that stands still. */
  #decisions = 0;
  #beatAt = 0;

  constructor(parts: SlaveEndParts) {
    this.#parts = parts;
    const { socket, clock, onTrouble } = parts;
    this.#silence = heardAt(clock.now());
    readLines(socket, (line) => this.#hear(line), LONGEST_PIPE_LINE_bytes);
    socket.on('error', ({ message }) => onTrouble(message));
    socket.on('close', () => onTrouble('the slave is gone'));
    clock.every(TURN_ms, () => this.#turn());
  }

  utter(utterance: Utterance): void {
    if (utterance.kind === 'note') {
      const { level, key, text } = utterance;
      return this.#send({ kind: 'note', level, key: key.slice(0, LONGEST_KEY), text: text.slice(0, LONGEST_TEXT) });
    }
    const payload = Buffer.from(utterance.payload).toString('base64');
    this.#send({ kind: 'publish', topic: utterance.topic, payload, retain: utterance.retain });
  }

  keep(kept: Kept): void {
    this.#send(kept);
  }

  /** After each decision that somebody attends to. */
  attended(): void {
    this.#decisions += 1;
  }

  #turn(): void {
    const { board, clock } = this.#parts;
    this.#silence = askedAgain(this.#silence, clock.now(), TURN_ms);
    if (this.#silence.for_ms >= SILENT_ms) board.hold('the slave is silent');
    if (this.#decisions === 0 || clock.now() - this.#beatAt < BEAT_EACH_ms) return;
    [this.#decisions, this.#beatAt] = [0, clock.now()];
    this.#send({ kind: 'beat' });
  }

  #hear(text: string): void {
    const { board, clock, onLine, onTrouble } = this.#parts;
    const line = decodeToIo(text);
    if (!line.ok) return onTrouble(`a line of the slave is none: ${line.detail}`);
    this.#silence = heardAt(clock.now());
    if (line.value.kind === 'made-safe') board.hold('the slave has made it safe');
    board.letGo();
    if (line.value.kind !== 'beat' && line.value.kind !== 'made-safe') onLine(line.value);
  }

  #send(line: Parameters<typeof encodePipeLine>[0]): void {
    writeLine(this.#parts.socket, encodePipeLine(line));
  }
}
