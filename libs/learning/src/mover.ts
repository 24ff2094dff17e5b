// What one charge point may have changed on the conductors behind the transformers: where it is metered one change for
// each wiring, otherwise for each pattern anything that its offer allows.
import { type PerPhase, type Phase, PHASES, labelOf, perPhase } from '@fairamp/units';
import { ALL, cellOf, wiringAt } from './hypotheses.js';
import { logSum } from './odds.js';
import { type Session, PATTERNS, patternsIn, patternsOf } from './session.js';

export type Mover = {
  /** By own labels; null = unmetered. */
  readonly draw_dA: PerPhase<number> | null;
  /** What the offer changed by, below 0 when it was lowered or ended. */
  readonly most_dA: number;
  readonly session: Session;
  /** What is believed of it so far. */
  readonly cells: readonly number[];
};

/** Import positive, by transformer, and how likely it is. */
export type Contribution = { readonly likely: number; readonly by_dA: PerPhase<number> };
/** Everything that one wiring (or one pattern) may have contributed; the likelihoods sum to 1. */
export type Alternative = {
  readonly index: number;
  readonly likely: number;
  readonly contributions: readonly Contribution[];
};

export function alternativesOf(mover: Mover, direction: number): readonly Alternative[] {
  return mover.draw_dA === null ? byPattern(mover, direction) : byWiring(mover.draw_dA, mover, direction);
}

function byWiring(draw_dA: PerPhase<number>, { cells }: Mover, direction: number): readonly Alternative[] {
  const logs = ALL.map((wiring) => cells[cellOf(wiring, direction)] ?? -Infinity);
  const all = logSum(logs);
  return ALL.map((wiring) => ({
    index: wiring,
    likely: shareOf(logs[wiring] ?? -Infinity, all),
    contributions: [{ likely: 1, by_dA: throughWiring(draw_dA, wiring) }],
  }));
}

function shareOf(log: number, all: number): number {
  return all === -Infinity ? 0 : Math.exp(log - all);
}

function throughWiring(draw_dA: PerPhase<number>, wiring: number): PerPhase<number> {
  return perPhase((transformer) => draw_dA[labelOf(transformer, wiringAt(wiring))]);
}

function byPattern({ session, cells, most_dA }: Mover, direction: number): readonly Alternative[] {
  const logs = patternsOf(session, cells, direction);
  const all = logSum([...logs.values()]);
  const draws = drawsOf(most_dA);
  return patternsIn(direction).map((index) => {
    const answers = (transformer: Phase): boolean => PATTERNS[index]?.[transformer] !== 0;
    const isUsed = PHASES.some(answers);
    const by = (draw_dA: number): PerPhase<number> => perPhase((transformer) => (answers(transformer) ? draw_dA : 0));
    return {
      index,
      likely: shareOf(logs.get(index) ?? -Infinity, all),
      contributions: (isUsed ? draws : STILL).map(({ likely, draw_dA }) => ({ likely, by_dA: by(draw_dA) })),
    };
  });
}

type Draw = { readonly likely: number; readonly draw_dA: number };
const STILL: readonly Draw[] = [{ likely: 1, draw_dA: 0 }];
/** Of what the offer changed by: nothing (saturated), all of it but for a little, or anything between. */
const NOT_AT_ALL = 0.2;
const ALL_OF_IT = 0.4;
const BETWEEN = 0.4;
const SHARES_OF_ALL: readonly number[] = [0.88, 0.91, 0.94, 0.97, 1];
/** About as fine as the noise. */
const GRID_dA = 5;
const FINEST = 24;

function drawsOf(most_dA: number): readonly Draw[] {
  const points = Math.min(Math.max(Math.ceil(Math.abs(most_dA) / GRID_dA), 1), FINEST);
  return [
    { likely: NOT_AT_ALL, draw_dA: 0 },
    ...SHARES_OF_ALL.map((share) => ({ likely: ALL_OF_IT / SHARES_OF_ALL.length, draw_dA: share * most_dA })),
    ...Array.from({ length: points }, (_, index) => ({
      likely: BETWEEN / points,
      draw_dA: ((index + 0.5) / points) * most_dA,
    })),
  ];
}
