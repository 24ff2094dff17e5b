// What the colours and lines mean, in a row that breaks where the page ends.
import { PAGE } from './axes.js';
import { type Block, stacked } from './page.js';
import { type Recording } from './recording.js';
import { COLOUR, KINDS, SIZE, colourOf } from './style.js';
import { badge } from './mark-strip.js';
import { GRAVITY } from './marks.js';
import { element, line, moved, widthOf, words } from './svg.js';

type Item = { readonly text: string; readonly symbol: string };

const SYMBOL_px = 26;
const GAP_px = 18;
const ROW_px = 20;

/** Once for the page; the charge points of all recordings are the same. */
export function key(recordings: readonly Recording[]): Block {
  return stacked([mainsKey(recordings[0]?.points ?? []), lanesKey(), marksKey(recordings)], 2);
}

function mainsKey(points: Recording['points']): Block {
  return row([
    swatch('house', COLOUR.house),
    ...points.map(({ id }, index) => swatch(id, colourOf(index))),
    swatch('above MAINS while a car draws', COLOUR.wrong),
  ]);
}

function lanesKey(): Block {
  const stroke = COLOUR.faint;
  return row([
    { text: 'what it may draw', symbol: dash({ class: 'limit' }) },
    { text: 'what its pilot offers', symbol: dash({ class: 'offer', stroke }) },
    swatch('what its car draws', stroke, 0.4),
    swatch('contactor closed', stroke, 0.5),
    { text: 'open, a car is in it', symbol: box({ fill: COLOUR.ground, stroke }) },
  ]);
}

/** Only the kinds that are there; kinds that look alike share a symbol. */
function marksKey(recordings: readonly Recording[]): Block {
  const there = GRAVITY.filter((kind) =>
    recordings.some(({ happenings }) => happenings.some((each) => each.kind === kind)),
  );
  const looks = [...new Set(there.map((kind) => KINDS[kind].colour))].map((colour) => {
    const alike = there.filter((kind) => KINDS[kind].colour === colour);
    return { text: alike.map((kind) => KINDS[kind].name).join(' or '), kind: alike[0] ?? 'reason' };
  });
  return row(looks.map(({ text, kind }) => ({ text, symbol: badge({ number: '', kind }, 10, 9) })));
}

function swatch(text: string, fill: string, opacity = 1): Item {
  return { text, symbol: box({ fill, 'fill-opacity': opacity }) };
}

function box(look: Readonly<Record<string, string | number>>): string {
  return element('rect', { x: 0, y: 3, width: 20, height: 12, ...look });
}

function dash(look: Readonly<Record<string, string>>): string {
  return line({ x: 0, y: 9 }, { x: 20, y: 9 }, look);
}

function row(items: readonly Item[]): Block {
  let [x, y] = [0, 0];
  const placed = items.map(({ text, symbol }) => {
    const width = SYMBOL_px + widthOf(text, SIZE.text) + GAP_px;
    if (x > 0 && x + width > PAGE.width - 2 * PAGE.margin) [x, y] = [0, y + ROW_px];
    const at = x;
    x += width;
    return moved(at, y, symbol, words(text, SYMBOL_px, 13));
  });
  return { height_px: items.length === 0 ? 0 : y + ROW_px, svg: moved(PAGE.margin, 0, ...placed) };
}
