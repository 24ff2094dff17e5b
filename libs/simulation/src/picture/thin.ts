// An hour has more seconds than a page has pixels. Of the rows that fall on one spot the lowest and the highest stay, so
// that no peak is lost, not even one of a single second.
import { type TimeAxis } from './axes.js';
import { type Row } from './recording.js';

/** Two rows on each spot of this width are as fine as the eye. */
const SPOT_px = 2;

export function thinned(rows: readonly Row[], time: TimeAxis, value: (row: Row) => number): readonly Row[] {
  const spots = new Map<number, Row[]>();
  for (const row of rows) {
    const spot = Math.floor(time.x(row.at) / SPOT_px);
    const there = spots.get(spot);
    if (there === undefined) spots.set(spot, [row]);
    else there.push(row);
  }
  const kept = [...spots.values()].flatMap((there) => extremes(there, value));
  const last = rows.at(-1);
  return last === undefined || kept.at(-1) === last ? kept : [...kept, last];
}

function extremes(rows: readonly Row[], value: (row: Row) => number): readonly Row[] {
  const values = rows.map(value);
  const ends = [values.indexOf(Math.min(...values)), values.indexOf(Math.max(...values))];
  return rows.filter((_, index) => ends.includes(index));
}
