// A text that is replaced as a whole: what it says can be made again, so it has no seal and no backup.
import { nodeFileSystem, type FileSystem } from './file-system.js';
import { replaceFile } from './replace-file.js';

/** @throws what the file system says */
export function writeAtomically(file: string, text: string, fs: FileSystem = nodeFileSystem): void {
  replaceFile(fs, file, Buffer.from(text), () => undefined);
}
