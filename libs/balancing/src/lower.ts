// Taking current away evenly: who has most gives first, down to a common level that is just low enough. Protection
// calls it with the overload, sharing with what a newcomer needs. It never takes more than that (but for less than one
// deciampere a car) and never goes below anybody's floor; what then is missing is the caller's to deal with.
import type { Deciamps } from '@fairamp/units';
import { type Gauge, type Spans, gaugeOf, leave, lowestFirst } from './levels.js';
import { type Amounts, type Plan } from './plan.js';

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
 * Reckoned from below: were all at their floors, up to which level could they rise together? A car on three phases that
 * gives on one gives on all, and a car in the garage gives on its sub-board and on the mains: so the branch with the
 * lowest level goes first, and what it takes is known to the others.
 * @returns null for whom it leaves as it is
 */
export function lower(plan: Plan, items: Lowerables, need_dA: Amounts): readonly (Lowered | null)[] {
  const isIn = items.map((item) => item !== null && item.limit_dA > item.floor_dA);
  const gauges = need_dA.map((need, branch) => {
    return need > 0 ? gaugeFor({ plan, items, isIn, branch }, need) : null;
  });
  const lowered: (Lowered | null)[] = items.map(() => null);
  const press = (point: number, branch: number, limit_dA: Deciamps): void => {
    isIn[point] = false;
    lowered[point] = { limit_dA, pressedBy: [branch] };
    for (const other of plan.paths[point] ?? []) {
      settle(gauges[other] ?? null, items[point] ?? null, { branch: other, limit_dA });
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

type On = {
  readonly plan: Plan;
  readonly items: Lowerables;
  readonly isIn: readonly boolean[];
  readonly branch: number;
};

/** Its room is what all of them could give there, less what must go. */
function gaugeFor({ plan, items, isIn, branch }: On, need_dA: Deciamps): Gauge | null {
  const spans: Spans = { points: [], starts: [], ends: [] };
  let given = 0;
  for (const point of plan.branches[branch]?.users ?? []) {
    const item = items[point] ?? null;
    if (item === null) continue;
    const load = item.load_dA(branch);
    given += removedAt(load, Math.min(item.limit_dA, item.floor_dA));
    if (load <= item.floor_dA || isIn[point] !== true) continue;
    spans.points.push(point);
    spans.starts.push(item.floor_dA);
    spans.ends.push(Math.min(load, item.limit_dA));
  }
  return gaugeOf(spans, isIn, given - need_dA);
}

type Settled = { readonly branch: number; readonly limit_dA: Deciamps };

function settle(gauge: Gauge | null, item: Lowerable | null, settled: Settled): void {
  if (gauge === null || item === null) return;
  const { limit_dA, floor_dA, load_dA } = item;
  const end = Math.min(load_dA(settled.branch), limit_dA);
  if (end > floor_dA) leave(gauge, floor_dA, end, settled.limit_dA);
}

/** What leaves a branch once the charge point holds `limit_dA`: also what an earlier, not yet obeyed cut takes. */
export function removedAt(load_dA: Deciamps, limit_dA: Deciamps): Deciamps {
  return Math.max(0, load_dA - limit_dA);
}
