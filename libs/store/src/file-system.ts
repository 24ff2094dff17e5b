// The few calls that a store makes of a disk, as a port: the shipped one is Node's, and tests put one in that fails, or
// that loses its power. All are synchronous, for what is saved is acknowledged when the call returns.
import {
  closeSync,
  constants,
  fdatasyncSync,
  fstatSync,
  fsyncSync,
  ftruncateSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  readdirSync,
  renameSync,
  unlinkSync,
  writeSync,
} from 'node:fs';
import { systemError } from './system-error.js';

/** Each call may throw what the system says, an Error with a `code`. */
export type FileSystem = {
  /** `create`: there is none of that name yet. `update`: made if missing, and nothing of it is lost. */
  open(path: string, how: 'create' | 'update'): number;
  /** @returns how many bytes were taken; they may be fewer */
  write(handle: number, bytes: Uint8Array, position: number): number;
  truncate(handle: number, length: number): void;
  size(handle: number): number;
  /** Contents, length and all else of the file. */
  sync(handle: number): void;
  /** Contents and length. */
  syncData(handle: number): void;
  close(handle: number): void;
  /** @param most_bytes of a longer file nothing is read */
  read(path: string, most_bytes: number): Uint8Array;
  rename(from: string, to: string): void;
  /** A second name for the same file. */
  link(from: string, to: string): void;
  unlink(path: string): void;
  list(folder: string): readonly string[];
  /** With all above it. @returns the topmost that was made; null = it was there */
  makeFolder(folder: string): string | null;
  /** The names in it, not the files. */
  syncFolder(folder: string): void;
};

const { O_CREAT, O_EXCL, O_NONBLOCK, O_RDONLY, O_RDWR } = constants;
const FLAGS = { create: O_RDWR | O_CREAT | O_EXCL, update: O_RDWR | O_CREAT };

export const nodeFileSystem: FileSystem = {
  // Keys and habits are nobody else's business.
  open: (path, how) => openSync(path, FLAGS[how], 0o600),
  write: (handle, bytes, position) => writeSync(handle, bytes, 0, bytes.length, position),
  truncate: (handle, length) => ftruncateSync(handle, length),
  size: (handle) => fstatSync(handle).size,
  sync: (handle) => fsyncSync(handle),
  syncData: (handle) => fdatasyncSync(handle),
  close: (handle) => closeSync(handle),
  read: readWhole,
  rename: (from, to) => renameSync(from, to),
  link: (from, to) => linkSync(from, to),
  unlink: (path) => unlinkSync(path),
  list: (folder) => readdirSync(folder),
  makeFolder: (folder) => mkdirSync(folder, { recursive: true }) ?? null,
  syncFolder,
};

function readWhole(path: string, most_bytes: number): Uint8Array {
  // A pipe of that name would else wait for a writer for ever.
  const handle = openSync(path, O_RDONLY | O_NONBLOCK);
  try {
    const about = fstatSync(handle);
    if (!about.isFile()) throw systemError('EINVAL', `${path} is no file`);
    if (about.size > most_bytes) throw systemError('EFBIG', `${path} has ${about.size} bytes, above ${most_bytes}`);
    return readFileSync(handle);
  } finally {
    closeSync(handle);
  }
}

function syncFolder(folder: string): void {
  const handle = openSync(folder, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
