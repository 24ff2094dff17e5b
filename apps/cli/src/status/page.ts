// A look as a whole screen: as many lines as there are, what does not fit is counted, and what was there before goes.
import { fit, span, type Line, type Size } from '@fairamp/terminal';

const ENDS: Line = [span(' q or Ctrl-C ends it', 'quiet')];

export function pageOf(lines: readonly Line[], { columns, rows }: Size): readonly Line[] {
  const room = Math.max(0, rows - 1);
  if (lines.length <= room) {
    const padding = Array.from({ length: room - lines.length }, (): Line => []);
    return [...lines, ...padding, ENDS];
  }
  const shown = lines.slice(0, Math.max(0, room - 1));
  const more = lines.length - shown.length;
  const hint = ` and ${more} ${more === 1 ? 'line' : 'lines'} more: a higher window shows ${more === 1 ? 'it' : 'them'}`;
  return [...shown, fit([span(hint, 'warn')], columns), fit(ENDS, columns)].slice(-Math.max(1, rows));
}
