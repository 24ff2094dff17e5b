// One phase of the mains over time: the house, and each charge point's draw on top of it, against MAINS. What flows above
// MAINS while our cars draw is red, and a red bar at the upper edge keeps even a second of it in sight.
import { type Deciamps } from '@fairamp/units';
import { PAGE, type CurrentAxis, type TimeAxis, ampsOf, timeTicks } from './axes.js';
import { type Conductor, type Overload, type Run, isOver, layersOf, overloadsOf, runsOf } from './flows.js';
import { UNHURRIED_dA } from '../overload.js';
import { guides } from './mark-strip.js';
import { type Mark } from './marks.js';
import { type Recording, type Row } from './recording.js';
import { COLOUR, SIZE, colourOf } from './style.js';
import { corners, element, line, pathThrough, tooltip, widthOf, words } from './svg.js';
import { thinned } from './thin.js';

export type MainsPanel = {
  readonly recording: Recording;
  readonly conductor: Conductor;
  readonly time: TimeAxis;
  readonly current: CurrentAxis;
  readonly marks: readonly Mark[];
};

/** Above each panel: how far it was over, and how long by more than half an ampere. */
export const OVER_LABEL_px = 16;

/** Its upper edge is y = 0; the labels stand above it. */
export function mainsPanel(panel: MainsPanel): string {
  const { recording, conductor, time, current, marks } = panel;
  const rows = thinned(recording.rows, time, (row) => row.mains_dA[conductor.phaseOf(row)]);
  return element(
    'g',
    {},
    grid(time, current),
    words(conductor.name, PAGE.margin, current.height_px / 2 + 4, { class: 'strong' }),
    ...layers(rows, panel),
    topLine(rows, panel),
    overArea(rows, panel),
    limitLine(recording.limit_dA, current),
    guides(marks, time, current.height_px),
    ...overloadsOf(recording, conductor, 0).map((overload) => overBar(overload, time)),
    ...overLabels(overloadsOf(recording, conductor, UNHURRIED_dA), time),
    frame(current),
  );
}

/** Also behind the lanes. */
export function grid(time: TimeAxis, current: CurrentAxis): string {
  return element(
    'g',
    {},
    ...timeTicks(time).map((at) =>
      line({ x: time.x(at), y: 0 }, { x: time.x(at), y: current.height_px }, { class: 'grid' }),
    ),
    ...current.ticks.map((tick) =>
      line({ x: PAGE.left, y: current.y(tick) }, { x: PAGE.right, y: current.y(tick) }, { class: 'grid' }),
    ),
    ...current.ticks.map((tick, index) =>
      words(
        index === current.ticks.length - 1 ? ampsOf(tick) : ampsOf(tick).replace(' A', ''),
        PAGE.left - 6,
        current.y(tick) + 4,
        { class: 'small end' },
      ),
    ),
  );
}

export function frame({ height_px }: CurrentAxis): string {
  return element('rect', {
    class: 'frame',
    x: PAGE.left,
    y: 0,
    width: PAGE.right - PAGE.left,
    height: height_px,
  });
}

/** The house first; of each charge point only the stretches in which it draws. */
function layers(rows: readonly Row[], { recording, conductor, time, current }: MainsPanel): readonly string[] {
  const at = (row: Row, layer: number): Deciamps =>
    layer < 0 ? 0 : (layersOf(row, conductor.phaseOf(row))[layer] ?? 0);
  return ['house', ...recording.points.map(({ id }) => id)].map((name, layer) => {
    const edge = (of: number) => (row: Row) => current.y(at(row, of));
    const d = runsOf(rows, (row) => at(row, layer) !== at(row, layer - 1))
      .map((run) => band(run, time, [edge(layer), edge(layer - 1)]))
      .join('');
    return element('path', { fill: layer === 0 ? COLOUR.house : colourOf(layer - 1), d }, tooltip(name));
  });
}

function band({ rows, to }: Run, time: TimeAxis, edges: readonly [upper: Height, lower: Height]): string {
  const [upper, lower] = edges.map((y) =>
    corners(
      rows.map((row) => ({ x: time.x(row.at), y: y(row) })),
      time.x(to),
    ),
  );
  return `${pathThrough([...(upper ?? []), ...(lower ?? []).toReversed()])}Z`;
}

type Height = (row: Row) => number;

function topLine(rows: readonly Row[], { conductor, time, current }: MainsPanel): string {
  const values = rows.map((row) => ({ x: time.x(row.at), y: current.y(row.mains_dA[conductor.phaseOf(row)]) }));
  return element('path', { class: 'mains', d: pathThrough(corners(values, values.at(-1)?.x ?? PAGE.left)) });
}

function overArea(rows: readonly Row[], { recording, conductor, time, current }: MainsPanel): string {
  const top: Height = (row) => current.y(row.mains_dA[conductor.phaseOf(row)]);
  const limit: Height = () => current.y(recording.limit_dA);
  const d = runsOf(rows, (row) => isOver(row, conductor.phaseOf(row), recording.limit_dA))
    .map((run) => band(run, time, [top, limit]))
    .join('');
  return d === '' ? '' : element('path', { class: 'over', d }, tooltip('above MAINS while a car draws'));
}

function limitLine(limit_dA: Deciamps, current: CurrentAxis): string {
  const y = current.y(limit_dA);
  return [
    line({ x: PAGE.left, y }, { x: PAGE.right, y }, { class: 'limit' }),
    words('MAINS', PAGE.right + 8, y - 2, { class: 'strong' }),
    words(ampsOf(limit_dA), PAGE.right + 8, y + 12, {}),
  ].join('');
}

function overBar({ from, to, worst_dA }: Overload, time: TimeAxis): string {
  const width = Math.max(2, time.x(to) - time.x(from));
  return element(
    'rect',
    { class: 'over', x: time.x(from), y: -5, width, height: 5 },
    tooltip(wordsOf({ from, to, worst_dA })),
  );
}

export function wordsOf({ from, to, worst_dA }: Overload): string {
  return `${ampsOf(worst_dA)} over, ${Math.round((to - from) / 1000)} s`;
}

const APART_px = 14;

/** The worst come first and keep their place; whoever would lie on another stays without words. */
function overLabels(overloads: readonly Overload[], time: TimeAxis): readonly string[] {
  const weight = ({ from, to, worst_dA }: Overload): number => worst_dA * (to - from);
  const taken: { readonly from: number; readonly to: number }[] = [];
  return [...overloads]
    .sort((one, other) => weight(other) - weight(one))
    .flatMap((overload) => {
      const text = wordsOf(overload);
      const half = widthOf(text, SIZE.small) / 2;
      const wanted = (time.x(overload.from) + time.x(overload.to)) / 2;
      const x = Math.min(Math.max(wanted, PAGE.left + half), PAGE.right - half);
      if (taken.some(({ from, to }) => x + half + APART_px > from && x - half - APART_px < to)) return [];
      taken.push({ from: x - half, to: x + half });
      return [words(text, x, -8, { class: 'small mid wrong' })];
    });
}
