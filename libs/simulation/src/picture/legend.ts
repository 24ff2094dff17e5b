// The lines below the panels: number, time, what happened. Two columns, read downwards, because a story is read in its
// order.
import { sumOf } from '@fairamp/units';
import { PAGE, type TimeAxis, clockOf } from './axes.js';
import { badge } from './mark-strip.js';
import { type Entry, GRAVITY, type Mark, type Marking } from './marks.js';
import { KINDS, SIZE } from './style.js';
import { moved, widthOf, words, wrapped } from './svg.js';
import { type Block, stacked } from './page.js';

const LINE_px = 16;
const ENTRY_GAP_px = 5;
const COLUMN_GAP_px = 32;
const COLUMN_px = (PAGE.width - 2 * PAGE.margin - COLUMN_GAP_px) / 2;
const BADGE_px = 26;
const MOST_LINES = 3;

export function legend({ marks, unlisted }: Marking, time: TimeAxis): Block {
  const clock_px = widthOf(clockOf(time.to, time), SIZE.text) + 12;
  const items = [...marks.flatMap((mark) => itemsOf(mark, time, clock_px)), ...remainder(unlisted)];
  const [left, right] = split(items);
  return {
    height_px: Math.max(left.height_px, right.height_px),
    svg: moved(PAGE.margin, 0, left.svg, moved(COLUMN_px + COLUMN_GAP_px, 0, right.svg)),
  };
}

function itemsOf(mark: Mark, time: TimeAxis, clock_px: number): readonly Block[] {
  return mark.entries.map(({ at, kind, text }, index) => {
    const room = { width_px: COLUMN_px - BADGE_px - clock_px, size_px: SIZE.text, lines: MOST_LINES };
    const lines = wrapped(text, room);
    return {
      height_px: lines.length * LINE_px + ENTRY_GAP_px,
      svg: [
        index === 0 ? badge(mark, 9, 8) : '',
        words(clockOf(at, time), BADGE_px, 12, { style: `fill:${KINDS[kind].colour}` }),
        ...lines.map((each, row) => words(each, BADGE_px + clock_px, 12 + row * LINE_px)),
      ].join(''),
    };
  });
}

function remainder(unlisted: readonly Entry[]): readonly Block[] {
  if (unlisted.length === 0) return [];
  const counts = GRAVITY.map((kind) => ({ kind, count: unlisted.filter((entry) => entry.kind === kind).length }))
    .filter(({ count }) => count > 0)
    .map(({ kind, count }) => `${count} × ${KINDS[kind].name}`);
  const text = `and ${unlisted.length} more: ${counts.join(', ')}`;
  return [{ height_px: LINE_px + ENTRY_GAP_px, svg: words(text, BADGE_px, 12, { class: 'small' }) }];
}

/** The first column takes no less than its half. */
function split(items: readonly Block[]): readonly [Block, Block] {
  const half = sumOf(items, ({ height_px }) => height_px) / 2;
  const first = items.filter((_, index) => sumOf(items.slice(0, index), ({ height_px }) => height_px) < half);
  return [stacked(first, 0), stacked(items.slice(first.length), 0)];
}
