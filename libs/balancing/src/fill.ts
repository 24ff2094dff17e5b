// Progressive filling: everybody's value rises together from its floor until a phase is full; whom that stops is
// settled, and the others go on to their ceilings. What comes out is max-min fair: nobody can have more unless somebody
// who has no more gives it up. `allocate` calls it with floors that fit.
import { type Deciamps, type PerPhase, PHASES, type Phase, clamp, mapPhases, perPhase, sumOf } from '@fairamp/units';
import { largest, ordered } from './order.js';

type Who = { readonly id: string; readonly phases: readonly Phase[] };
export type Fillable<Of extends Who> = {
  readonly of: Of;
  readonly floor_dA: Deciamps;
  readonly ceiling_dA: Deciamps;
};
export type Filled<Of extends Who> = {
  readonly of: Of;
  readonly value_dA: Deciamps;
  /** The full phases that keep it below its ceiling; none at the ceiling. */
  readonly boundBy: readonly Phase[];
};

export function fill<Of extends Who>(
  capacity_dA: PerPhase<Deciamps>,
  items: readonly Fillable<Of>[],
): readonly Filled<Of>[] {
  const top_dA = items.reduce((most, item) => Math.max(most, item.ceiling_dA), 0);
  const level_dA = highestLevel(capacity_dA, items, top_dA);
  if (level_dA === top_dA) return items.map((item) => ({ of: item.of, value_dA: item.ceiling_dA, boundBy: [] }));
  const tried = oneMore(capacity_dA, items, level_dA);
  const settled = tried.filter((item) => item.boundBy.length > 0);
  const rising = tried.filter((item) => item.boundBy.length === 0);
  const onward = rising.map(({ of, value_dA, ceiling_dA }) => ({ of, floor_dA: value_dA, ceiling_dA }));
  return [...settled, ...fill(without(capacity_dA, settled), onward)];
}

/** What is left when each of these has its part. */
export function without<Of extends Who>(
  capacity_dA: PerPhase<Deciamps>,
  filled: readonly Pick<Filled<Of>, 'of' | 'value_dA'>[],
): PerPhase<Deciamps> {
  return mapPhases(capacity_dA, (capacity, phase) => {
    return capacity - sumOf(filled, (item) => (item.of.phases.includes(phase) ? item.value_dA : 0));
  });
}

function valueAt(item: Fillable<Who>, level_dA: Deciamps): Deciamps {
  return clamp(level_dA, item.floor_dA, item.ceiling_dA);
}

/** A phase that nobody here uses is nobody's limit, however overloaded. */
function highestLevel(capacity_dA: PerPhase<Deciamps>, items: readonly Fillable<Who>[], top_dA: Deciamps): Deciamps {
  const users = perPhase((phase) => items.filter((item) => item.of.phases.includes(phase)));
  const used = PHASES.filter((phase) => users[phase].length > 0);
  return largest(0, top_dA, (level_dA) => {
    return used.every((phase) => sumOf(users[phase], (item) => valueAt(item, level_dA)) <= capacity_dA[phase]);
  });
}

/**
 * One deciampere more for each who stands at the level, by id. They do not all get it, or the level would be higher:
 * at least one finds a phase full.
 */
function oneMore<Of extends Who>(
  capacity_dA: PerPhase<Deciamps>,
  items: readonly Fillable<Of>[],
  level_dA: Deciamps,
): readonly (Filled<Of> & Pick<Fillable<Of>, 'ceiling_dA'>)[] {
  const standing = items.map((item) => ({ id: item.of.id, value_dA: valueAt(item, level_dA), ...item }));
  const left_dA = { ...without(capacity_dA, standing) };
  return ordered(standing).map(({ of, ceiling_dA, value_dA }) => {
    if (value_dA !== level_dA || level_dA === ceiling_dA) return { of, ceiling_dA, value_dA, boundBy: [] };
    const boundBy = of.phases.filter((phase) => left_dA[phase] === 0);
    if (boundBy.length > 0) return { of, ceiling_dA, value_dA, boundBy };
    of.phases.forEach((phase) => (left_dA[phase] -= 1));
    return { of, ceiling_dA, value_dA: value_dA + 1, boundBy };
  });
}
