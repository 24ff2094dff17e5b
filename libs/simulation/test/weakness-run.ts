// One of the scenarios w1 to w21, played as the pictures in docs/weaknesses play it, and what a story asks of it. Offers are
// read a second after each frame of the meter, in whole amperes: 2.07 thinks in them, and a duty of whole permille is up
// to 0.1 A below them.
import type { Deciamps } from '@fairamp/units';
import type { Outcome, Strategy } from '../src/outcome.js';
import type { Row } from '../src/picture/recording.js';
import { simulate } from '../src/simulate.js';
import { scenarioNamed } from './scenario-files.js';

/** Clocks, contactors and the 12 V of the boards differ from seed to seed; a story must not. */
export const SEEDS = [1, 2] as const;

/** A second or two where nothing else runs; where much else does, a run may take longer than jest's 5 s. */
const PATIENCE_ms = 60_000;

export function story(title: string, tell: () => void): void {
  test(title, tell, PATIENCE_ms);
}

export type Played = {
  readonly outcome: Outcome;
  /** The newest row of that second. */
  readonly at: (second: number) => Row;
  /** From one second on, up to another. */
  readonly during: (from: number, to: number) => readonly Row[];
};
type Playing = { readonly strategy: Strategy; readonly seed: number };

export function played(name: string, seconds: number, { strategy, seed }: Playing, patch: object = {}): Played {
  const scenario = scenarioNamed(name, patch);
  const { outcome, recording } = simulate({ scenario, seed, simulated_ms: seconds * 1000, strategy, recording: true });
  const rows = recording?.rows ?? [];
  const at = (second: number): Row => {
    const row = rows.findLast((one) => one.at < (second + 1) * 1000);
    if (row === undefined) throw new Error(`no row in second ${second}`);
    return row;
  };
  const during = (from: number, to: number): readonly Row[] => {
    const found = rows.filter((row) => row.at >= from * 1000 && row.at < to * 1000);
    if (found.length === 0) throw new Error(`no row from second ${from} to ${to}`);
    return found;
  };
  return { outcome, at, during };
}

export function amperes(current: Deciamps): number {
  return Math.round(current / 10);
}

export function offered_dA({ points }: Row, index = 0): Deciamps {
  return points[index]?.offered_dA ?? 0;
}

export function offers_A({ points }: Row): readonly number[] {
  return points.map(({ offered_dA: offered }) => amperes(offered));
}

/** In whole amperes, a second after each of so many frames. */
export function offersAfter({ at }: Played, firstFrame: number, frames: number, index = 0): readonly number[] {
  return Array.from({ length: frames }, (_, frame) => amperes(offered_dA(at(firstFrame + 2 * frame + 1), index)));
}

/** What flows on L1, in whole amperes. */
export function mains_A({ mains_dA }: Row): number {
  return amperes(mains_dA.L1);
}

export function closed({ points }: Row): readonly boolean[] {
  return points.map(({ isClosed }) => isClosed);
}

/** How many contactors are closed at a time, each number once. */
export function closedCounts(rows: readonly Row[]): readonly number[] {
  return [...new Set(rows.map((row) => closed(row).filter((isClosed) => isClosed).length))];
}

/** Each once, in the order of their coming. */
export function each<T>(rows: readonly Row[], read: (row: Row) => T): readonly T[] {
  return [...new Set(rows.map((row) => read(row)))];
}

export function lowest(rows: readonly Row[], read: (row: Row) => number): number {
  return Math.min(...rows.map((row) => read(row)));
}

export function highest(rows: readonly Row[], read: (row: Row) => number): number {
  return Math.max(...rows.map((row) => read(row)));
}
