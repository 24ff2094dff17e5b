// The figures as a picture: for each set-up the share of trials that took longer than a time, both axes by powers of ten,
// so that the rare and long ones, which are what counts, have as much room as the many. 100 ms is the standard's.
import { COLOUR, SIZE, STYLE, colourOf } from '../../libs/simulation/src/picture/style.js';
import { corners, element, escaped, line, moved, pathThrough, words } from '../../libs/simulation/src/picture/svg.js';
import type { Milliseconds } from '@fairamp/units';
import { distributionOf, timesOf } from './distribution.js';
import type { Measured } from './measure.js';

const WIDTH = 860;
const PANEL = { left: 70, width: 740, height: 210 };
const TIMES_ms = [5, 10, 20, 50, 100, 200, 500, 1000, 2000];
const SHARES = [1, 0.1, 0.01, 0.001];
const LIMIT_ms: Milliseconds = 100;

export function picture(measured: readonly Measured[]): string {
  const panels = [false, true].map((hasHogs) => measured.filter(({ setUp }) => setUp.hasHogs === hasHogs));
  const height = 100 + panels.length * (PANEL.height + 80);
  const told = measured.map(toldOf).join(' ');
  return [
    element(
      'svg',
      { xmlns: 'http://www.w3.org/2000/svg', viewBox: `0 0 ${WIDTH} ${height}`, role: 'img' },
      element('title', {}, 'How long until the contactor is told to open'),
      element('desc', {}, escaped(told)),
      element('style', {}, STYLE),
      element('rect', { x: 0, y: 0, width: WIDTH, height, fill: COLOUR.ground }),
      words('From a car that leaves C until the coil is written off', 20, 34, { class: 'title' }),
      words(
        'How many of the trials took longer than a time; right of the line is later than IEC 61851-1 allows.',
        20,
        56,
      ),
      ...panels.map((panel, row) => moved(PANEL.left, 100 + row * (PANEL.height + 80), panelOf(panel, row === 1))),
    ),
    '',
  ].join('\n');
}

function panelOf(measured: readonly Measured[], hasHogs: boolean): string {
  const title = hasHogs ? 'busy: one more program than cores, each taking all that it gets' : 'idle';
  return [
    words(title, 0, -10, { class: 'strong' }),
    ...TIMES_ms.map((time_ms) => tickOf(time_ms)),
    ...SHARES.map((share) => shareTickOf(share)),
    element('rect', { x: 0, y: 0, width: PANEL.width, height: PANEL.height, class: 'frame' }),
    line({ x: xOf(LIMIT_ms), y: 0 }, { x: xOf(LIMIT_ms), y: PANEL.height }, { class: 'limit', stroke: COLOUR.wrong }),
    ...measured.map((each, index) => curveOf(each, index)),
    ...measured.map((each, index) => keyOf(each, index)),
  ].join('');
}

function tickOf(time_ms: Milliseconds): string {
  const x = xOf(time_ms);
  return (
    line({ x, y: 0 }, { x, y: PANEL.height }, { class: 'grid' }) +
    words(time_ms < 1000 ? `${time_ms} ms` : `${time_ms / 1000} s`, x, PANEL.height + 16, { class: 'small mid' })
  );
}

function shareTickOf(share: number): string {
  const y = yOf(share);
  return (
    line({ x: 0, y }, { x: PANEL.width, y }, { class: 'grid' }) +
    words(share === 1 ? 'all' : `1 in ${1 / share}`, -8, y + 4, { class: 'small end' })
  );
}

/** Steps: each trial is one. */
function curveOf({ trials }: Measured, index: number): string {
  const sorted = timesOf(trials).toSorted((one, other) => one - other);
  const points = sorted.map((time_ms, rank) => ({ x: xOf(time_ms), y: yOf((sorted.length - rank) / sorted.length) }));
  const last = points.at(-1);
  const d = pathThrough(corners(points, last?.x ?? 0));
  const end = last === undefined ? '' : element('circle', { cx: last.x, cy: last.y, r: 3.5, fill: colourOf(index) });
  return element('path', { d, fill: 'none', stroke: colourOf(index), 'stroke-width': 2 }) + end;
}

function keyOf({ setUp, trials }: Measured, index: number): string {
  const { p50_ms, most_ms } = distributionOf(timesOf(trials));
  const y = 20 + index * 18;
  const text = `${setUp.name}: half within ${round(p50_ms)}, all within ${round(most_ms)}`;
  return (
    element('rect', { x: PANEL.width - 372, y: y - 9, width: 14, height: 4, fill: colourOf(index) }) +
    words(text, PANEL.width - 352, y - 2, { class: 'halo', 'font-size': SIZE.small })
  );
}

function toldOf({ setUp, trials }: Measured): string {
  const { p50_ms, p99_ms, most_ms, above100 } = distributionOf(timesOf(trials));
  const computer = setUp.hasHogs ? 'busy' : 'idle';
  const figures = `half within ${round(p50_ms)}, 99 % within ${round(p99_ms)}, all within ${round(most_ms)}`;
  return `${computer}, ${setUp.name}: ${figures}, ${above100} of ${trials.length} above 100 ms.`;
}

function round(time_ms: Milliseconds): string {
  return `${Math.round(time_ms)} ms`;
}

function xOf(time_ms: Milliseconds): number {
  return within(Math.log(time_ms / 5) / Math.log(2000 / 5)) * PANEL.width;
}

function yOf(share: number): number {
  return within(Math.log(share) / Math.log(0.001)) * PANEL.height;
}

function within(share: number): number {
  return Math.min(1, Math.max(0, share));
}
