// How far a long replay is, for somebody who waits at a terminal. Nothing of it goes into a file.
import { systemClock } from '@fairamp/runtime';
import { type Milliseconds } from '@fairamp/units';

export type Progress = {
  tell(words: () => string): void;
  /** The line is free again. */
  close(): void;
};
export const UNTOLD: Progress = { tell: () => undefined, close: () => undefined };

const TELLS_EACH_ms: Milliseconds = 500;
const ERASE_TO_END_OF_LINE = '\u001b[K';

type Out = { readonly isTTY: boolean; write(text: string): unknown };

export function openProgress(out: Out = process.stderr, now: () => Milliseconds = () => systemClock.now()): Progress {
  if (!out.isTTY) return UNTOLD;
  let toldAt = now();
  let isTold = false;
  return {
    tell: (words) => {
      if (now() - toldAt < TELLS_EACH_ms) return;
      toldAt = now();
      isTold = true;
      out.write(`\r ${words()}${ERASE_TO_END_OF_LINE}`);
    },
    close: () => void (isTold && out.write(`\r${ERASE_TO_END_OF_LINE}`)),
  };
}
