// The io process's end of the pipe: what the slave says goes to the pump, what the node utters goes to the slave. When the
// slave is silent, has written the outputs itself, or may have done so while this process stood still, the board is held open
// until the slave has answered that it is done; when the pipe is closed this process ends.
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
import { Silence } from './silence.js';

/** What is between the two ends alone. */
type Between = 'beat' | 'made-safe' | 'answer';

export type SlaveEndParts = {
  readonly socket: Socket;
  readonly board: GuardedBoard;
  readonly clock: Clock;
  readonly onLine: (line: Exclude<ToIo, { kind: Between }>) => void;
  /** The pipe is closed, and nobody has said so. */
  readonly onTrouble: (why: string) => void;
};

const TURN_ms = 50;

export class SlaveEnd {
  readonly #parts: SlaveEndParts;
  readonly #silence: Silence;
  /** The newest question of a held board. */
  #asked = 0;
  /** Decisions since the last beat that are worth one (`isAttended`): a bare timer would vouch for a loop that stands still. */
  #decisions = 0;
  #beatAt = 0;

  constructor(parts: SlaveEndParts) {
    this.#parts = parts;
    const { socket, clock, onTrouble } = parts;
    this.#silence = new Silence(clock);
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

  /** The board is held; the question asks for a word that was spoken after that. */
  hold(why: string): void {
    this.#parts.board.hold(why);
    this.#asked += 1;
    this.#send({ kind: 'ask', n: this.#asked });
  }

  #turn(): void {
    const { board, clock } = this.#parts;
    this.#silence.ifLonger(SILENT_ms, () => {
      if (!board.isHeld) this.hold('the slave is silent');
    });
    if (this.#decisions === 0 || clock.now() - this.#beatAt < BEAT_EACH_ms) return;
    [this.#decisions, this.#beatAt] = [0, clock.now()];
    this.#send({ kind: 'beat' });
  }

  #hear(text: string): void {
    const decoded = decodeToIo(text);
    // Of the slave's own making, or of a broker's that the slave has let through: said, and nothing follows from it.
    if (!decoded.ok)
      return this.utter({ kind: 'note', level: 'warn', key: 'pipe', text: `no line: ${decoded.detail}` });
    const line = decoded.value;
    switch (line.kind) {
      case 'beat':
        return this.#silence.heard();
      case 'made-safe':
        return this.hold('the slave has made it safe');
      case 'answer':
        return line.n === this.#asked ? this.#parts.board.letGo() : undefined;
      default:
        return this.#parts.onLine(line);
    }
  }

  #send(line: Parameters<typeof encodePipeLine>[0]): void {
    writeLine(this.#parts.socket, encodePipeLine(line));
  }
}
