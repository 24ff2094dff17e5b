// What is sure enough to be said: the odds against everything else together, not against the second best alone.
import { type Phase, PHASES } from '@fairamp/units';
import { ALL, DIRECTIONS, cellOf, wiringAt } from './hypotheses.js';
import { favouriteOf, logSum } from './odds.js';
import type { PointBelief } from './posterior.js';

/** e to this: 3,000 to 1. A wrong name is worse than none. */
export const SURE = 8;

/** null = not sure, or nothing to be sure of: one possibility alone needs no evidence. */
export function sureOf(logs: readonly number[]): { readonly index: number; readonly margin: number } | null {
  const favourite = favouriteOf(logs);
  return favourite.margin >= SURE && favourite.margin < Infinity ? favourite : null;
}

export type Conductor = { readonly conductor: Phase; readonly transformer: Phase; readonly margin: number };

/** Own conductors of which the transformer that shows them is sure. */
export function conductorsNamed({ cells }: PointBelief): readonly Conductor[] {
  const wirings = ALL.map((wiring) =>
    logSum(DIRECTIONS.map((_, direction) => cells[cellOf(wiring, direction)] ?? -Infinity)),
  );
  return PHASES.flatMap((conductor, own) => {
    const sure = sureOf(
      PHASES.map((transformer) => logSum(wirings.filter((_, wiring) => wiringAt(wiring)[own] === transformer))),
    );
    const transformer = PHASES[sure?.index ?? -1];
    return sure === null || transformer === undefined ? [] : [{ conductor, transformer, margin: sure.margin }];
  });
}
