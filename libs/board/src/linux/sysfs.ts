// Plain files of sysfs: a word is read, a word is written and read back. All synchronous, on purpose: on-chip registers
// answer in microseconds, and a contactor must not wait for a thread pool (io.md 4.1).
import {
  closeSync,
  existsSync,
  openSync,
  readFileSync,
  readSync,
  readdirSync,
  readlinkSync,
  writeFileSync,
} from 'node:fs';
import { basename, join } from 'node:path';

/** A file that is read again and again: opened once, read from its beginning each time. */
export class SysfsFile {
  readonly #handle: number;
  readonly #buffer = Buffer.alloc(32);

  constructor(readonly path: string) {
    this.#handle = openSync(path, 'r');
  }

  /** @throws when it holds no whole number */
  number(): number {
    const length = named(this.path, () => readSync(this.#handle, this.#buffer, 0, this.#buffer.length, 0));
    return wholeNumber(this.#buffer.toString('latin1', 0, length), this.path);
  }

  close(): void {
    closeSync(this.#handle);
  }
}

export function wholeNumber(text: string, path: string): number {
  const word = text.trim();
  if (!/^-?\d{1,15}$/.test(word)) throw new Error(`${path}: "${word.slice(0, 40)}" is no whole number`);
  return Number(word);
}

export function readWord(path: string): string {
  return named(path, () => readFileSync(path, 'utf8')).trim();
}

function write(path: string, word: string): void {
  named(`${path}, "${word}"`, () => writeFileSync(path, word));
}

/** How attributes are read and written; those of a test refuse what a kernel refuses. */
export type Attributes = {
  exists(path: string): boolean;
  read(path: string): string;
  write(path: string, word: string): void;
};
export const ATTRIBUTES: Attributes = { exists: existsSync, read: readWord, write };

/** @throws when it does not read back as what was written: the hardware does something else */
export function writeWord({ read, write }: Attributes, path: string, word: string): void {
  write(path, word);
  const now = read(path);
  if (now !== word) throw new Error(`${path}: "${word}" was written, and it reads "${now.slice(0, 40)}"`);
}

/** What the system says of a file that is open does not name it. */
export function named<T>(name: string, run: () => T): T {
  try {
    return run();
  } catch (error) {
    throw new Error(`${name}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
}

/** What the link ends with: the device's own name, which no probing order changes. */
export function linkName(path: string): string | null {
  try {
    return basename(readlinkSync(path));
  } catch {
    return null;
  }
}

/** @throws with what was looked for and what is there */
export function findFolder(
  folder: string,
  entries: RegExp,
  what: { readonly names: readonly string[]; readonly nameOf: (path: string) => readonly (string | null)[] },
): string {
  const paths = list(folder)
    .filter((entry) => entries.test(entry))
    .map((entry) => join(folder, entry));
  for (const name of what.names) {
    const found = paths.find((path) => what.nameOf(path).includes(name));
    if (found !== undefined) return found;
  }
  const there = paths.flatMap(what.nameOf).filter((name) => name !== null);
  throw new Error(`${folder}: no "${what.names.join('" or "')}" there; there is ${there.join(', ') || 'nothing'}`);
}

function list(folder: string): readonly string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
