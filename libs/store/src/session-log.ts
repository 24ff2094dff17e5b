// What happened at a charge point, one line a record, appended only, each line with a number that has no gaps. A record
// that matters lasts when `append` says `durable`; the others are synced each quarter of an hour, for flash wears. When
// the disk fails, what is not synced is cut off and waits in memory, to be written again in order: after a failed sync
// nobody knows which of it is on the disk. Nothing here throws.
import { ok, type Result } from '@fairamp/units';
import { Appointment, type StoreClock } from './clock.js';
import { nodeFileSystem, type FileSystem } from './file-system.js';
import { codeOf, systemError } from './system-error.js';
import { LOG_SIZE, emptyTail, findTail, removeOldest, tailBehind, type LogSize, type Tail } from './log-files.js';
import { lineOf, recordText, type SessionRecord } from './log-lines.js';
import { retryAfter } from './pace.js';
import { makeLastingFolder, writeAll } from './replace-file.js';
import { Troubles, troubleOf, type Trouble } from './trouble.js';
import { NONE_WAITING, WAITING_MAX, isEmpty, putBack, queued, taken, type Entry, type Waiting } from './waiting.js';

export type SessionLogParts = {
  readonly folder: string;
  readonly clock: StoreClock;
  readonly onTrouble: (trouble: Trouble) => void;
  readonly size?: LogSize;
  readonly fs?: FileSystem;
};

/** durable: survives a power cut. written: survives the process. waiting: in memory, the disk fails. */
export type Appended = 'durable' | 'written' | 'waiting';

/** What does not matter lasts after this time at the latest. */
export const SYNC_EACH_ms = 15 * 60_000;
/** So often a newest file is tried that cannot be read; then the log goes on behind it. */
const READ_TRIES = 3;

export class SessionLog {
  readonly #fs: FileSystem;
  readonly #size: LogSize;
  readonly #later: Appointment;
  readonly #troubles: Troubles;
  /** null = not read yet. */
  #tail: Tail | null = null;
  /** The part of it that lasts. */
  #lasting: Tail | null = null;
  #handle: number | null = null;
  #waiting: Waiting = NONE_WAITING;
  #unsynced: readonly Entry[] = [];
  #oldestUnsyncedAt = 0;
  #failures = 0;
  #retryAt = 0;
  #unreadable = 0;
  /** Not cut off yet. */
  #tornFound = 0;
  #torn = 0;
  #damaged = 0;

  /** Reads the newest file, and cuts off what a torn write left at its end. */
  constructor(private readonly parts: SessionLogParts) {
    this.#fs = parts.fs ?? nodeFileSystem;
    this.#size = parts.size ?? LOG_SIZE;
    this.#later = new Appointment(parts.clock);
    this.#troubles = new Troubles(parts.onTrouble);
    this.#try(() => this.#ready());
  }

