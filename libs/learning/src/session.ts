// An unmetered car draws the same on each conductor that it uses: its L1, or L1 and L2, or all three. Which, and which
// transformers answer with which sign, is kept by pattern until the car leaves, as the next may use other conductors.
import { PHASES, type PerPhase, type Phase, perPhase } from '@fairamp/units';
import { ALL, DIRECTIONS, type Sign, WIRINGS, cellOf } from './hypotheses.js';
import { logAdd, logSum } from './odds.js';
import type { Table } from './posterior.js';

type Pattern = PerPhase<Sign | 0>;
const ANSWERS: readonly (Sign | 0)[] = [0, 1, -1];
/** The first is that of a car that draws nothing. */
export const PATTERNS: readonly Pattern[] = ANSWERS.flatMap((L1) =>
  ANSWERS.flatMap((L2) => ANSWERS.map((L3): Pattern => ({ L1, L2, L3 }))),
);

/** For each pattern the logarithm of how well it explains all steps of one car. */
export type Session = readonly number[];
export const NO_STEPS: Session = PATTERNS.map(() => 0);

/** Nothing, or one, two, three conductors, beginning with L1 (IEC 62196-2: a one-phase car uses L1). */
export const USES: readonly number[] = [0, 1, 2, 3];
const LIKELY: readonly number[] = [0.1, 0.3, 0.3, 0.3].map((share) => Math.log(share));

/** For each cell and each use the index of its pattern. */
const PATTERN_OF: readonly (readonly number[])[] = WIRINGS.flatMap((wiring) =>
  DIRECTIONS.map((direction) => USES.map((used) => patternOf(wiring.slice(0, used), direction))),
);

function patternOf(answering: readonly Phase[], direction: PerPhase<Sign>): number {
  const wanted = perPhase((transformer) => (answering.includes(transformer) ? direction[transformer] : 0));
  return PATTERNS.findIndex((pattern) => PHASES.every((transformer) => pattern[transformer] === wanted[transformer]));
}

/** For each seen wiring and set of directions, whatever the car uses. */
export function tableOf(session: Session): Table {
  return PATTERN_OF.map((patterns) => logSum(USES.map((used) => ofUse(session, patterns, used))));
}

function ofUse(session: Session, patterns: readonly number[], used: number): number {
  return (LIKELY[used] ?? -Infinity) + (session[patterns[used] ?? 0] ?? 0);
}

/** How likely the car uses nothing, one, two, three, given all else that is known of its charge point. */
export function usesOf(session: Session, cells: readonly number[]): readonly number[] {
  const table = tableOf(session);
  return USES.map((used) =>
    PATTERN_OF.reduce((sum, patterns, cell) => {
      const without = (cells[cell] ?? -Infinity) - (table[cell] ?? 0);
      return logAdd(sum, without + ofUse(session, patterns, used));
    }, -Infinity),
  );
}

/** Given a set of directions: how likely each pattern that goes with it. */
export function patternsOf(session: Session, cells: readonly number[], direction: number): ReadonlyMap<number, number> {
  const table = tableOf(session);
  const likely = new Map<number, number>();
  for (const wiring of ALL) {
    const cell = cellOf(wiring, direction);
    const patterns = PATTERN_OF[cell] ?? [];
    for (const used of USES) {
      const log = (cells[cell] ?? -Infinity) - (table[cell] ?? 0) + ofUse(session, patterns, used);
      const pattern = patterns[used] ?? 0;
      likely.set(pattern, logAdd(likely.get(pattern) ?? -Infinity, log));
    }
  }
  return likely;
}

/** The patterns that go with a set of directions, and so all that it makes of any wiring and use. */
export function patternsIn(direction: number): readonly number[] {
  return [...new Set(ALL.flatMap((wiring) => PATTERN_OF[cellOf(wiring, direction)] ?? []))];
}
