// Taking current away evenly: who has most gives first, down to a common level that is just low enough. Protection
// calls it with the overload, sharing with what a newcomer needs. It never takes more than that (but for less than one
// deciampere a car) and never goes below anybody's floor; what then is missing is the caller's to deal with.
import type { Deciamps } from '@fairamp/units';
import { type Gauge, gaugeOf, join, leave, lowestFirst } from './levels.js';
import { type Amounts, type Plan } from './plan.js';

export type Lowerable = {
  readonly limit_dA: Deciamps;
  /** Not lowered below this; a limit of 0 stays 0. */
  readonly floor_dA: Deciamps;
};
export type Lowered = { readonly limit_dA: Deciamps; readonly pressedBy: readonly number[] };

export type Lowerables = {
  /** By the numbers of the charge points; null = not to be touched. */
  readonly items: readonly (Lowerable | null)[];
  /** What flows of one on a branch now and would end with its limit. */
  readonly load_dA: (point: number, branch: number) => Deciamps;
};

/**
 * Reckoned from below: were all at their floors, up to which level could they rise together? A car on three phases that
 * gives on one gives on all, and a car in the garage gives on its sub-board and on the mains: so the branch with the
 * lowest level goes first, and what it takes is known to the others.
 * @returns null for whom it leaves as it is
 */
export function lower(plan: Plan, lowerables: Lowerables, need_dA: Amounts): readonly (Lowered | null)[] {
  const { items, load_dA } = lowerables;
  const isIn = items.map((item) => item !== null && item.limit_dA > item.floor_dA);
  const top = items.reduce((highest, item) => Math.max(highest, item?.limit_dA ?? 0), 0);
  const gauges = need_dA.map((need, branch) => {
    return need > 0 ? gaugeFor({ plan, ...lowerables, isIn, top, branch }, need) : null;
  });
  const lowered: (Lowered | null)[] = items.map(() => null);
  const press = (point: number, branch: number, limit_dA: Deciamps): void => {
    isIn[point] = false;
    lowered[point] = { limit_dA, pressedBy: [branch] };
    for (const other of plan.paths[point] ?? []) {
      settle(gauges[other] ?? null, items[point] ?? null, { load_dA: load_dA(point, other), limit_dA });
    }
  };
  lowestFirst(gauges, ({ branch, level }) => {
    for (const point of plan.branches[branch]?.users ?? []) {
      const { limit_dA = 0, floor_dA = 0 } = items[point] ?? {};
      const pressed_dA = Math.max(level, floor_dA);
      if (isIn[point] === true && pressed_dA < limit_dA) press(point, branch, pressed_dA);
    }
    return false;
  });
  return lowered;
}

type On = Lowerables & {
  readonly plan: Plan;
  readonly isIn: readonly boolean[];
  /** The highest limit of all. */
  readonly top: number;
  readonly branch: number;
};

/** Its room is what all of them could give there, less what must go; null where that is enough for all. */
function gaugeFor({ plan, items, load_dA, isIn, top, branch }: On, need_dA: Deciamps): Gauge | null {
  const gauge = gaugeOf(-need_dA, top);
  let most = 0;
  for (const point of plan.branches[branch]?.users ?? []) {
    const item = items[point] ?? null;
    if (item === null) continue;
    const load = load_dA(point, branch);
    gauge.room += removedAt(load, Math.min(item.limit_dA, item.floor_dA));
    if (load <= item.floor_dA || isIn[point] !== true) continue;
    const end = Math.min(load, item.limit_dA);
    join(gauge, item.floor_dA, end);
    most += end - item.floor_dA;
  }
  return most === 0 || most <= gauge.room ? null : gauge;
}

type Settled = { readonly load_dA: Deciamps; readonly limit_dA: Deciamps };

function settle(gauge: Gauge | null, item: Lowerable | null, settled: Settled): void {
  if (gauge === null || item === null) return;
  const { limit_dA, floor_dA } = item;
  const end = Math.min(settled.load_dA, limit_dA);
  if (end > floor_dA) leave(gauge, floor_dA, end, settled.limit_dA);
}

/** What leaves a branch once the charge point holds `limit_dA`: also what an earlier, not yet obeyed cut takes. */
export function removedAt(load_dA: Deciamps, limit_dA: Deciamps): Deciamps {
  return Math.max(0, load_dA - limit_dA);
}
