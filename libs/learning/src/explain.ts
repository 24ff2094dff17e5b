// How well each wiring explains one step of the mains, for every charge point that changed anything in it. All of them
// are weighed by what was believed before the step: had one been settled first, the others would lean on the same
// currents twice. A one-phase car tells of its own conductor alone, a balanced three-phase car of directions alone:
// nothing here says so, it follows.
import { type PerPhase, PHASES, perPhase, sumOf } from '@fairamp/units';
import { ALL, CELLS, DIRECTIONS, cellOf } from './hypotheses.js';
import { type Alternative, type Contribution, type Mover, alternativesOf, largestOf } from './mover.js';
import { logAdd, logSum } from './odds.js';
import { EVERY_DIRECTION, fromBest } from './posterior.js';
import { PATTERNS, type Session, patternsIn } from './session.js';
import { type Shown, type Step, shownIn } from './shown.js';

/** Whatever a single step says against a wiring, a few others must be able to outweigh. */
const MOST_A_STEP = -12;

/** To be added to each mover's table where it is metered, to its session where not; null = too many moved at once. */
export function explain(step: Step, movers: readonly Mover[]): readonly (readonly number[] | null)[] {
  const shown = shownIn(step, Math.ceil(sumOf(movers, largestOf)));
  const directions = step.signed ? EVERY_DIRECTION : EVERY_DIRECTION.slice(0, 1);
  const logs = directions.map((direction) => explainIn(direction, movers, shown));
  return movers.map((mover, index) => {
    const byDirection = logs.map((ofMovers) => ofMovers[index] ?? null);
    const known = byDirection.filter((one) => one !== null);
    if (known.length < byDirection.length) return null;
    return fromBest(mover.draw_dA === null ? asSession(mover, known) : asTable(known), MOST_A_STEP);
  });
}

/** By wiring or by pattern, as alternatives are. */
type Logs = ReadonlyMap<number, number>;

function explainIn(direction: number, movers: readonly Mover[], shown: Shown): readonly (Logs | null)[] {
  const alternatives = movers.map((mover) => alternativesOf(mover, direction));
  const mixtures = alternatives.map(mixtureOf);
  return alternatives.map((own, index) => {
    const others = together(mixtures.filter((_, other) => other !== index));
    if (others === null) return null;
    return new Map(own.map((one) => [one.index, likelihoodOf(one, { others, direction, shown })]));
  });
}

type Weighing = { readonly others: readonly Contribution[]; readonly direction: number; readonly shown: Shown };

function likelihoodOf({ contributions }: Alternative, { others, direction, shown }: Weighing): number {
  const sign = DIRECTIONS[direction] ?? { L1: 1, L2: 1, L3: 1 };
  let sum = 0;
  for (const own of contributions)
    for (const other of others) {
      let likely = own.likely * other.likely;
      for (const transformer of PHASES)
        likely *= shown(transformer, sign[transformer], own.by_dA[transformer] + other.by_dA[transformer]);
      sum += likely;
    }
  return Math.log(sum);
}

/** Less likely ones together change nothing. */
const NEGLIGIBLE = 1e-5;
/** Contributions that differ by less are the same. */
const SAME_dA = 5;

/** All that a mover may have contributed; one alone where it is sure. */
function mixtureOf(alternatives: readonly Alternative[]): readonly Contribution[] {
  const all = alternatives.flatMap(({ likely, contributions }) =>
    contributions.map((one) => ({ likely: likely * one.likely, by_dA: one.by_dA })),
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
  let sums: readonly Contribution[] = [{ likely: 1, by_dA: perPhase(() => 0) }];
  for (const mixture of mixtures) {
    if (sums.length * mixture.length > MOST_WAYS) return null;
    sums = sums.flatMap((sum) => mixture.map((one) => plus(sum, one)));
  }
  return sums;
}

function plus(one: Contribution, other: Contribution): Contribution {
  const by_dA = perPhase((phase) => one.by_dA[phase] + other.by_dA[phase]);
  return { likely: one.likely * other.likely, by_dA };
}

/** Without a sign there is one direction, and it stands for all. */
function asTable(byDirection: readonly Logs[]): readonly number[] {
  const table = new Array<number>(CELLS).fill(-Infinity);
  for (const wiring of ALL)
    for (const direction of EVERY_DIRECTION)
      table[cellOf(wiring, direction)] = (byDirection[direction] ?? byDirection[0])?.get(wiring) ?? -Infinity;
  return table;
}

function asSession({ cells }: Mover, byDirection: readonly Logs[]): Session {
  const [only] = byDirection;
  if (byDirection.length === 1) return PATTERNS.map((pattern) => only?.get(withoutSigns(pattern)) ?? -Infinity);
  const logs = PATTERNS.map(() => -Infinity);
  const weights = PATTERNS.map(() => -Infinity);
  for (const direction of EVERY_DIRECTION) {
    const weight = logSum(ALL.map((wiring) => cells[cellOf(wiring, direction)] ?? -Infinity));
    for (const pattern of patternsIn(direction)) {
      logs[pattern] = logAdd(logs[pattern] ?? -Infinity, weight + (byDirection[direction]?.get(pattern) ?? -Infinity));
      weights[pattern] = logAdd(weights[pattern] ?? -Infinity, weight);
    }
  }
  return logs.map((log, pattern) => log - (weights[pattern] ?? 0));
}

function withoutSigns(pattern: (typeof PATTERNS)[number]): number {
  return PATTERNS.findIndex((other) => PHASES.every((phase) => other[phase] === Math.abs(pattern[phase])));
}
