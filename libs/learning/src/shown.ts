// How likely each transformer shows what it does, if so much more or less is imported on its conductor.
import { type PerPhase, type Phase, perPhase } from '@fairamp/units';
import type { Sign } from './hypotheses.js';
import type { Surprise } from './noise.js';
import type { Reading } from './samples.js';

/** Two rests of the mains with changes of ours between them. */
export type Step = {
  readonly before: Reading;
  readonly after: Reading;
  readonly signed: boolean;
  readonly mayExport: boolean;
  readonly mainsPhases: readonly Phase[];
  readonly surprise: PerPhase<Surprise>;
};

export type Shown = (transformer: Phase, sign: Sign, changed_dA: number) => number;

/** Asked for the same tenths of an ampere again and again. @param most_dA nothing beyond it is asked for */
export function shownIn(step: Step, most_dA: number): Shown {
  const kept = () => perPhase(() => new Float64Array(2 * most_dA + 1).fill(-1));
  const straight = kept();
  const reversed = kept();
  return (transformer, sign, changed_dA) => {
    const ofSign = (sign === 1 ? straight : reversed)[transformer];
    const known = ofSign[changed_dA + most_dA] ?? -1;
    if (known >= 0) return known;
    const likely = likelihood(step, transformer, sign * changed_dA);
    ofSign[changed_dA + most_dA] = likely;
    return likely;
  };
}

function likelihood(step: Step, transformer: Phase, changed_dA: number): number {
  // One that is missing says nothing.
  if (!step.mainsPhases.includes(transformer)) return 1;
  const surprise = step.surprise[transformer];
  const before_dA = step.before.current_dA[transformer];
  const after_dA = step.after.current_dA[transformer];
  if (step.signed) return surprise(after_dA - before_dA - changed_dA, changed_dA);
  // A magnitude: with import it grows, with export it shrinks, and it may pass zero. Which of the two, stays the same
  // for hours, so it is not drawn anew each time: the better of both counts, and nothing is won by habit.
  const asImport = surprise(after_dA - Math.abs(before_dA + changed_dA), changed_dA);
  if (!step.mayExport) return asImport;
  return Math.max(asImport, surprise(after_dA - Math.abs(before_dA - changed_dA), changed_dA));
}
