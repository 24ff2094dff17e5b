// What is heard goes into the file in the order in which it was heard. Lines wait in memory for half a second at most,
// and are on the disk, not only on their way there, every few seconds. The file never grows beyond its bound.
import { closeSync, fsyncSync, openSync, statSync, writeSync } from 'node:fs';
import { type Clock } from '@fairamp/runtime';
import { codeOf, fileTrouble } from '../file-trouble.js';
import { Refused } from '../refused.js';
import { type Message } from '../broker/viewer.js';
import { headerLine, heardLine, linkLine } from '../recording/line.js';

export type RecorderParts = {
  readonly file: string;
  readonly site: string;
  readonly filter: string;
  readonly mayOverwrite: boolean;
  readonly bytesMax: number;
  readonly clock: Clock;
  /** The next line has no room any more. */
  readonly onFull: () => void;
  readonly onFailed: (error: Refused) => void;
};
export type Written = { readonly elapsed_ms: number; readonly messages: number; readonly bytes: number };

const WRITES_EACH_ms = 500;
const SYNCS_EACH_WRITES = 10;

export class Recorder {
  readonly #parts: RecorderParts;
  readonly #descriptor: number;
  readonly #startedAt: number;
  readonly #stopWriting: () => void;
  #waiting: string[] = [];
  #messages = 0;
  #bytes = 0;
  #writes = 0;
  #isDone = false;

  constructor(parts: RecorderParts) {
    this.#parts = parts;
    this.#descriptor = open(parts);
    this.#startedAt = parts.clock.now();
    this.#put(headerLine({ site: parts.site, started: new Date().toISOString(), filter: parts.filter }));
    this.#stopWriting = parts.clock.every(WRITES_EACH_ms, () => this.#write());
  }

  hear(message: Message): void {
    if (this.#put(heardLine({ t_ms: this.#elapsed_ms(), ...message }))) this.#messages += 1;
  }

  noteLink(isConnected: boolean): void {
    this.#put(linkLine({ t_ms: this.#elapsed_ms(), link: isConnected ? 'connected' : 'disconnected' }));
  }

  get written(): Written {
    return { elapsed_ms: this.#elapsed_ms(), messages: this.#messages, bytes: this.#bytes };
  }

  close(): void {
    if (this.#isDone) return;
    this.#stopWriting();
    this.#write();
    this.#isDone = true;
    fsyncSync(this.#descriptor);
    closeSync(this.#descriptor);
  }

  #elapsed_ms(): number {
    return this.#parts.clock.now() - this.#startedAt;
  }

  #put(line: string): boolean {
    const bytes = Buffer.byteLength(line);
    if (this.#isDone) return false;
    if (this.#bytes + bytes > this.#parts.bytesMax) {
      this.#parts.onFull();
      return false;
    }
    this.#bytes += bytes;
    this.#waiting.push(line);
    return true;
  }

  #write(): void {
    if (this.#isDone) return;
    try {
      writeWhole(this.#descriptor, Buffer.from(this.#waiting.join('')));
      this.#waiting = [];
      this.#writes += 1;
      if (this.#writes % SYNCS_EACH_WRITES === 0) fsyncSync(this.#descriptor);
    } catch (error) {
      // What was half written is the torn line at the end that a reader leaves out.
      this.#isDone = true;
      this.#stopWriting();
      this.#parts.onFailed(new Refused(`${this.#parts.file}: ${fileTrouble(error)}`));
    }
  }
}

function open({ file, mayOverwrite }: RecorderParts): number {
  try {
    return openSync(file, mayOverwrite ? 'w' : 'wx');
  } catch (error) {
    throw new Refused(`${file}: ${troubleOf(file, error)}`);
  }
}

function troubleOf(file: string, error: unknown): string {
  const code = codeOf(error);
  if (code === 'ENOENT') return 'its folder is not there';
  if (code !== 'EEXIST') return fileTrouble(error);
  // Nothing overwrites a folder.
  const isFolder = statSync(file, { throwIfNoEntry: false })?.isDirectory() === true;
  return isFolder ? fileTrouble({ code: 'EISDIR' }) : 'is there already; --force overwrites it';
}

/** A full disk may take a part of it first. */
function writeWhole(descriptor: number, bytes: Buffer): void {
  for (let done = 0; done < bytes.length;) done += writeSync(descriptor, bytes, done);
}
