// What a recording says of one phase of the mains: the house, each charge point on top of it, and when the sum was above
// MAINS while our cars drew there. Rows are a second apart, and so are these figures; the verdict's own are exact.
import { type Deciamps, type Milliseconds, type Phase, PHASES, sumOf } from '@fairamp/units';
import { type Recording, type Row } from './recording.js';

/** What one panel shows: a phase, or the three of them where they are alike. */
export type Conductor = {
  readonly name: string;
  phaseOf(row: Row): Phase;
};

/** Two phases this close are one picture: a meter's last digit and a car's own spread. */
const ALIKE_dA = 5;

/** Of all recordings that share a page; a phase that never carries anything is not shown. */
export function conductorsOf(recordings: readonly Recording[]): readonly Conductor[] {
  const rows = recordings.flatMap((recording) => recording.rows);
  const live = PHASES.filter((phase) => rows.some((row) => row.house_dA[phase] !== 0 || row.mains_dA[phase] !== 0));
  const shown = live.length === 0 ? PHASES.slice(0, 1) : live;
  if (shown.length === 1 || !rows.every((row) => isAlike(row, shown))) {
    return shown.map((phase) => ({ name: phase, phaseOf: () => phase }));
  }
  const highest = (row: Row): Phase =>
    shown.reduce((best, phase) => (row.mains_dA[phase] > row.mains_dA[best] ? phase : best));
  return [{ name: shown.join(' '), phaseOf: highest }];
}

function isAlike({ house_dA, mains_dA }: Row, phases: readonly Phase[]): boolean {
  return [house_dA, mains_dA].every((currents) => {
    const shown = phases.map((phase) => currents[phase]);
    return Math.max(...shown) - Math.min(...shown) <= ALIKE_dA;
  });
}

/** The house, and what it is with the first charge point, the first two, and so on; the last is all that flows. */
export function layersOf(row: Row, phase: Phase): readonly Deciamps[] {
  let sum = row.house_dA[phase];
  return [sum, ...row.points.map(({ draw_dA }) => (sum += draw_dA[phase]))];
}

export function drawsOn(row: Row, phase: Phase): Deciamps {
  return sumOf(row.points, ({ draw_dA }) => draw_dA[phase]);
}

export type Overload = { readonly from: Milliseconds; readonly to: Milliseconds; readonly worst_dA: Deciamps };

export function isOver(row: Row, phase: Phase, limit_dA: Deciamps): boolean {
  return row.mains_dA[phase] > limit_dA && drawsOn(row, phase) > 0;
}

/** Each run of rows above MAINS by more than `beyond_dA`, up to the first row that is not. */
export function overloadsOf(
  { rows, limit_dA }: Recording,
  { phaseOf }: Conductor,
  beyond_dA: Deciamps,
): readonly Overload[] {
  return runsOf(rows, (row) => isOver(row, phaseOf(row), limit_dA + beyond_dA)).map(({ from, to, rows: over }) => ({
    from,
    to,
    worst_dA: over.reduce((worst, row) => Math.max(worst, row.mains_dA[phaseOf(row)] - limit_dA), 0),
  }));
}

export type Run = { readonly from: Milliseconds; readonly to: Milliseconds; readonly rows: readonly Row[] };

/** The stretches in which something holds; the last may be open at the end of the recording. */
export function runsOf(rows: readonly Row[], holds: (row: Row) => boolean): readonly Run[] {
  const runs: { from: Milliseconds; to: Milliseconds; rows: Row[] }[] = [];
  let current: (typeof runs)[number] | null = null;
  for (const row of rows) {
    if (current !== null) current.to = row.at;
    if (!holds(row)) {
      current = null;
      continue;
    }
    if (current === null) runs.push((current = { from: row.at, to: row.at, rows: [] }));
    current.rows.push(row);
  }
  return runs;
}