  /** Since the start. damaged: whole lines of the newest file that cannot be read. lost: gave way, waiting too long. */
  get counts(): { readonly torn: number; readonly damaged: number; readonly lost: number; readonly waiting: number } {
    const { entries, lost } = this.#waiting;
    return { torn: this.#torn, damaged: this.#damaged, lost, waiting: entries.length };
  }

  /** Why the newest attempt to write failed; null = it did not. */
  get trouble(): Trouble | null {
    return this.#troubles.newest;
  }

  /** @param matters a start, a stop, a fault: what must be there after a power cut */
  append(record: SessionRecord, matters = false): Result<Appended, 'refused'> {
    const text = recordText(record);
    if (!text.ok) return text;
    this.#waiting = queued(this.#waiting, { text: text.value, matters, tells: 0 });
    if (this.#failures === 0 || this.parts.clock.now() >= this.#retryAt) this.#try(() => this.#drain());
    if (!isEmpty(this.#waiting)) return ok('waiting');
    return ok(this.#unsynced.length === 0 ? 'durable' : 'written');
  }

  /** For the end, or a moment that matters. @returns whether all lasts */
  flush(): boolean {
    this.#try(() => {
      this.#drain();
      this.#sync();
    });
    return isEmpty(this.#waiting) && this.#unsynced.length === 0;
  }

  /** Without a flush. */
  close(): void {
    this.#later.cancel();
    this.#letGo();
  }

  #try(work: () => void): void {
    try {
      work();
      this.#failures = 0;
      this.#troubles.over();
      this.#appointSync();
    } catch (error) {
      this.#fail(error);
    }
  }

  #drain(): void {
    for (let next = taken(this.#waiting); next !== null; next = taken(this.#waiting)) {
      const [entry, rest] = next;
      this.#write(entry);
      this.#waiting = rest;
      if (this.#unsynced.length >= WAITING_MAX) this.#sync();
    }
    if (this.#unsynced.some(({ matters }) => matters) || this.#syncWait() <= 0) this.#sync();
  }

  #write(entry: Entry): void {
    let { tail, handle } = this.#ready();
    const line = lineOf(tail.next, entry.text);
    if (tail.length > 0 && tail.length + line.length > this.#size.file_bytes) {
      this.#turnPage();
      ({ tail, handle } = this.#ready());
    }
    writeAll(this.#fs, handle, line, tail.length);
    this.#tail = { ...tail, length: tail.length + line.length, next: tail.next + 1 };
    if (this.#unsynced.length === 0) this.#oldestUnsyncedAt = this.parts.clock.now();
    this.#unsynced = [...this.#unsynced, entry];
  }

  #sync(): void {
    if (this.#handle !== null && this.#unsynced.length > 0) this.#fs.syncData(this.#handle);
    this.#unsynced = [];
    this.#lasting = this.#tail;
  }

  #turnPage(): void {
    this.#sync();
    this.#letGo();
    this.#tail = emptyTail(this.parts.folder, this.#tail?.next ?? 1);
    this.#lasting = this.#tail;
  }

  /** The newest file, open, and ending where the tail says. */
  #ready(): { readonly tail: Tail; readonly handle: number } {
    this.#tail ??= this.#find();
    if (this.#handle !== null) return { tail: this.#tail, handle: this.#handle };
    makeLastingFolder(this.#fs, this.parts.folder);
    this.#handle = this.#fs.open(this.#tail.file.path, 'update');
    const size = this.#fs.size(this.#handle);
    if (size < this.#tail.length) this.#forget();
    if (size > this.#tail.length) this.#fs.truncate(this.#handle, this.#tail.length);
    this.#fs.syncData(this.#handle);
    this.#fs.syncFolder(this.parts.folder);
    this.#lasting = this.#tail;
    this.#torn += this.#tornFound;
    this.#tornFound = 0;
    this.#tidy();
    return { tail: this.#tail, handle: this.#handle };
  }

  /** Somebody has cut the file or taken it away: what is missing would else be filled with zeros. */
  #forget(): never {
    this.#lasting = null;
    throw systemError('EIO', `${this.#tail?.file.path} is shorter than it was`);
  }

  #find(): Tail {
    const { folder } = this.parts;
    try {
      const { tail, torn, damaged } = findTail(this.#fs, folder, this.#size);
      this.#unreadable = 0;
      this.#tornFound = torn > 0 ? 1 : 0;
      this.#damaged = damaged;
      return tail;
    } catch (error) {
      this.#unreadable += 1;
      if (this.#unreadable < READ_TRIES) throw error;
      return tailBehind(this.#fs, folder, this.#size);
    }
  }

  /** That an old file stays keeps nobody from appending. */
  #tidy(): void {
    try {
      removeOldest(this.#fs, this.parts.folder, this.#size);
    } catch (error) {
      this.#troubles.has({ ...troubleOf(error, this.parts.folder), kind: `old files: ${codeOf(error)}` });
    }
  }

  #fail(error: unknown): void {
    this.#letGo();
    this.#waiting = putBack(this.#waiting, this.#unsynced);
    this.#unsynced = [];
    this.#tail = this.#lasting;
    this.#failures += 1;
    const wait = retryAfter(this.#failures);
    this.#retryAt = this.parts.clock.now() + wait;
    this.#later.in(wait, () => this.#try(() => this.#drain()));
    this.#troubles.has(troubleOf(error, this.#tail?.file.path ?? this.parts.folder));
  }

  #letGo(): void {
    const handle = this.#handle;
    this.#handle = null;
    try {
      if (handle !== null) this.#fs.close(handle);
    } catch {
      // What matters is synced, and what is not will be written again.
    }
  }

  #syncWait(): number {
    return this.#oldestUnsyncedAt + SYNC_EACH_ms - this.parts.clock.now();
  }

  #appointSync(): void {
    if (this.#unsynced.length > 0) this.#later.in(this.#syncWait(), () => this.flush());
    else this.#later.cancel();
  }
}
