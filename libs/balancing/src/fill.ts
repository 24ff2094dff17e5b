// Progressive filling: everybody's value rises together from where it stands until a branch is full; whom that stops is
// settled, and the others go on to their ceilings. What comes out is max-min fair: nobody can have more unless somebody
// who has no more gives it up. Whole deciamperes: of what cannot be divided, the first by id get one each.
import { type Gauge, gaugeOf, join, leave, lowestFirst, spareAt, stepAhead } from './levels.js';
import { at } from './amounts.js';
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

export function fill(filling: Filling): Filled {
  const { plan, value_dA, ceiling_dA, left_dA } = filling;
  let mayRise = false;
  const isIn = value_dA.map((value, point) => {
    const least = value < at(ceiling_dA, point) ? leastOf(filling, point) : -1;
    mayRise ||= least > 0;
    return least >= 0;
  });
  // Often all stand before full branches already: those whom the pass before this one has stopped.
  if (!mayRise) return { value_dA, left_dA };
  const top = ceiling_dA.reduce((highest, ceiling) => Math.max(highest, ceiling), 0);
  const gauges = plan.branches.map((_, branch) => gaugeFor(filling, { isIn, top, branch }));
  const run: Run = { ...filling, gauges, isIn, value: [...value_dA] };
  lowestFirst(gauges, ({ branch, level }) => {
    let hasMoved = false;
    for (const point of plan.branches[branch]?.users ?? []) hasMoved = settle(run, point, level) || hasMoved;
    return hasMoved;
  });
  isIn.forEach((isFree, point) => {
    if (isFree) run.value[point] = at(ceiling_dA, point);
  });
  return { value_dA: run.value, left_dA: leftBy(filling, run.value) };
}

type Run = Filling & {
  /** null = the branch has room for all. */
  readonly gauges: readonly (Gauge | null)[];
  /** Whom nothing has stopped yet. */
  readonly isIn: boolean[];
  readonly value: number[];
};

/** What the fullest of its branches has left. */
function leastOf({ plan, left_dA }: Filling, point: number): number {
  let least = Infinity;
  for (const branch of plan.paths[point] ?? []) least = Math.min(least, at(left_dA, branch));
  return least;
}

type On = { readonly isIn: readonly boolean[]; readonly top: number; readonly branch: number };

/** null where nobody rises, and where there is room for all, however far the others do: it stops nobody. */
function gaugeFor({ plan, value_dA, ceiling_dA, left_dA }: Filling, { isIn, top, branch }: On): Gauge | null {
  const users = plan.branches[branch]?.users ?? [];
  const left = at(left_dA, branch);
  let most = 0;
  for (const point of users) if (isIn[point] === true) most += at(ceiling_dA, point) - at(value_dA, point);
  if (most === 0 || most <= left) return null;
  const gauge = gaugeOf(left, top);
  for (const point of users) if (isIn[point] === true) join(gauge, at(value_dA, point), at(ceiling_dA, point));
  return gauge;
}

/**
 * Who has come up to the level of a full branch stays there; of what then is left there, one more each for the first.
 * @returns whether it was here; a branch on which nobody moves any more is done, so the filling ends
 */
function settle(run: Run, point: number, level: number): boolean {
  if (run.isIn[point] !== true || at(run.value, point) > level) return false;
  const ceiling = at(run.ceiling_dA, point);
  const most = ceiling > level && isOneLeft(run, point, level) ? level + 1 : Math.min(ceiling, level);
  if (most === ceiling || most === level) stop(run, point, most);
  else {
    run.value[point] = most;
    for (const branch of run.plan.paths[point] ?? []) stepAhead(run.gauges[branch] ?? null, level);
  }
  return true;
}

function isOneLeft({ plan, gauges }: Run, point: number, level: number): boolean {
  return (plan.paths[point] ?? []).every((branch) => spareAt(gauges[branch] ?? null, level) > 0);
}

function stop(run: Run, point: number, value: number): void {
  const [start, end] = [at(run.value_dA, point), at(run.ceiling_dA, point)];
  run.isIn[point] = false;
  run.value[point] = value;
  for (const branch of run.plan.paths[point] ?? []) leave(run.gauges[branch] ?? null, start, end, value);
}

function leftBy({ plan, value_dA, left_dA }: Filling, value: Amounts): number[] {
  const left = [...left_dA];
  plan.paths.forEach((path, point) => {
    const more = at(value, point) - at(value_dA, point);
    if (more === 0) return;
    for (const branch of path) left[branch] = at(left, branch) - more;
  });
  return left;
}
