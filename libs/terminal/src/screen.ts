// The terminal as a screen: the alternate buffer, redrawn in place without clearing, so that nothing flickers; keys one
// by one; and the person's own screen back, whatever ends the process.
import { paint, type Line, type Size } from './span.js';

const ESC = '\u001b';
const ENTER = `${ESC}[?1049h${ESC}[?25l`;
const LEAVE = `${ESC}[?25h${ESC}[?1049l`;
const HOME = `${ESC}[H`;
const ERASE_TO_END_OF_LINE = `${ESC}[K`;
/** Bracketed so by terminals that know how, the drawing appears in one piece. */
const BEGIN_UPDATE = `${ESC}[?2026h`;
const END_UPDATE = `${ESC}[?2026l`;

export type Terminal = {
  readonly size: () => Size;
  draw(lines: readonly Line[]): void;
  close(): void;
};

export function isTerminal(): boolean {
  return process.stdin.isTTY === true && process.stdout.isTTY === true;
}

/** @param onKey gets each character; ctrl-c too, for a raw terminal sends no signal for it */
export function openTerminal(onKey: (character: string) => void): Terminal {
  // no-color.org: set and not empty, whatever its value.
  const inColour = (process.env['NO_COLOR'] ?? '') === '';
  let isOpen = true;
  const close = (): void => {
    if (!isOpen) return;
    isOpen = false;
    process.stdout.write(LEAVE);
    process.stdin.setRawMode(false);
    process.stdin.pause();
  };
  process.once('exit', close);
  process.stdout.write(ENTER);
  process.stdin.setRawMode(true).setEncoding('utf8').resume();
  process.stdin.on('data', (characters: string) => [...characters].forEach(onKey));
  return {
    size: () => ({ columns: process.stdout.columns, rows: process.stdout.rows }),
    draw: (lines) => {
      if (!isOpen) return;
      const body = lines.map((line) => paint(line, inColour) + ERASE_TO_END_OF_LINE).join('\r\n');
      process.stdout.write(BEGIN_UPDATE + HOME + body + END_UPDATE);
    },
    close,
  };
}
