// A step that speaks against the meter counts only when the readings go on as that lie has it for some seconds after:
// a cloud that passes during our step goes on passing after it. What speaks for the meter counts at once.
import type { Phase } from '@fairamp/units';
import { type Source, toleranceOf } from './sources.js';
import { drawnBetween, isWithin, type Range } from './steps.js';
import type { Candidates, Judged, Vote } from './types.js';

/** @returns the votes that are confirmed by this sample, and those that go on waiting */
export function confirm(
  before: Candidates | null,
  sample: Judged,
  source: Source,
): { readonly votes: readonly Vote[]; readonly candidates: Candidates | null } {
  if (before === null) return { votes: [], candidates: null };
  const kept = before.votes.filter((vote) => goesOn(vote, before.sample, sample, source));
  if (kept.length === 0) return { votes: [], candidates: null };
  const isOver = sample.measuredAt - before.sample.measuredAt >= source.after_ms;
  return isOver ? { votes: kept, candidates: null } : { votes: [], candidates: { ...before, votes: kept } };
}

function goesOn({ lie, phase, other, factor }: Vote, from: Judged, to: Judged, source: Source): boolean {
  const drawn = drawnBetween(from, to, phase);
  const reads = (on: Phase, range: Range): boolean => {
    const [before_dA, after_dA] = [from.current_dA[on], to.current_dA[on]];
    return isWithin(after_dA - before_dA, range, toleranceOf(source, before_dA, after_dA));
  };
  switch (lie) {
    case 'sign-flipped':
      return reads(phase, { least_dA: -drawn.most_dA, most_dA: -drawn.least_dA });
    case 'swapped':
      return other !== null && reads(phase, drawnBetween(from, to, other)) && reads(other, drawn);
    case 'scaled':
      return reads(phase, scaledBy(factor ?? [0, 1], drawn));
    case 'unmoved':
    case null:
      return reads(phase, { least_dA: 0, most_dA: 0 });
  }
}

function scaledBy([least, most]: readonly [number, number], { least_dA, most_dA }: Range): Range {
  const ends = [least * least_dA, most * least_dA, least * most_dA, most * most_dA];
  return { least_dA: Math.min(...ends), most_dA: Math.max(...ends) };
}
