// Taking current away evenly: who has most gives first, down to a common level that is just low enough. Protection
// calls it with the overload, sharing with what a newcomer needs. It never takes more than that (but for less than one
// deciampere a car) and never goes below anybody's floor; what then is missing is the caller's to deal with.
import type { Deciamps } from '@fairamp/units';
import { type Amounts, type Plan } from './plan.js';
import { at, largest, smallest } from './order.js';

export type Lowerable = {
  readonly limit_dA: Deciamps;
  /** Not lowered below this; a limit of 0 stays 0. */
  readonly floor_dA: Deciamps;
  /** What flows of it on a branch now and would end with its limit. */
  readonly load_dA: (branch: number) => Deciamps;
};
export type Lowered = { readonly limit_dA: Deciamps; readonly pressedBy: readonly number[] };

/** By the numbers of the charge points; null = not to be touched. */
export type Lowerables = readonly (Lowerable | null)[];

/**
 * A car on three phases that gives on one gives on all, and a car in the garage gives on its sub-board and on the
 * mains: so the branch with the lowest level goes first and what it takes is known to the others. A level can only rise
 * by that, so it is reckoned anew when its turn seems to have come, and not before.
 */
export function lower(plan: Plan, items: Lowerables, need_dA: Amounts): readonly (Lowered | null)[] {
  const pressed: (Lowered | null)[] = items.map((item) => {
    return item === null ? null : { limit_dA: item.limit_dA, pressedBy: [] };
  });
  const limit = (point: number): Deciamps => pressed[point]?.limit_dA ?? 0;
  const open = need_dA.map((need) => need > 0);
  const level = (branch: number): Deciamps => levelOn(plan, { items, limit, branch }, at(need_dA, branch));
  const levels = need_dA.map((need, branch) => (need > 0 ? level(branch) : Infinity));
  for (;;) {
    const branch = smallest(levels, open);
    if (branch === null) return pressed;
    const known = at(levels, branch);
    levels[branch] = level(branch);
    if (at(levels, branch) > known) continue;
    open[branch] = false;
    for (const point of plan.branches[branch]?.users ?? [])
      press(pressed, items[point] ?? null, { point, branch, known });
  }
}

type Press = { readonly point: number; readonly branch: number; readonly known: Deciamps };

function press(pressed: (Lowered | null)[], item: Lowerable | null, { point, branch, known }: Press): void {
  const one = pressed[point] ?? null;
  if (item === null || one === null) return;
  const limit_dA = atLevel(item, one.limit_dA, known);
  if (limit_dA !== one.limit_dA) pressed[point] = { limit_dA, pressedBy: [...one.pressedBy, branch] };
}

type On = { readonly items: Lowerables; readonly limit: (point: number) => Deciamps; readonly branch: number };

/** The highest level that removes the need; 0, which is everybody's floor, where none does. */
function levelOn(plan: Plan, { items, limit, branch }: On, need_dA: Deciamps): Deciamps {
  const users = (plan.branches[branch]?.users ?? []).flatMap((point) => {
    const item = items[point] ?? null;
    if (item === null) return [];
    return [{ floor: item.floor_dA, limit: limit(point), load: item.load_dA(branch) }];
  });
  const highest = users.reduce((most, user) => Math.max(most, user.limit), 0);
  return largest(0, highest, (level) => {
    let removed = 0;
    for (const user of users) removed += removedAt(user.load, Math.min(user.limit, Math.max(level, user.floor)));
    return removed >= need_dA;
  });
}

/** What leaves a branch once the charge point holds `limit_dA`: also what an earlier, not yet obeyed cut takes. */
export function removedAt(load_dA: Deciamps, limit_dA: Deciamps): Deciamps {
  return Math.max(0, load_dA - limit_dA);
}

function atLevel(item: Lowerable, limit_dA: Deciamps, level_dA: Deciamps): Deciamps {
  return Math.min(limit_dA, Math.max(level_dA, item.floor_dA));
}
