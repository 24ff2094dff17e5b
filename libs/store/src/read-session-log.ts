// A session log from its oldest line to its newest, for people and for reports. It may be read while it is written.
// What cannot be read is said in its place; nothing throws.
import { nodeFileSystem, type FileSystem } from './file-system.js';
import { messageOf } from './system-error.js';
import { LOG_SIZE, linesIn, logFilesIn, type LogFile } from './log-files.js';
import type { Line } from './log-lines.js';

export type SessionEntry = Line & { readonly file: string };

export function* readSessionLog(folder: string, fs: FileSystem = nodeFileSystem): Generator<SessionEntry> {
  let files: readonly LogFile[] = [];
  try {
    files = logFilesIn(fs, folder);
  } catch (error) {
    yield { ok: false, why: messageOf(error), file: folder };
  }
  for (const file of files) yield* entriesOf(fs, file);
}

/** A torn end is no entry: it is being written, or was never acknowledged. */
function* entriesOf(fs: FileSystem, file: LogFile): Generator<SessionEntry> {
  try {
    for (const line of linesIn(fs, file, LOG_SIZE).lines) yield { ...line, file: file.path };
  } catch (error) {
    yield { ok: false, why: messageOf(error), file: file.path };
  }
}
