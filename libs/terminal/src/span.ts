// Lines of text with a meaning for each part, so that one drawing serves a colour terminal, NO_COLOR and a test.
// Widths count characters: nothing the view prints is wider than one cell.

/** What a remark amounts to. */
export type Tone = 'plain' | 'quiet' | 'good' | 'warn' | 'bad';
export type Ink = Tone | 'title' | 'house' | 'cars' | 'over';
export type Span = { readonly text: string; readonly ink: Ink };
export type Line = readonly Span[];
export type Size = { readonly columns: number; readonly rows: number };

/** SGR parameters of ECMA-48; the sixteen old colours follow the terminal's own theme. */
const SGR: Readonly<Record<Ink, string>> = {
  plain: '',
  quiet: '2',
  good: '32',
  warn: '33',
  bad: '1;31',
  title: '1',
  house: '34',
  cars: '32',
  over: '1;31',
};

export function span(text: string, ink: Ink = 'plain'): Span {
  return { text, ink };
}

export function lengthOf(line: Line): number {
  return line.reduce((length, part) => length + [...part.text].length, 0);
}

/** Cut to the width, with an ellipsis where something is missing. */
export function fit(line: Line, columns: number): Line {
  if (lengthOf(line) <= columns) return line;
  return [...kept(line, columns - 1), span('…', 'quiet')];
}

/** So many of one text, however long somebody has made it. */
const LINES_MOST = 8;

/** Broken at spaces where it is wider, what follows set in by so much; what is too long for that too is cut. */
export function wrap(line: Line, columns: number, indent: number): readonly Line[] {
  const lines: Line[] = [];
  let rest = line;
  while (lengthOf(rest) > columns && lines.length < LINES_MOST - 1) {
    const text = rest.flatMap((part) => [...part.text]);
    const lead = text.findIndex((character) => character !== ' ');
    const space = text.lastIndexOf(' ', columns);
    if (space <= lead) break;
    // Of several spaces none stays, neither at the end of this line nor at the beginning of the next.
    const end = text.slice(0, space).findLastIndex((character) => character !== ' ') + 1;
    lines.push(kept(rest, end));
    rest = [span(' '.repeat(indent)), ...dropped(rest, space + 1)];
  }
  return [...lines, fit(rest, columns)];
}

function kept(line: Line, count: number): Line {
  let left = count;
  return line.flatMap(({ text, ink }) => {
    const characters = [...text].slice(0, left);
    left -= characters.length;
    return characters.length === 0 ? [] : [span(characters.join(''), ink)];
  });
}

function dropped(line: Line, count: number): Line {
  let left = count;
  return line.flatMap(({ text, ink }) => {
    const characters = [...text];
    const more = characters.slice(left);
    left = Math.max(0, left - characters.length);
    return more.length === 0 ? [] : [span(more.join(''), ink)];
  });
}

/** One line with `right` at the right edge; where both do not fit, `right` is left out. */
export function justify(left: Line, right: Line, columns: number): Line {
  const gap = columns - lengthOf(left) - lengthOf(right);
  return gap < 1 ? fit(left, columns) : [...left, span(' '.repeat(gap)), ...right];
}

export function paint(line: Line, inColour: boolean): string {
  return line
    .map(({ text, ink }) => (inColour && SGR[ink] !== '' ? `\u001b[${SGR[ink]}m${text}\u001b[0m` : text))
    .join('');
}
