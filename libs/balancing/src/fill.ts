// Progressive filling: everybody's value rises together from where it stands until a branch is full; whom that stops is
// settled, and the others go on to their ceilings. What comes out is max-min fair: nobody can have more unless somebody
// who has no more gives it up. Whole deciamperes: of what cannot be divided, the first by id get one each.
//
// A branch's level (up to which all its users can rise) only rises while others are settled, so it is reckoned anew when
// it seems to be the lowest, and not before: that keeps a thousand charge points in twenty circuits within milliseconds.
import { type Deciamps, clamp } from '@fairamp/units';
import { at, largest, smallest } from './order.js';
import type { Amounts, Plan } from './plan.js';

export type Filling = {
  readonly plan: Plan;
  /** Where each stands; also of those who do not rise. */
  readonly value_dA: Amounts;
  /** Up to where it may rise; below its value = it does not. */
  readonly ceiling_dA: Amounts;
  /** What each branch has left beside all values; below 0 nobody rises there. */
  readonly left_dA: Amounts;
};
export type Filled = { readonly value_dA: Amounts; readonly left_dA: Amounts };

export function fill({ plan, value_dA, ceiling_dA, left_dA }: Filling): Filled {
  const run: Run = {
    plan,
    ceiling: ceiling_dA,
    value: [...value_dA],
    left: [...left_dA],
    rises: value_dA.map((value, point) => value < at(ceiling_dA, point)),
  };
  const open = plan.branches.map(({ users }) => users.some((point) => run.rises[point] === true));
  const levels = plan.branches.map((_, branch) => (open[branch] === true ? levelOn(run, branch) : Infinity));
  for (;;) {
    const branch = smallest(levels, open);
    if (branch === null) return { value_dA: run.value, left_dA: run.left };
    const known = at(levels, branch);
    levels[branch] = levelOn(run, branch);
    if (at(levels, branch) > known) continue;
    settle(run, branch, known);
    open[branch] = (plan.branches[branch]?.users ?? []).some((point) => run.rises[point] === true);
    if (open[branch]) levels[branch] = levelOn(run, branch);
  }
}

type Run = {
  readonly plan: Plan;
  readonly ceiling: Amounts;
  readonly value: number[];
  readonly left: number[];
  readonly rises: boolean[];
};

/** Up to which level all users of a branch can rise together; nobody's ceiling is above the highest of them. */
function levelOn(run: Run, branch: number): Deciamps {
  const rising = (run.plan.branches[branch]?.users ?? []).filter((point) => run.rises[point] === true);
  const room = at(run.left, branch);
  const top = rising.reduce((most, point) => Math.max(most, at(run.ceiling, point)), 0);
  return largest(0, top, (level) => {
    let more = 0;
    for (const point of rising) more += riseTo(run, point, level);
    return more <= room;
  });
}

function riseTo({ value, ceiling }: Run, point: number, level: Deciamps): Deciamps {
  const from = at(value, point);
  return clamp(level, from, Math.max(from, at(ceiling, point))) - from;
}

/** All who rise on the branch stand at its level; of what then is left there, one more each for the first by id. */
function settle(run: Run, branch: number, level: Deciamps): void {
  const rising = (run.plan.branches[branch]?.users ?? []).filter((point) => run.rises[point] === true);
  for (const point of rising) add(run, point, riseTo(run, point, level));
  const spare = spareAt(run, level);
  for (const point of rising) {
    const isAtLevel = at(run.value, point) === level && level < at(run.ceiling, point);
    if (isAtLevel) run.rises[point] = oneMore(run, point, spare);
    if (at(run.value, point) >= at(run.ceiling, point)) run.rises[point] = false;
  }
}

/** @returns whether there was one for it */
function oneMore(run: Run, point: number, spare: Spare): boolean {
  const path = run.plan.paths[point] ?? [];
  if (!path.every((branch) => spare.of(branch) > 0)) return false;
  add(run, point, 1);
  path.forEach(spare.spend);
  return true;
}

type Spare = { readonly of: (branch: number) => Deciamps; readonly spend: (branch: number) => unknown };

/** What a branch has left beside this level for all who still rise there; reckoned once, and only where it is asked. */
function spareAt(run: Run, level: Deciamps): Spare {
  const known = new Map<number, Deciamps>();
  const of = (branch: number): Deciamps => {
    const found = known.get(branch);
    if (found !== undefined) return found;
    let spare = at(run.left, branch);
    for (const point of run.plan.branches[branch]?.users ?? []) {
      if (run.rises[point] === true) spare -= riseTo(run, point, level);
    }
    known.set(branch, spare);
    return spare;
  };
  return { of, spend: (branch) => known.set(branch, of(branch) - 1) };
}

function add(run: Run, point: number, more: Deciamps): void {
  if (more === 0) return;
  run.value[point] = at(run.value, point) + more;
  for (const branch of run.plan.paths[point] ?? []) run.left[branch] = at(run.left, branch) - more;
}
