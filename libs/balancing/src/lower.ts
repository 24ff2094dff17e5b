// Lowering to a common level: whoever has most gives first, and a phase takes only from those who use it. Protection
// calls it with the overload, sharing with what a newcomer needs. It never takes more than that (but for less than one
// deciampere a car) and never goes below anybody's floor; what then is missing is the caller's to deal with.
import { type Deciamps, PHASES, type PerPhase, type Phase, sumOf } from '@fairamp/units';
import { largest } from './order.js';

export type Lowerable = {
  readonly phases: readonly Phase[];
  readonly limit_dA: Deciamps;
  /** Not lowered below this; a limit of 0 stays 0. */
  readonly floor_dA: Deciamps;
  /** What flows of it now and would end with its limit; 0 on phases that it does not use. */
  readonly load_dA: PerPhase<Deciamps>;
  readonly pressedBy: readonly Phase[];
};

/**
 * A car on three phases that gives on one gives on all, so the phase with the lowest level goes first and what it
 * takes is known to the others: no ampere is taken twice.
 */
export function lower<Item extends Lowerable>(
  items: readonly Item[],
  need_dA: PerPhase<Deciamps>,
  open: readonly Phase[] = PHASES.filter((phase) => need_dA[phase] > 0),
): readonly Item[] {
  const [lowest] = open
    .map((phase) => ({ phase, level_dA: levelOn(items, phase, need_dA[phase]) }))
    .sort((a, b) => a.level_dA - b.level_dA);
  if (lowest === undefined) return items;
  const pressed = items.map((item) => press(item, lowest.phase, lowest.level_dA));
  return lower(
    pressed,
    need_dA,
    open.filter((phase) => phase !== lowest.phase),
  );
}

/** The highest level that removes the need; 0, which is everybody's floor, where none does. */
function levelOn(items: readonly Lowerable[], phase: Phase, need_dA: Deciamps): Deciamps {
  const highest = items.reduce((most, item) => Math.max(most, item.limit_dA), 0);
  return largest(0, highest, (level_dA) => {
    return sumOf(items, (item) => removed(item, phase, atLevel(item, level_dA))) >= need_dA;
  });
}

/** What leaves the phase once the charge point holds `limit_dA`: also what an earlier, not yet obeyed cut takes. */
export function removed(item: Lowerable, phase: Phase, limit_dA: Deciamps): Deciamps {
  return Math.max(0, item.load_dA[phase] - limit_dA);
}

function atLevel(item: Lowerable, level_dA: Deciamps): Deciamps {
  return Math.min(item.limit_dA, Math.max(level_dA, item.floor_dA));
}

function press<Item extends Lowerable>(item: Item, phase: Phase, level_dA: Deciamps): Item {
  const limit_dA = atLevel(item, level_dA);
  if (!item.phases.includes(phase) || limit_dA === item.limit_dA) return item;
  return { ...item, limit_dA, pressedBy: [...item.pressedBy, phase] };
}
