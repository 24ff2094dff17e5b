// Recordings for the tests of the picture: a house, cars and happenings as a table says, without a world behind them.
import { type PerPhase, perPhase, PHASES, sumOf } from '@fairamp/units';
import { type Happening, type PointRow, type Recording, type Row } from '../src/picture/recording.js';

export const IDLE: PointRow = {
  limit_dA: 0,
  offered_dA: 0,
  draw_dA: perPhase(() => 0),
  isClosed: false,
  isPlugged: false,
};

export const drawing = (current_dA: number, limit_dA = current_dA): PointRow => ({
  limit_dA,
  offered_dA: limit_dA,
  draw_dA: perPhase(() => current_dA),
  isClosed: true,
  isPlugged: true,
});

export const alike = (current_dA: number): PerPhase<number> => perPhase(() => current_dA);

export function row(second: number, house_dA: PerPhase<number>, ...points: readonly PointRow[]): Row {
  const mains_dA = perPhase((phase) => house_dA[phase] + sumOf(points, ({ draw_dA }) => draw_dA[phase]));
  return { at: second * 1000, house_dA, mains_dA, points };
}

export function happening(second: number, kind: Happening['kind'], who: string, text: string): Happening {
  return { at: Math.round(second * 1000), kind, who, text };
}

export function recording(rows: readonly Row[], rest: Partial<Recording> = {}): Recording {
  return {
    scenario: 'two-cars',
    about: 'Two cars share 25 A with a house.',
    seed: 7,
    strategy: 'fairamp',
    limit_dA: 250,
    until: rows.at(-1)?.at ?? 0,
    points: (rows[0]?.points ?? []).map((_, index) => ({ id: `slave${index + 1}`, phases: PHASES, maximum_dA: 160 })),
    rows,
    happenings: [],
    ...rest,
  };
}

/** A minute: the first car from second 10 on, the second from 20 to 40, in which 27 A flow. */
export function aMinute(rest: Partial<Recording> = {}): Recording {
  const seconds = Array.from({ length: 61 }, (_, second) => second);
  return recording(
    seconds.map((second) =>
      row(
        second,
        alike(50),
        second >= 10 ? drawing(120) : IDLE,
        second >= 20 && second < 40 ? drawing(100, 160) : IDLE,
      ),
    ),
    rest,
  );
}
