// One JSON value that outlives its process: sealed with its version, replaced as a whole, the one before kept as its only
// backup. Loading changes nothing on the disk and throws nothing; a damaged file is put aside by the next save, one of
// them is kept, and what a newer program wrote is never saved over.
import { failure, ok, type Result } from '@fairamp/units';
import { nodeFileSystem, type FileSystem } from './file-system.js';
import { codeOf, messageOf } from './system-error.js';
import { backupOf, damagedOf, futureOf, verdict, type Loaded, type Seen, type Two } from './record-verdict.js';
import { keepAlso, replaceFile } from './replace-file.js';
import { jsonText, onlyLine, sealed, unsealed, type JsonObject } from './seal.js';

/** Many times what any record of ours needs. */
export const RECORD_MAX_bytes = 65_536;

/** A read that fails once is not worth an alarm. */
const READ_TRIES = 3;

export type RecordFormat<T> = {
  /** The one that is written; higher ones are of a newer program. */
  readonly version: number;
  /** A value as it was written under this version or an older one; why not, if not. */
  readonly accept: (value: unknown, version: number) => Result<T, string>;
  /** What was written before there were seals; null = this is no such thing. */
  readonly unsealed?: (text: string) => Seen<T> | null;
};

/** reason: the system's code (`ENOSPC`), `from-the-future`, `too-large` or `no-json`. */
export type SaveFailure = Extract<Result<null, string>, { ok: false }>;

export class RecordFile<T> {
  readonly #fs: FileSystem;

  constructor(
    private readonly file: string,
    private readonly format: RecordFormat<T>,
    fs: FileSystem = nodeFileSystem,
  ) {
    this.#fs = fs;
  }

  load(): Loaded<T> {
    return verdict(this.#look());
  }

  /** @returns ok = it is on the disk; else it may or may not be */
  save(value: T): Result<null, string> {
    const text = jsonText(value);
    if (text === null) return failure('no-json', `${this.file}: the value cannot be written as JSON`);
    const bytes = sealed(`{"version":${this.format.version},"value":${text}}`);
    if (bytes.length > RECORD_MAX_bytes)
      return failure('too-large', `${this.file}: ${bytes.length} bytes, above ${RECORD_MAX_bytes}`);
    const two = this.#look();
    const future = futureOf(two);
    if (future !== null) return future;
    try {
      replaceFile(this.#fs, this.file, bytes, () => this.#keepOld(two.own));
      return ok(null);
    } catch (error) {
      return failure(codeOf(error), `${this.file}: ${messageOf(error)}`);
    }
  }

  /** Only a good one takes the place of the backup. */
  #keepOld(own: Seen<T>): void {
    if (own.kind === 'missing') return;
    const as = own.kind === 'good' ? backupOf(this.file) : damagedOf(this.file);
    keepAlso(this.#fs, this.file, as);
  }

  #look(): Two<T> {
    const { file } = this;
    const hasDamagedAside = this.#see(damagedOf(file)).kind !== 'missing';
    return { file, own: this.#see(file), backup: this.#see(backupOf(file)), hasDamagedAside };
  }

  #see(path: string, tries = READ_TRIES): Seen<T> {
    try {
      return seen(this.#fs.read(path, RECORD_MAX_bytes), this.format);
    } catch (error) {
      if (codeOf(error) === 'ENOENT') return { kind: 'missing' };
      return tries > 1 ? this.#see(path, tries - 1) : { kind: 'damaged', why: messageOf(error) };
    }
  }
}

function seen<T>(bytes: Uint8Array, format: RecordFormat<T>): Seen<T> {
  const line = onlyLine(bytes);
  const read = line === null ? failure('damaged', `${bytes.length} bytes that are not one line`) : unsealed(line);
  if (read.ok) return opened(read.value, format);
  return format.unsealed?.(Buffer.from(bytes).toString('utf8')) ?? { kind: 'damaged', why: read.detail };
}

function opened<T>({ version, value }: JsonObject, format: RecordFormat<T>): Seen<T> {
  if (typeof version !== 'number' || !Number.isSafeInteger(version) || version < 1)
    return { kind: 'damaged', why: `version ${String(version)} is none` };
  if (version > format.version) return { kind: 'future', version };
  const accepted = format.accept(value, version);
  return accepted.ok ? { kind: 'good', value: accepted.value, version } : { kind: 'damaged', why: accepted.detail };
}
