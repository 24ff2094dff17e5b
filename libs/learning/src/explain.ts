// How well each wiring explains one step of the mains, for every charge point that changed anything in it. All of them
// are weighed by what was believed before the step: had one been settled first, the others would lean on the same
// currents twice. A one-phase car tells of its own conductor alone, a balanced three-phase car of directions alone:
// nothing here says so, it follows.
import { type PerPhase, PHASES, perPhase, sumOf } from '@fairamp/units';
import { ALL, CELLS, DIRECTIONS, cellOf } from './hypotheses.js';
import { type Alternative, type Contribution, type Mover, alternativesOf, furthestOf } from './mover.js';
import { logAdd, logSum } from './odds.js';
import { EVERY_DIRECTION, fromBest } from './posterior.js';
import { PATTERNS, patternsIn } from './session.js';
import { type Shown, type Step, shownIn } from './shown.js';

/** Whatever a single step says against a wiring, a few others must be able to outweigh. */
const MOST_A_STEP = -12;

export type Explained = {
  /** To be added to the mover's table where it is metered, to its session where not. */
  readonly logs: readonly number[];
  /** For each pattern what its draw probably changed by; only where it is unmetered. */
  readonly draws_dA: readonly number[];
};

/** null = too many moved at once. */
export function explain(step: Step, movers: readonly Mover[]): readonly (Explained | null)[] {
  const shown = shownIn(step, sumOf(movers, furthestOf));
  const directions = step.signed ? EVERY_DIRECTION : EVERY_DIRECTION.slice(0, 1);
  const answers = directions.map((direction) => explainIn(direction, movers, shown));
  return movers.map((mover, index) => {
    const known = answers.map((ofMovers) => ofMovers[index] ?? null).filter((one) => one !== null);
    if (known.length < directions.length) return null;
    const { logs, draws_dA } = mover.draw_dA === null ? asSession(mover, known) : asTable(known);
    return { logs: fromBest(logs, MOST_A_STEP), draws_dA };
  });
}

type Answer = { readonly log: number; readonly draw_dA: number };
/** By wiring or by pattern, as alternatives are. */
type Answers = ReadonlyMap<number, Answer>;

function explainIn(direction: number, movers: readonly Mover[], shown: Shown): readonly (Answers | null)[] {
  const alternatives = movers.map((mover) => alternativesOf(mover, direction));
  const mixtures = alternatives.map(mixtureOf);
  return alternatives.map((own, index) => {
    const others = together(mixtures.filter((_, other) => other !== index));
    if (others === null) return null;
    return new Map(own.map((one) => [one.index, weigh(one, { others, direction, shown })]));
  });
}

type Weighing = { readonly others: readonly Contribution[]; readonly direction: number; readonly shown: Shown };

function weigh({ contributions }: Alternative, { others, direction, shown }: Weighing): Answer {
  const sign = DIRECTIONS[direction] ?? { L1: 1, L2: 1, L3: 1 };
  let sum = 0;
  let drawn = 0;
  for (const own of contributions)
    for (const other of others) {
      let likely = own.likely * other.likely;
      for (const transformer of PHASES)
        likely *= shown(transformer, sign[transformer], own.by_dA[transformer] + other.by_dA[transformer]);
      sum += likely;
      drawn += likely * own.draw_dA;
    }
  return { log: Math.log(sum), draw_dA: drawn / sum };
}

/** Less likely ones together change nothing. */
const NEGLIGIBLE = 1e-4;
/** Contributions that differ by less are the same. */
const SAME_dA = 5;

/** All that a mover may have contributed; one alone where it is sure. */
function mixtureOf(alternatives: readonly Alternative[]): readonly Contribution[] {
  const all = alternatives.flatMap(({ likely, contributions }) =>
    contributions.map((one) => ({ ...one, likely: likely * one.likely })),
  );
  const mixture = all.filter(({ likely }) => likely > NEGLIGIBLE);
  const best = mixture.reduce<Contribution | null>(
    (one, other) => (one === null || other.likely > one.likely ? other : one),
    null,
  );
  return best !== null && mixture.every((one) => isSame(one.by_dA, best.by_dA)) ? [{ ...best, likely: 1 }] : mixture;
}

function isSame(one: PerPhase<number>, other: PerPhase<number>): boolean {
  return PHASES.every((phase) => Math.abs(one[phase] - other[phase]) <= SAME_dA);
}

/** More ways to add up than this explain anything, and take long. */
const MOST_WAYS = 400;

/** All of them together; null = too many are not sure. */
function together(mixtures: readonly (readonly Contribution[])[]): readonly Contribution[] | null {
  let sums: readonly Contribution[] = [{ likely: 1, by_dA: perPhase(() => 0), draw_dA: 0 }];
  for (const mixture of mixtures) {
    if (sums.length * mixture.length > MOST_WAYS) return null;
    sums = sums.flatMap((sum) => mixture.map((one) => plus(sum, one)));
  }
  return sums;
}

function plus(one: Contribution, other: Contribution): Contribution {
  const by_dA = perPhase((phase) => one.by_dA[phase] + other.by_dA[phase]);
  return { likely: one.likely * other.likely, by_dA, draw_dA: 0 };
}

/** Without a sign there is one direction, and it stands for all. */
function asTable(byDirection: readonly Answers[]): Explained {
  const logs = new Array<number>(CELLS).fill(-Infinity);
  for (const wiring of ALL)
    for (const direction of EVERY_DIRECTION)
      logs[cellOf(wiring, direction)] = (byDirection[direction] ?? byDirection[0])?.get(wiring)?.log ?? -Infinity;
  return { logs, draws_dA: [] };
}

function asSession(mover: Mover, byDirection: readonly Answers[]): Explained {
  const [only] = byDirection;
  if (byDirection.length > 1) return overDirections(mover, byDirection);
  const answers = PATTERNS.map((pattern) => only?.get(withoutSigns(pattern)));
  return {
    logs: answers.map((answer) => answer?.log ?? -Infinity),
    draws_dA: answers.map((answer) => answer?.draw_dA ?? 0),
  };
}

/** A pattern goes with several sets of directions; each counts by how likely it is. */
function overDirections({ cells }: Mover, byDirection: readonly Answers[]): Explained {
  const logs = PATTERNS.map(() => -Infinity);
  const weights = PATTERNS.map(() => -Infinity);
  const draws_dA = PATTERNS.map(() => 0);
  for (const direction of EVERY_DIRECTION) {
    const weight = logSum(ALL.map((wiring) => cells[cellOf(wiring, direction)] ?? -Infinity));
    for (const pattern of patternsIn(direction)) {
      const { log, draw_dA } = byDirection[direction]?.get(pattern) ?? { log: -Infinity, draw_dA: 0 };
      logs[pattern] = logAdd(logs[pattern] ?? -Infinity, weight + log);
      weights[pattern] = logAdd(weights[pattern] ?? -Infinity, weight);
      draws_dA[pattern] = draw_dA;
    }
  }
  return { logs: logs.map((log, pattern) => log - (weights[pattern] ?? 0)), draws_dA };
}

function withoutSigns(pattern: (typeof PATTERNS)[number]): number {
  return PATTERNS.findIndex((other) => PHASES.every((phase) => other[phase] === Math.abs(pattern[phase])));
}
