// Progressive filling: everybody's value rises together from its floor until a phase is full; whom that stops is
// settled, and the others go on to their ceilings. What comes out is max-min fair: nobody can have more unless somebody
// who has no more gives it up. `allocate` calls it with floors that fit.
import { type Deciamps, type PerPhase, PHASES, type Phase, clamp, mapPhases, sumOf } from '@fairamp/units';
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
  const level_dA = largest(0, top_dA, (level) => fits(capacity_dA, items, level));
  const valued = items.map((item) => ({ ...item, value_dA: valueAt(item, level_dA) }));
  if (level_dA === top_dA) return valued.map((item) => ({ ...item, boundBy: [] }));
  const tried = oneMore(without(capacity_dA, valued, valueOf), valued, level_dA);
  const settled = tried.filter((item) => item.boundBy.length > 0);
  const rising = tried.filter((item) => item.boundBy.length === 0);
  const onward = rising.map((item) => ({ ...item, floor_dA: item.value_dA }));
  return [...settled, ...fill(without(capacity_dA, settled, valueOf), onward)];
}

/** What is left when each of these has its part. */
export function without<Part extends { readonly phases: readonly Phase[] }>(
  capacity_dA: PerPhase<Deciamps>,
  parts: readonly Part[],
  partOf: (part: Part) => Deciamps,
): PerPhase<Deciamps> {
  return mapPhases(capacity_dA, (capacity, phase) => {
    return capacity - sumOf(parts, (part) => (part.phases.includes(phase) ? partOf(part) : 0));
  });
}

export function valueOf(filled: { readonly value_dA: Deciamps }): Deciamps {
  return filled.value_dA;
}

function valueAt(item: Fillable, level_dA: Deciamps): Deciamps {
  return clamp(level_dA, item.floor_dA, item.ceiling_dA);
}

/** A phase that nobody here uses is nobody's limit, however overloaded. */
function fits(capacity_dA: PerPhase<Deciamps>, items: readonly Fillable[], level_dA: Deciamps): boolean {
  const left_dA = without(capacity_dA, items, (item) => valueAt(item, level_dA));
  return PHASES.every((phase) => left_dA[phase] >= 0 || items.every((item) => !item.phases.includes(phase)));
}

/**
 * One deciampere more for each who stands at the level, by id. They do not all get it, or the level would be higher:
 * at least one finds a phase full.
 */
function oneMore<Item extends Fillable & { readonly value_dA: Deciamps }>(
  spare_dA: PerPhase<Deciamps>,
  items: readonly Item[],
  level_dA: Deciamps,
): readonly (Item & Filled)[] {
  const left_dA = { ...spare_dA };
  return ordered(items).map((item) => {
    if (item.value_dA !== level_dA || level_dA === item.ceiling_dA) return { ...item, boundBy: [] };
    const boundBy = item.phases.filter((phase) => left_dA[phase] === 0);
    if (boundBy.length > 0) return { ...item, boundBy };
    item.phases.forEach((phase) => (left_dA[phase] -= 1));
    return { ...item, value_dA: item.value_dA + 1, boundBy };
  });
}
