// How well each wiring explains one step of ours, where the charge point's own meter says what changed. A one-phase car
// tells of its own conductor alone, a balanced three-phase car of directions alone: nothing here says so, it follows.
import { type PerPhase, type Phase, PHASES, labelOf, perPhase } from '@fairamp/units';
import { DIRECTIONS, WIRINGS, type Sign } from './hypotheses.js';
import type { Surprise } from './noise.js';
import { type Table, fromBest } from './posterior.js';
import type { Reading } from './samples.js';

/** Two rests of the mains with a change of ours between them. */
export type Step = {
  readonly before: Reading;
  readonly after: Reading;
  readonly signed: boolean;
  readonly mayExport: boolean;
  readonly mainsPhases: readonly Phase[];
  /** What others of our cars changed meanwhile, by the transformer that shows it, import positive. */
  readonly others_dA: PerPhase<number>;
  readonly surprise: PerPhase<Surprise>;
};

/** No single step decides: what it says against a wiring counts for no more than this. */
const MOST_A_STEP = -8;

export function explainMetered(step: Step, draw_dA: PerPhase<number>): Table {
  const fits = perPhase((transformer) => perPhase((own) => fitsOf(step, transformer, draw_dA[own])));
  const logs = WIRINGS.flatMap((wiring) =>
    DIRECTIONS.map((direction) =>
      PHASES.reduce((sum, transformer) => {
        const fit = fits[transformer][labelOf(transformer, wiring)];
        return sum + (direction[transformer] === 1 ? fit.straight : fit.reversed);
      }, 0),
    ),
  );
  return weighed(logs);
}

export function weighed(logs: readonly number[]): readonly number[] {
  return fromBest(logs, MOST_A_STEP);
}

type Fits = { readonly straight: number; readonly reversed: number };

function fitsOf(step: Step, transformer: Phase, changed_dA: number): Fits {
  return { straight: fitOf(step, transformer, changed_dA, 1), reversed: fitOf(step, transformer, changed_dA, -1) };
}

/** How likely this transformer shows what it does if so much more is imported there. One that is missing says nothing. */
export function fitOf(step: Step, transformer: Phase, changed_dA: number, sign: Sign): number {
  if (!step.mainsPhases.includes(transformer)) return 0;
  const surprise = step.surprise[transformer];
  const all_dA = changed_dA + step.others_dA[transformer];
  const before_dA = step.before.current_dA[transformer];
  const after_dA = step.after.current_dA[transformer];
  if (step.signed) return surprise(after_dA - before_dA - sign * all_dA, all_dA);
  // A magnitude: with import it grows, with export it shrinks, and it may pass zero. Which of the two, stays the same
  // for hours, so it is not drawn anew each time: the better of both counts, and nothing is won by habit.
  const asImport = surprise(after_dA - Math.abs(before_dA + all_dA), all_dA);
  if (!step.mayExport) return asImport;
  return Math.max(asImport, surprise(after_dA - Math.abs(before_dA - all_dA), all_dA));
}
