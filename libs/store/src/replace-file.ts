// A file that is either the old or the new one, whatever dies in between: written beside it, synced, renamed over it, and
// the folder synced (reliability.md 6: plain writes left 24 of 56 files torn, this none of 76). No byte of a file that
// has a name is ever written over.
import { dirname } from 'node:path';
import type { FileSystem } from './file-system.js';
import { codeOf, systemError } from './system-error.js';

/**
 * @param beforeRenamed when the new one is safe beside the old
 * @throws what the file system says; the file is then the old or the new one
 */
export function replaceFile(fs: FileSystem, file: string, bytes: Uint8Array, beforeRenamed: () => void): void {
  const beside = `${file}.new`;
  makeLastingFolder(fs, dirname(file));
  // Left by a life that ended here. A half-done rename may have left it as a second name of the file itself, so it must
  // not be opened and cut.
  unlinkIfThere(fs, beside);
  const handle = fs.open(beside, 'create');
  try {
    writeAll(fs, handle, bytes, 0);
    fs.sync(handle);
  } finally {
    fs.close(handle);
  }
  beforeRenamed();
  fs.rename(beside, file);
  fs.syncFolder(dirname(file));
}

/** A folder lasts when the one above it is synced. */
export function makeLastingFolder(fs: FileSystem, folder: string): void {
  const topmost = fs.makeFolder(folder);
  if (topmost === null) return;
  let each = folder;
  for (fs.syncFolder(dirname(each)); each !== topmost && each !== dirname(each); fs.syncFolder(dirname(each)))
    each = dirname(each);
}

export function writeAll(fs: FileSystem, handle: number, bytes: Uint8Array, position: number): void {
  for (let done = 0; done < bytes.length;) {
    const taken = fs.write(handle, bytes.subarray(done), position + done);
    if (taken <= 0) throw systemError('EIO', `the disk took ${done} of ${bytes.length} bytes`);
    done += taken;
  }
}

export function unlinkIfThere(fs: FileSystem, path: string): void {
  try {
    fs.unlink(path);
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') throw error;
  }
}

/** What a file system says that has no second names (FAT). */
const NO_LINKS = ['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK'];

/** A second name, so that at no moment there is neither; where there are none, the file moves. */
export function keepAlso(fs: FileSystem, file: string, as: string): void {
  unlinkIfThere(fs, as);
  try {
    fs.link(file, as);
  } catch (error) {
    if (!NO_LINKS.includes(codeOf(error))) throw error;
    fs.rename(file, as);
  }
}
