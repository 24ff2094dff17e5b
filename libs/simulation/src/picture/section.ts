// One recording on the page: the numbers of what happened, the mains, the charge points, the time axis and the legend,
// all on the axes that the page gives it.
import { type Deciamps, type Milliseconds, PHASES } from '@fairamp/units';
import { HOUR_ms, PAGE, type TimeAxis, clockOf, currentAxis, timeTicks } from './axes.js';
import { UNHURRIED_dA } from '../overload.js';
import { type Conductor, layersOf, overloadsOf } from './flows.js';
import { lane, laneHeight } from './lane.js';
import { legend } from './legend.js';
import { OVER_LABEL_px, mainsPanel } from './mains-panel.js';
import { TOGETHER_px, markStrip } from './mark-strip.js';
import { type Marking, marksOf } from './marks.js';
import { type Block, stacked } from './page.js';
import { type Recording } from './recording.js';
import { moved, words } from './svg.js';

/** The same for each recording of a page. */
export type Stage = {
  readonly time: TimeAxis;
  readonly conductors: readonly Conductor[];
  readonly lowest_dA: Deciamps;
  readonly highest_dA: Deciamps;
  /** Of the lanes. */
  readonly offerable_dA: Deciamps;
};

const PANEL_px = { one: 210, several: 130 } as const;
const LANE_px = 54;
const PANEL_GAP_px = 8;
const LANE_GAP_px = 8;
const AXIS_px = 26;

export function markingOf(recording: Recording, { time, conductors }: Stage, firstNumber: number): Marking {
  const overloads = conductors.flatMap((conductor) => overloadsOf(recording, conductor, UNHURRIED_dA));
  const overloadedAt = overloads.flatMap(({ from, to }) => [from, to]);
  return marksOf(recording.happenings, time.timeOf(TOGETHER_px), firstNumber, overloadedAt);
}

export function section(recording: Recording, stage: Stage, marking: Marking): Block {
  const { time } = stage;
  const panels = stacked([mains(recording, stage, marking), lanes(recording, stage, marking)], LANE_GAP_px + 4);
  const drawing = stacked([markStrip(marking, time), panels, timeLabels(time)], 0);
  return stacked([drawing, legend(marking, time)], 12);
}

function mains(recording: Recording, { time, conductors, lowest_dA, highest_dA }: Stage, { marks }: Marking): Block {
  const height_px = conductors.length === 1 ? PANEL_px.one : PANEL_px.several;
  const current = currentAxis(lowest_dA, highest_dA, height_px);
  const panels = conductors.map((conductor) => ({
    height_px: OVER_LABEL_px + height_px,
    svg: moved(0, OVER_LABEL_px, mainsPanel({ recording, conductor, time, current, marks })),
  }));
  return stacked(panels, PANEL_GAP_px);
}

function lanes(recording: Recording, { time, offerable_dA }: Stage, { marks }: Marking): Block {
  const current = currentAxis(0, offerable_dA, LANE_px);
  const drawn = recording.points.map((_, index) => ({
    height_px: laneHeight(current),
    svg: lane({ recording, index, time, current, marks }),
  }));
  return stacked(drawn, LANE_GAP_px);
}

function timeLabels(time: TimeAxis): Block {
  const unit = time.to < HOUR_ms ? 'min:s' : 'h:min:s';
  const labels = timeTicks(time).map((at) => words(clockOf(at, time), time.x(at), 15, { class: 'small mid' }));
  return { height_px: AXIS_px, svg: [words(unit, PAGE.left - 34, 15, { class: 'small end' }), ...labels].join('') };
}

/** Room above what flows, so that the red area ends inside its panel. */
const HEADROOM = 1.06;

export function stageOf(recordings: readonly Recording[], time: TimeAxis, conductors: readonly Conductor[]): Stage {
  const rows = recordings.flatMap((recording) => recording.rows);
  const flows = rows.flatMap((row) => conductors.flatMap(({ phaseOf }) => layersOf(row, phaseOf(row))));
  const limits = recordings.map(({ limit_dA }) => limit_dA * 1.15);
  const offers = rows.flatMap(({ points }) =>
    points.flatMap(({ limit_dA, offered_dA, draw_dA }) => [
      limit_dA,
      offered_dA,
      ...PHASES.map((phase) => draw_dA[phase]),
    ]),
  );
  return {
    time,
    conductors,
    lowest_dA: lowest(flows),
    highest_dA: highest([...limits, highest(flows) * HEADROOM]),
    offerable_dA: highest([60, ...offers]) * HEADROOM,
  };
}

/** Not by spreading: an hour has more figures than a call may have arguments. */
function highest(figures: readonly number[]): number {
  return figures.reduce((best, figure) => Math.max(best, figure), 0);
}

function lowest(figures: readonly number[]): number {
  return figures.reduce((best, figure) => Math.min(best, figure), 0);
}

export function spanOf(recordings: readonly Recording[]): readonly [Milliseconds, Milliseconds] {
  const times = recordings.flatMap(({ rows, happenings }) => [...rows, ...happenings].map(({ at }) => at));
  return [lowest(times), highest([...times, ...recordings.map(({ until }) => until)])];
}

/** Rows are a second apart. */
const ROW_ms = 1000;

/** The last row holds as each does, until the next would be there. */
export function heldUntil(to: Milliseconds, recording: Recording): Recording {
  const last = recording.rows.at(-1);
  if (last === undefined || to === last.at || to - last.at > ROW_ms) return recording;
  return { ...recording, rows: [...recording.rows, { ...last, at: to }] };
}
