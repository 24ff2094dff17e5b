// What a system says of a file that it does not open, in a person's words.
import { messageOf } from '@fairamp/runtime';

const WORDS: ReadonlyMap<string, string> = new Map([
  ['ENOENT', 'is not there'],
  ['ENOTDIR', 'is below something that is no folder'],
  ['EISDIR', 'is a folder; a recording is a file'],
  ['EACCES', 'may not be opened by this account'],
  ['ENOSPC', 'the disk is full'],
]);

export function codeOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
}

export function fileTrouble(error: unknown): string {
  return WORDS.get(codeOf(error)) ?? messageOf(error);
}
