// The numbers above the panels, each with a line down through all of them, and a tick for whatever has no number. Numbers
// that would touch stand in rows below each other.
import { type TimeAxis, clockOf } from './axes.js';
import { type Mark, type Marking } from './marks.js';
import { type Block } from './page.js';
import { KINDS, SIZE } from './style.js';
import { element, line, pathThrough, tooltip, words } from './svg.js';

const RADIUS_px = 9;
const APART_px = 2 * RADIUS_px + 2;
const TICK_px = 5;
/**
 * Happenings closer than this share a number. Four rows are then enough, for no more than four numbers fall into the
 * width of one.
 */
export const TOGETHER_px = 5.5;

type Placed = Mark & { readonly x: number; readonly row: number };

export function markStrip({ marks, unlisted }: Marking, time: TimeAxis): Block {
  const placed = inRows(marks, time);
  const rows = Math.max(0, ...placed.map(({ row }) => row + 1));
  const height_px = rows * APART_px + TICK_px + 3;
  const spots = new Set(unlisted.map(({ at }) => Math.round(time.x(at))));
  const ticks = [...spots]
    .map((x) =>
      pathThrough([
        { x, y: height_px - TICK_px },
        { x, y: height_px },
      ]),
    )
    .join('');
  const svg = [
    ticks === '' ? '' : element('path', { d: ticks, stroke: KINDS.reason.colour, 'stroke-opacity': 0.5 }),
    ...placed.map((mark) => guide(mark, mark.x, centreOf(mark), height_px)),
    ...placed.map((mark) => badge(mark, mark.x, centreOf(mark), tooltip(wordsOf(mark, time)))),
  ].join('');
  return { height_px, svg };
}

/** In the first row in which it touches nobody. */
function inRows(marks: readonly Mark[], time: TimeAxis): readonly Placed[] {
  const ends: number[] = [];
  return marks.map((mark) => {
    const x = time.x(mark.at);
    const free = ends.findIndex((end) => x >= end);
    const row = free === -1 ? ends.length : free;
    ends[row] = x + APART_px;
    return { ...mark, x, row };
  });
}

function centreOf({ row }: Placed): number {
  return row * APART_px + RADIUS_px + 1;
}

/** Down through a panel, whose upper edge is y = 0. */
export function guides(marks: readonly Mark[], time: TimeAxis, height_px: number): string {
  const lines = marks.map((mark) => guide(mark, time.x(mark.at), 0, height_px));
  return element('g', {}, ...lines);
}

function guide({ kind }: Mark, x: number, from: number, to: number): string {
  const look =
    kind === 'reason'
      ? { 'stroke-opacity': 0.45, 'stroke-dasharray': '2 3' }
      : { 'stroke-opacity': 0.85, 'stroke-dasharray': '4 2' };
  return line({ x, y: from }, { x, y: to }, { stroke: KINDS[kind].colour, ...look });
}

/** Grave ones are filled, so that they differ not by colour alone. Also drawn in the legend. */
export function badge(
  { number, kind }: { number: number | string; kind: Mark['kind'] },
  x: number,
  y: number,
  title = '',
): string {
  const { colour } = KINDS[kind];
  const isFilled = kind !== 'reason' && kind !== 'said';
  const digits = String(number);
  return element(
    'g',
    {},
    title,
    element('circle', {
      cx: x,
      cy: y,
      r: RADIUS_px,
      fill: isFilled ? colour : '#ffffff',
      stroke: colour,
      'stroke-width': 1.4,
    }),
    words(digits, x, y + 3.8, {
      class: 'mid strong',
      style: `fill:${isFilled ? '#ffffff' : colour};font-size:${digits.length > 2 ? SIZE.small - 2.5 : SIZE.small - 0.5}px`,
    }),
  );
}

function wordsOf({ entries }: Mark, time: TimeAxis): string {
  return entries.map(({ at, text }) => `${clockOf(at, time)} ${text}`).join('\n');
}
