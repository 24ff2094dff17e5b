// Progressive filling: everybody's value rises together from where it stands until a branch is full; whom that stops is
// settled, and the others go on to their ceilings. What comes out is max-min fair: nobody can have more unless somebody
// who has no more gives it up. Whole deciamperes: of what cannot be divided, the first by id get one each.
import { type Gauge, type Spans, gaugeOf, leave, lowestFirst, spareAt, stepAhead } from './levels.js';
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
  const gauges = plan.branches.map(({ users }, branch) => {
    return gaugeOf(spansOf(filling, users, isIn), isIn, at(left_dA, branch));
  });
  const run: Run = { ...filling, gauges, isIn, value: [...value_dA] };
  lowestFirst(gauges, ({ branch, level }) => {
    let hasMoved = false;
    for (const point of gauges[branch]?.points ?? []) hasMoved = settle(run, point, level) || hasMoved;
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

function spansOf({ value_dA, ceiling_dA }: Filling, users: readonly number[], isIn: readonly boolean[]): Spans {
  const spans: Spans = { points: [], starts: [], ends: [] };
  for (const point of users) {
    if (isIn[point] !== true) continue;
    spans.points.push(point);
    spans.starts.push(at(value_dA, point));
    spans.ends.push(at(ceiling_dA, point));
  }
  return spans;
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
