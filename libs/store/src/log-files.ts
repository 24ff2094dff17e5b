// The files of a session log: named by the number of their first line, so that a number is never given twice, even when
// everything in them is damaged. They are cut by size, never by date, for a wall clock may be unset; the oldest go.
import { join } from 'node:path';
import type { FileSystem } from './file-system.js';
import { codeOf } from './system-error.js';
import { LINE_MAX_bytes, linesOf, nextOf, type Lines } from './log-lines.js';

export type LogSize = { readonly file_bytes: number; readonly files: number };
/** 16 MiB in all: at 200 bytes a record, some 80,000; with a session each hour and four records a session, two years. */
export const LOG_SIZE: LogSize = { file_bytes: 1_048_576, files: 16 };
/** `{"n":1,"kind":"","crc":"00000000"}` and its line feed. */
const LINE_LEAST_bytes = 36;

export type LogFile = { readonly path: string; readonly first: number };

export function logFileOf(folder: string, first: number): LogFile {
  return { path: join(folder, `sessions-${String(first).padStart(12, '0')}.jsonl`), first };
}

/** Oldest first. */
export function logFilesIn(fs: FileSystem, folder: string): readonly LogFile[] {
  return namesIn(fs, folder)
    .map((name) => Number(/^sessions-(\d{12,15})\.jsonl$/.exec(name)?.[1]))
    .filter((first) => first > 0)
    .sort((one, other) => one - other)
    .map((first) => logFileOf(folder, first));
}

function namesIn(fs: FileSystem, folder: string): readonly string[] {
  try {
    return fs.list(folder);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return [];
    throw error;
  }
}

export function linesIn(fs: FileSystem, { path }: LogFile, size: LogSize): Lines {
  // One line more than fits, for whatever was written under another bound.
  return linesOf(fs.read(path, 2 * size.file_bytes + LINE_MAX_bytes));
}

/** Where the next line goes. */
export type Tail = { readonly file: LogFile; readonly length: number; readonly next: number };

export function emptyTail(folder: string, first: number): Tail {
  return { file: logFileOf(folder, first), length: 0, next: first };
}

export type FoundTail = { readonly tail: Tail; readonly torn: number; readonly damaged: number };

/** @throws what the file system says */
export function findTail(fs: FileSystem, folder: string, size: LogSize): FoundTail {
  const newest = logFilesIn(fs, folder).at(-1);
  if (newest === undefined) return { tail: emptyTail(folder, 1), torn: 0, damaged: 0 };
  const { lines, length, torn } = linesIn(fs, newest, size);
  const next = nextOf(lines, newest.first);
  return { tail: { file: newest, length, next }, torn, damaged: lines.filter((line) => !line.ok).length };
}

/** Behind a file that cannot be read: above every number that may stand in it. */
export function tailBehind(fs: FileSystem, folder: string, size: LogSize): Tail {
  const newest = logFilesIn(fs, folder).at(-1);
  const most = Math.ceil((2 * size.file_bytes + LINE_MAX_bytes) / LINE_LEAST_bytes);
  return emptyTail(folder, newest === undefined ? 1 : newest.first + most);
}

/** The bound holds while the newest is there. */
export function removeOldest(fs: FileSystem, folder: string, { files }: LogSize): void {
  const all = logFilesIn(fs, folder);
  for (const { path } of all.slice(0, Math.max(0, all.length - files))) fs.unlink(path);
}
