// The last line that a process wrote before it ended, for the event that tells of its end.
import { readFileSync } from 'node:fs';

const LONGEST = 200;

/** Empty when there is none. */
export function lastWordsOf(logFile: string): string {
  try {
    const lines = readFileSync(logFile, 'utf8').trimEnd().split('\n');
    return messageIn(lines.at(-1) ?? '').slice(0, LONGEST);
  } catch {
    return '';
  }
}

/** Our own processes log JSON with a `msg`; others, and an early crash, write text. */
function messageIn(line: string): string {
  try {
    const entry: unknown = JSON.parse(line);
    if (typeof entry === 'object' && entry !== null && 'msg' in entry) return String(entry.msg);
  } catch {
    // Text it is.
  }
  return line;
}
