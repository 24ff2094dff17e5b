// Progressive filling: everybody's value rises together from its floor, until a phase is full or a ceiling is reached;
// then the others go on. What comes out is max-min fair: nobody can have more unless somebody who has no more gives it
// up. `allocate` calls it with floors that fit.
import { type Deciamps, PHASES, type PerPhase, type Phase, clamp, mapPhases, sumOf } from '@fairamp/units';
import { largest, ordered } from './order.js';

export type Fillable = {
  readonly id: string;
  readonly phases: readonly Phase[];
  readonly floor_dA: Deciamps;
  readonly ceiling_dA: Deciamps;
};
export type Filled = {
  readonly value_dA: Deciamps;
  /** The full phases that keep it below its ceiling; none at the ceiling. */
  readonly boundBy: readonly Phase[];
};

export function fill<Item extends Fillable>(
  capacity_dA: PerPhase<Deciamps>,
  items: readonly Item[],
): readonly (Item & Filled)[] {
  const top_dA = items.reduce((most, item) => Math.max(most, item.ceiling_dA), 0);
  const level_dA = largest(0, top_dA, (level) => overfull(capacity_dA, items, level).length === 0);
  const full = level_dA === top_dA ? PHASES : overfull(capacity_dA, items, level_dA + 1);
  const stops = (item: Item): boolean => item.phases.some((phase) => full.includes(phase));
  const spare_dA = without(capacity_dA, atLevel(items, level_dA));
  const settled = handOut(spare_dA, atLevel(items.filter(stops), level_dA)).map((item) => {
    const boundBy = item.value_dA < item.ceiling_dA ? item.phases.filter((phase) => full.includes(phase)) : [];
    return { ...item, boundBy };
  });
  const rising = items.filter((item) => !stops(item));
  if (rising.length === 0) return settled;
  return [...settled, ...fill(without(capacity_dA, settled), rising)];
}

type Valued = { readonly phases: readonly Phase[]; readonly value_dA: Deciamps };

/** What is left when these have their part. */
export function without(capacity_dA: PerPhase<Deciamps>, parts: readonly Valued[]): PerPhase<Deciamps> {
  return mapPhases(capacity_dA, (capacity, phase) => {
    return capacity - sumOf(parts, (part) => (part.phases.includes(phase) ? part.value_dA : 0));
  });
}

function atLevel<Item extends Fillable>(items: readonly Item[], level_dA: Deciamps): readonly (Item & Valued)[] {
  return items.map((item) => ({ ...item, value_dA: clamp(level_dA, item.floor_dA, item.ceiling_dA) }));
}

/** The phases on which this level is too much; one that nobody here uses is nobody's limit. */
function overfull(capacity_dA: PerPhase<Deciamps>, items: readonly Fillable[], level_dA: Deciamps): readonly Phase[] {
  const left_dA = without(capacity_dA, atLevel(items, level_dA));
  return PHASES.filter((phase) => left_dA[phase] < 0 && items.some((item) => item.phases.includes(phase)));
}

/** The few deciamperes that do not make one more for everybody: one each, by id. */
function handOut<Item extends Fillable & Valued>(
  spare_dA: PerPhase<Deciamps>,
  items: readonly Item[],
): readonly Item[] {
  const left_dA = { ...spare_dA };
  return ordered(items).map((item) => {
    const rises = item.value_dA < item.ceiling_dA && item.phases.every((phase) => left_dA[phase] > 0);
    if (!rises) return item;
    item.phases.forEach((phase) => (left_dA[phase] -= 1));
    return { ...item, value_dA: item.value_dA + 1 };
  });
}
