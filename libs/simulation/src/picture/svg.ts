// SVG as text: elements, words that are safe inside them, and how wide words are. The only file that writes a bracket.
// Whatever comes from a recording passes `escaped` on its way, so a picture is well-formed whatever a scenario says.

export type Attributes = Readonly<Record<string, string | number>>;

/** @param children are SVG already; words go through `words` */
export function element(name: string, attributes: Attributes, ...children: readonly string[]): string {
  const written = Object.entries(attributes).map(([key, value]) => ` ${key}="${valueOf(value)}"`);
  const start = `<${name}${written.join('')}`;
  return children.length === 0 ? `${start}/>` : `${start}>${children.join('')}</${name}>`;
}

function valueOf(value: string | number): string {
  return typeof value === 'number' ? tidy(value) : escaped(value);
}

/** A tenth of a pixel is finer than the eye, and keeps an hour's picture small. */
export function tidy(value: number): string {
  return String(tenths(value));
}

function tenths(value: number): number {
  return Math.round(value * 10) / 10;
}

/** XML 1.0 knows no control characters, not even escaped. */
export function escaped(text: string): string {
  return text
    .replaceAll(/[^\t\n\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, ' ')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

/** A line of text with its baseline at x, y. */
export function words(text: string, x: number, y: number, attributes: Attributes = {}): string {
  return element('text', { x, y, ...attributes }, escaped(text));
}

/** Shown by a browser when the mouse rests on what holds it. */
export function tooltip(text: string): string {
  return element('title', {}, escaped(text));
}

export function line(from: Point, to: Point, attributes: Attributes): string {
  return element('line', { x1: from.x, y1: from.y, x2: to.x, y2: to.y, ...attributes });
}

export function moved(x: number, y: number, ...children: readonly string[]): string {
  return element('g', { transform: `translate(${tidy(x)} ${tidy(y)})` }, ...children);
}

export type Point = { readonly x: number; readonly y: number };

/** Straight from point to point; what lies on the way says nothing new and is left out. */
export function pathThrough(points: readonly Point[]): string {
  const told = points.map(({ x, y }) => ({ x: tenths(x), y: tenths(y) }));
  const apart = told.filter(({ x, y }, index) => told[index - 1]?.x !== x || told[index - 1]?.y !== y);
  const kept = apart.filter((point, index) => !isOnTheWay(apart[index - 1], point, apart[index + 1]));
  return kept
    .map(({ x, y }, index) => {
      const before = kept[index - 1];
      if (before === undefined) return `M${x} ${y}`;
      if (before.y === y) return `H${x}`;
      return before.x === x ? `V${y}` : `L${x} ${y}`;
    })
    .join('');
}

/** Not the tip of a line that goes back the way it came: that may be the one second that matters. */
function isOnTheWay(before: Point | undefined, { x, y }: Point, after: Point | undefined): boolean {
  if (before === undefined || after === undefined) return false;
  const isUpright = before.x === x && x === after.x && (y - before.y) * (after.y - y) > 0;
  const isLevel = before.y === y && y === after.y && (x - before.x) * (after.x - x) > 0;
  return isUpright || isLevel;
}

/** Each value holds until the next, the last until `end`. */
export function corners(values: readonly Point[], end: number): readonly Point[] {
  return values.flatMap(({ x, y }, index) => [
    { x, y },
    { x: values[index + 1]?.x ?? end, y },
  ]);
}

/**
 * In pixels, rather too wide than too narrow: which font a viewer has is not known, and DejaVu Sans, the widest of the
 * usual ones, is where these classes come from.
 */
export function widthOf(text: string, size_px: number): number {
  return [...text].reduce((width, character) => width + emsOf(character), 0) * size_px;
}

function emsOf(character: string): number {
  if (/[ iljI.,:;'|!]/.test(character)) return 0.34;
  if (/[frt()[\]/-]/.test(character)) return 0.41;
  if (/[mwMW@%+=<>]/.test(character)) return 0.95;
  return /[A-Z]/.test(character) ? 0.72 : 0.63;
}

export type Room = { readonly width_px: number; readonly size_px: number; readonly lines: number };

/** Broken between words; what does not fit into the lines ends in an ellipsis. */
export function wrapped(text: string, { width_px, size_px, lines }: Room): readonly string[] {
  const fits = (candidate: string): boolean => widthOf(candidate, size_px) <= width_px;
  const written: string[] = [];
  let rest = text.trim().split(/\s+/);
  while (rest.length > 0 && written.length < lines) {
    let taken = 1;
    while (taken < rest.length && fits(rest.slice(0, taken + 1).join(' '))) taken += 1;
    written.push(shortened(rest.slice(0, taken).join(' '), fits, ''));
    rest = rest.slice(taken);
  }
  if (rest.length === 0) return written;
  return [...written.slice(0, -1), shortened(`${written.at(-1) ?? ''} ${rest[0] ?? ''}`, fits, '…')];
}

/** A single word may be wider than its room. */
function shortened(text: string, fits: (candidate: string) => boolean, ending: string): string {
  if (fits(text + ending) && ending === '') return text;
  let length = text.length - 1;
  while (length > 1 && !fits(`${text.slice(0, length)}…`)) length -= 1;
  return `${text.slice(0, length).trimEnd()}…`;
}
