// One charge point over time: what its lease allows, what its pilot offers, what its car draws, and below that the
// contactor with the times at which it closed and opened. Here one sees who obeyed what, and how late.
import { PHASES } from '@fairamp/units';
import { PAGE, type CurrentAxis, type TimeAxis, ampsOf, clockOf } from './axes.js';
import { type Run, runsOf } from './flows.js';
import { frame, grid } from './mains-panel.js';
import { guides } from './mark-strip.js';
import { type Mark } from './marks.js';
import { type PointRow, type Recording, type Row } from './recording.js';
import { COLOUR, SIZE, colourOf } from './style.js';
import {
  type Attributes,
  type Point,
  corners,
  element,
  line,
  moved,
  pathThrough,
  tooltip,
  widthOf,
  words,
  wrapped,
} from './svg.js';
import { thinned } from './thin.js';

export type Lane = {
  readonly recording: Recording;
  /** Its place in `Recording.points`. */
  readonly index: number;
  readonly time: TimeAxis;
  readonly current: CurrentAxis;
  readonly marks: readonly Mark[];
};

const CONTACTOR_px = 15;
const GAP_px = 3;
const NAME_px = PAGE.left - PAGE.margin - 16 - 30;

export function laneHeight({ height_px }: CurrentAxis): number {
  return height_px + GAP_px + CONTACTOR_px;
}

export function lane(of: Lane): string {
  const { current, time, marks } = of;
  return element(
    'g',
    {},
    name(of),
    grid(time, current),
    currents(of),
    guides(marks, time, laneHeight(current)),
    frame(current),
    moved(0, current.height_px + GAP_px, contactor(of)),
  );
}

function name({ recording, index }: Lane): string {
  const point = recording.points[index];
  if (point === undefined) return '';
  const id = wrapped(point.id, { width_px: NAME_px, size_px: SIZE.text * 1.1, lines: 1 }).join('');
  return element(
    'g',
    {},
    tooltip(point.id),
    element('rect', { x: PAGE.margin, y: 2, width: 10, height: 10, fill: colourOf(index) }),
    words(id, PAGE.margin + 16, 12, { class: 'strong' }),
    words(point.phases.join(' '), PAGE.margin, 28, { class: 'small' }),
    words(`at most ${ampsOf(point.maximum_dA)}`, PAGE.margin, 43, { class: 'small' }),
  );
}

const NOTHING: PointRow = {
  limit_dA: 0,
  offered_dA: 0,
  draw_dA: { L1: 0, L2: 0, L3: 0 },
  isClosed: false,
  isPlugged: false,
};

function currents({ recording, index, time, current }: Lane): string {
  const at = (row: Row): PointRow => row.points[index] ?? NOTHING;
  const draw = (row: Row): number => Math.max(...PHASES.map((phase) => at(row).draw_dA[phase]));
  const through = (value: (row: Row) => number): readonly Point[] => {
    const values = thinned(recording.rows, time, value).map((row) => ({ x: time.x(row.at), y: current.y(value(row)) }));
    return corners(values, values.at(-1)?.x ?? PAGE.left);
  };
  const drawn = through(draw);
  const foot = (x: number | undefined): Point => ({ x: x ?? PAGE.left, y: current.y(0) });
  const area = pathThrough([foot(drawn[0]?.x), ...drawn, foot(drawn.at(-1)?.x)]);
  const limit = pathThrough(through((row) => at(row).limit_dA));
  const offer = pathThrough(through((row) => at(row).offered_dA));
  const colour = colourOf(index);
  return [
    element('path', { fill: colour, 'fill-opacity': 0.4, d: `${area}Z` }, tooltip('draw, of the phase with most')),
    element('path', { class: 'offer', stroke: colour, d: offer }, tooltip('what the pilot offers')),
    element('path', { class: 'limit', d: limit }, tooltip('what it may draw')),
  ].join('');
}

/** Filled while closed, an outline while a car is in it, a hairline without one. */
function contactor({ recording, index, time }: Lane): string {
  const { rows } = recording;
  const plugged = runsOf(rows, (row) => row.points[index]?.isPlugged === true);
  const closed = runsOf(rows, (row) => row.points[index]?.isClosed === true);
  const colour = colourOf(index);
  const middle = CONTACTOR_px / 2;
  const named = closed.map((run) => ({ ...run, text: stretchOf(run, rows, time) }));
  return [
    words('contactor', PAGE.left - 6, middle + 4, { class: 'small end' }),
    line({ x: PAGE.left, y: middle }, { x: PAGE.right, y: middle }, { class: 'grid' }),
    ...plugged.map((run) => bar(run, time, { fill: COLOUR.ground, stroke: colour })),
    ...named.map((run) => bar(run, time, { fill: colour, 'fill-opacity': 0.5 }, tooltip(`closed ${run.text}`))),
    ...times(named, time),
  ].join('');
}

function bar({ from, to }: Run, time: TimeAxis, look: Attributes, ...children: readonly string[]): string {
  const width = Math.max(1, time.x(to) - time.x(from));
  return element('rect', { x: time.x(from), y: 0.5, width, height: CONTACTOR_px - 1, ...look }, ...children);
}

/** What was so before the recording began, or still is at its end, has no time of its own there. */
function stretchOf({ from, to }: Run, rows: readonly Row[], time: TimeAxis): string {
  const [isFirst, isLast] = [from === rows[0]?.at, to === rows.at(-1)?.at];
  if (isFirst && isLast) return 'all the time';
  if (isFirst) return `until ${clockOf(to, time)}`;
  return isLast ? `from ${clockOf(from, time)}` : `${clockOf(from, time)} to ${clockOf(to, time)}`;
}

/** In the bar, or right of it before the next; where neither has room the tooltip alone says it. */
function times(closed: readonly (Run & { readonly text: string })[], time: TimeAxis): readonly string[] {
  return closed.flatMap((run, index) => {
    const [left, right] = [time.x(run.from), time.x(run.to)];
    const width = widthOf(run.text, SIZE.small) + 10;
    const y = CONTACTOR_px / 2 + 4;
    if (right - left >= width) return [words(run.text, left + 5, y, { class: 'small dark' })];
    const next = closed[index + 1];
    const free = (next === undefined ? PAGE.right : time.x(next.from)) - right;
    return free >= width ? [words(run.text, right + 5, y, { class: 'small halo' })] : [];
  });
}
