// What one charge point may have changed on the conductors behind the transformers: where it is metered one change for
// each wiring, otherwise for each pattern anything that its offer allows.
import { type Deciamps, type PerPhase, type Phase, PHASES, labelOf, perPhase } from '@fairamp/units';
import { ALL, cellOf, wiringAt } from './hypotheses.js';
import { logSum } from './odds.js';
import { type Session, PATTERNS, patternsIn, patternsOf } from './session.js';

/** 0 with an open contactor. */
export type Offer = { readonly from_dA: Deciamps; readonly to_dA: Deciamps };

export type Mover = {
  /** By own labels; null = unmetered. */
  readonly draw_dA: PerPhase<number> | null;
  readonly offer: Offer;
  /** What an unmetered car draws on each of its conductors before the step; null = not known. */
  readonly drawn_dA: Deciamps | null;
  readonly session: Session;
  /** What is believed of it so far. */
  readonly cells: readonly number[];
};

/** Import positive, by transformer, whole deciamperes, and how likely it is. */
export type Contribution = {
  readonly likely: number;
  readonly by_dA: PerPhase<number>;
  /** Of an unmetered car: on each of its conductors. */
  readonly draw_dA: Deciamps;
};
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
    contributions: [{ likely: 1, by_dA: throughWiring(draw_dA, wiring), draw_dA: 0 }],
  }));
}

function shareOf(log: number, all: number): number {
  return all === -Infinity ? 0 : Math.exp(log - all);
}

function throughWiring(draw_dA: PerPhase<number>, wiring: number): PerPhase<number> {
  return perPhase((transformer) => Math.round(draw_dA[labelOf(transformer, wiringAt(wiring))]));
}

function byPattern({ session, cells, offer, drawn_dA }: Mover, direction: number): readonly Alternative[] {
  const logs = patternsOf(session, cells, direction);
  const all = logSum([...logs.values()]);
  const draws = withExpected(drawsOf(offer), expectedOf(offer, drawn_dA));
  return patternsIn(direction).map((index) => {
    const answers = (transformer: Phase): boolean => PATTERNS[index]?.[transformer] !== 0;
    const isUsed = PHASES.some(answers);
    const by = (draw_dA: number): PerPhase<number> => perPhase((transformer) => (answers(transformer) ? draw_dA : 0));
    return {
      index,
      likely: shareOf(logs.get(index) ?? -Infinity, all),
      contributions: (isUsed ? draws : STILL).map(({ likely, draw_dA }) => ({
        likely,
        draw_dA,
        by_dA: by(draw_dA),
      })),
    };
  });
}

type Draw = { readonly likely: number; readonly draw_dA: number };
const STILL: readonly Draw[] = [{ likely: 1, draw_dA: 0 }];
/** Of what the offer changed by: nothing (saturated), all of it but for a little, or anything between. */
type Shares = { readonly none: number; readonly all: number; readonly between: number };
const ADJUSTED: Shares = { none: 0.35, all: 0.35, between: 0.3 };
/** A closed contactor means that the car asks; seldom it then draws nothing. */
const STARTED_OR_STOPPED: Shares = { none: 0.05, all: 0.4, between: 0.55 };
/** The least that a car draws when it draws: 6 A by IEC 61851-1, less what it may stay below its offer. */
const LEAST_dA = 50;
const SHARES_OF_ALL: readonly number[] = [0.88, 0.91, 0.94, 0.97, 1];
/** About as fine as the noise. */
const GRID_dA = 5;
const FINEST = 24;

function drawsOf({ from_dA, to_dA }: Offer): readonly Draw[] {
  const most_dA = to_dA - from_dA;
  const isWhole = from_dA === 0 || to_dA === 0;
  const { none, all, between } = isWhole ? STARTED_OR_STOPPED : ADJUSTED;
  const least_dA = isWhole ? Math.min(LEAST_dA, Math.abs(most_dA)) : 0;
  const span_dA = Math.abs(most_dA) - least_dA;
  const points = Math.min(Math.max(Math.ceil(span_dA / GRID_dA), 1), FINEST);
  return [
    { likely: none, draw_dA: 0 },
    ...SHARES_OF_ALL.map((share) => ({ likely: all / SHARES_OF_ALL.length, draw_dA: Math.round(share * most_dA) })),
    ...Array.from({ length: points }, (_, index) => ({
      likely: between / points,
      draw_dA: Math.sign(most_dA) * Math.round(least_dA + ((index + 0.5) / points) * span_dA),
    })),
  ];
}

/** Below its offer by more than this, a car has all that it takes. */
const SATURATED_dA = 15;

/** What a car does of which it is known what it draws; null = it is not known, or open how much more it takes. */
function expectedOf({ from_dA, to_dA }: Offer, drawn_dA: Deciamps | null): Deciamps | null {
  if (drawn_dA === null || from_dA === 0) return null;
  if (to_dA < drawn_dA) return Math.round(to_dA - drawn_dA);
  return to_dA < from_dA || drawn_dA < from_dA - SATURATED_dA ? 0 : null;
}

const AS_EXPECTED = 0.6;
/** What it draws is only known from the mains. */
const ABOUT_dA: readonly number[] = [-6, 0, 6];

function withExpected(draws: readonly Draw[], expected_dA: Deciamps | null): readonly Draw[] {
  if (expected_dA === null) return draws;
  const others = draws.map(({ likely, draw_dA }) => ({ likely: (1 - AS_EXPECTED) * likely, draw_dA }));
  const about = (by_dA: number): Draw => ({ likely: AS_EXPECTED / ABOUT_dA.length, draw_dA: expected_dA + by_dA });
  return [...others, ...ABOUT_dA.map(about)];
}

/** The largest change of any conductor, as far as it is told. */
export function largestOf({ draw_dA, offer }: Mover): Deciamps {
  if (draw_dA === null) return Math.abs(offer.to_dA - offer.from_dA);
  return Math.max(...PHASES.map((own) => Math.ceil(Math.abs(draw_dA[own]))));
}

/** No alternative contributes more. */
export function furthestOf(mover: Mover): Deciamps {
  const expected_dA = mover.draw_dA === null ? Math.ceil(mover.drawn_dA ?? 0) + Math.max(...ABOUT_dA) : 0;
  return Math.max(largestOf(mover), expected_dA);
}
