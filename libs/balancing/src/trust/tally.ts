// How often our cars' steps have spoken for one lie about one conductor since the last step that spoke for the meter. A
// coincidence with the house is one such step; several without one honest answer between them are an accusation.
import type { Milliseconds } from '@fairamp/units';
import { type Source, pointsOf } from './sources.js';
import type { StepLie, Tally, Vote } from './types.js';

/** After so long a coincidence is forgotten. */
const REMEMBERED_ms: Milliseconds = 1_800_000;
/** A factor fits many things that a house does, so it takes more. */
const MORE_FOR_A_FACTOR = 2;

export function count(tallies: readonly Tally[], votes: readonly Vote[], at: Milliseconds): readonly Tally[] {
  let counted: readonly Tally[] = tallies.filter((tally) => at - tally.at < REMEMBERED_ms);
  for (const vote of votes) {
    const { phase, lie } = vote;
    if (lie === null) counted = counted.filter((tally) => tally.phase !== phase && tally.other !== phase);
    else counted = against(counted, { ...vote, because: lie }, at);
  }
  return counted;
}

function against(
  tallies: readonly Tally[],
  { because, phase, other, drawn_dA, read_dA, factor }: Vote & { readonly because: StepLie },
  at: Milliseconds,
): readonly Tally[] {
  const isOf = (tally: Tally): boolean => tally.because === because && tally.phase === phase && tally.other === other;
  const before = tallies.find(isOf);
  const both = bothOf(before?.factor ?? null, factor);
  // Another factor than before: it begins anew.
  const counted = factor !== null && both === null ? undefined : before;
  const points = (counted?.points ?? 0) + pointsOf(drawn_dA);
  const steps = (counted?.steps ?? 0) + 1;
  const tally = { because, phase, other, drawn_dA, read_dA, points, steps, at, factor: both ?? factor };
  return [...tallies.filter((one) => !isOf(one)), tally];
}

function bothOf(one: Tally['factor'], other: Tally['factor']): Tally['factor'] {
  if (one === null || other === null) return other;
  const both = [Math.max(one[0], other[0]), Math.min(one[1], other[1])] as const;
  return both[0] <= both[1] ? both : null;
}

/** Who has lied before is believed less: half the points, and one step may do. */
export function isEnough(tally: Tally, source: Source, accusations: number): boolean {
  const needed = pointsNeeded(tally.because, source);
  const isKnownLiar = accusations > 0;
  const steps = isKnownLiar ? 1 : tally.because === 'scaled' ? 3 : 2;
  return tally.points >= (isKnownLiar ? Math.ceil(needed / 2) : needed) && tally.steps >= steps;
}

function pointsNeeded(because: StepLie, { points }: Source): number {
  return because === 'scaled' ? points + MORE_FOR_A_FACTOR : points;
}
