// The same where only the offer is known. A car draws the same on each conductor that it uses: its L1, or L1 and L2, or
// all three; how much of the offer, and whether at all, is open. What the steps of one car say is kept by pattern
// (which transformers answer, with which sign) until the car leaves, as the next may use other conductors.
import { PHASES, type PerPhase, type Phase, type Rotation, perPhase } from '@fairamp/units';
import { DIRECTIONS, WIRINGS, type Sign } from './hypotheses.js';
import { type Step, fitOf, weighed } from './metered.js';
import { logSum } from './odds.js';
import { type Table } from './posterior.js';

type Pattern = PerPhase<Sign | 0>;
const ANSWERS: readonly (Sign | 0)[] = [0, 1, -1];
/** The first is that of a car that draws nothing. */
const PATTERNS: readonly Pattern[] = ANSWERS.flatMap((L1) =>
  ANSWERS.flatMap((L2) => ANSWERS.map((L3): Pattern => ({ L1, L2, L3 }))),
);

/** For each pattern the logarithm of how well it explains all steps of one car. */
export type Session = readonly number[];
export const NO_STEPS: Session = PATTERNS.map(() => 0);

/** Of the offer's change: not at all (saturated), all of it but for a little, or anything between. */
const NOT_AT_ALL = 0.2;
const ALL_OF_IT = 0.4;
const BETWEEN = 0.4;
const SHARES_OF_ALL: readonly number[] = [0.86, 0.88, 0.9, 0.92, 0.94, 0.96, 0.98, 1];
/** Finer than the noise. */
const GRID_dA = 4;

type Draw = { readonly log: number; readonly draw_dA: number };

/** @param most_dA what the offer changed by, below 0 when it was lowered or ended */
export function explainUnmetered(step: Step, most_dA: number): Session {
  const points = Math.max(1, Math.ceil(Math.abs(most_dA) / GRID_dA));
  const draws: readonly Draw[] = [
    { log: Math.log(NOT_AT_ALL), draw_dA: 0 },
    ...SHARES_OF_ALL.map((share) => ({ log: Math.log(ALL_OF_IT / SHARES_OF_ALL.length), draw_dA: share * most_dA })),
    ...Array.from({ length: points }, (_, index) => ({
      log: Math.log(BETWEEN / points),
      draw_dA: ((index + 0.5) / points) * most_dA,
    })),
  ];
  const fits = draws.map(({ log, draw_dA }) => ({
    log,
    by: perPhase((transformer) => answersOf(step, transformer, draw_dA)),
  }));
  const still = perPhase((transformer) => fitOf(step, transformer, 0, 1));
  const logs = PATTERNS.map((pattern, index) =>
    index === 0
      ? PHASES.reduce((sum, transformer) => sum + still[transformer], 0)
      : logSum(
          fits.map(({ log, by }) =>
            PHASES.reduce(
              (sum, transformer) => sum + answerOf(pattern[transformer], by[transformer], still[transformer]),
              log,
            ),
          ),
        ),
  );
  return weighed(logs);
}

type Answers = { readonly straight: number; readonly reversed: number };

function answersOf(step: Step, transformer: Phase, draw_dA: number): Answers {
  return { straight: fitOf(step, transformer, draw_dA, 1), reversed: fitOf(step, transformer, draw_dA, -1) };
}

function answerOf(answer: Sign | 0, { straight, reversed }: Answers, still: number): number {
  if (answer === 0) return still;
  return answer === 1 ? straight : reversed;
}

/** One, two or three conductors, beginning with L1 (IEC 62196-2: a one-phase car uses L1); or none. */
export const PHASES_USED = [1, 2, 3] as const;
const LIKELY_USED = Math.log(0.3);
const LIKELY_NONE = Math.log(0.1);

/** For each seen wiring and set of directions, whichever conductors the car uses. */
export function tableOf(session: Session): Table {
  return logsByUse(session).map((logs) => logSum(logs));
}

/** For each cell: the car draws nothing, uses one, two, three conductors. */
export function logsByUse(session: Session): readonly (readonly number[])[] {
  return PATTERNS_BY_USE.map((patterns) =>
    patterns.map((pattern, used) => (used === 0 ? LIKELY_NONE : LIKELY_USED) + (session[pattern] ?? 0)),
  );
}

/** The indices of their patterns. */
const PATTERNS_BY_USE: readonly (readonly number[])[] = WIRINGS.flatMap((wiring) =>
  DIRECTIONS.map((direction) => [0, ...PHASES_USED.map((used) => patternOf(wiring, used, direction))]),
);

function patternOf(wiring: Rotation, used: number, direction: PerPhase<Sign>): number {
  const answering = wiring.slice(0, used);
  return PATTERNS.findIndex((pattern) =>
    PHASES.every(
      (transformer) => pattern[transformer] === (answering.includes(transformer) ? direction[transformer] : 0),
    ),
  );
}
