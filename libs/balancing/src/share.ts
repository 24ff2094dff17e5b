// Sharing: what each charge point should have of a given capacity, were there no past. On every branch and max-min fair
// within a priority, in whole deciamperes, whatever the order of the input; 0 or at least its minimum, never above its
// maximum, and never without a reason. `decide` calls it.
import type { Because, Deciamps } from '@fairamp/units';
import { type Demand, demandOf } from './demand.js';
import { fill } from './fill.js';
import { at, ordered } from './order.js';
import type { Amounts, Plan } from './plan.js';
import { type Seats, seat } from './seats.js';
import type { Standing } from './standing.js';

export type Target = {
  readonly target_dA: Deciamps;
  readonly because: readonly Because[];
};
export type Shared = {
  /** By the numbers of the charge points. */
  readonly targets: readonly Target[];
  readonly seated: readonly boolean[];
  /** What the targets leave on each branch. */
  readonly left_dA: Amounts;
};

export function share(
  plan: Plan,
  standings: readonly Standing[],
  { capacity_dA, lately_dA }: { readonly capacity_dA: Amounts; readonly lately_dA: Amounts },
): Shared {
  const demands = standings.map((standing) => demandOf(standing, plan.site.now));
  const seats = seat({ plan, standings, capacity_dA, lately_dA });
  const begun = begin({ plan, standings, demands, seats }, capacity_dA);
  const served = byPriority({ plan, standings, demands, seats }, begun);
  // Who rests uses nothing now, so it holds nothing back from those who do.
  const { value_dA, left_dA } = rest({ plan, standings, demands, seats }, served);
  const sharing = { plan, standings, demands, seats, value_dA, left_dA, capacity_dA };
  const targets = standings.map((_, point) => ({ target_dA: at(value_dA, point), because: whyOf(sharing, point) }));
  return { targets, seated: seats.seated, left_dA };
}

type Sharing = {
  readonly plan: Plan;
  readonly standings: readonly Standing[];
  readonly demands: readonly Demand[];
  readonly seats: Seats;
};
type Values = { readonly value_dA: Amounts; readonly left_dA: Amounts };

/** Everybody who has a place stands at its minimum. */
function begin({ plan, demands, seats }: Sharing, capacity_dA: Amounts): Values {
  const value_dA = demands.map(({ minimum_dA }, point) => (seats.seated[point] === true ? minimum_dA : 0));
  const left_dA = [...capacity_dA];
  plan.paths.forEach((path, point) => {
    for (const branch of path) left_dA[branch] = at(left_dA, branch) - at(value_dA, point);
  });
  return { value_dA, left_dA };
}

/** First what each needs in time, then what each can use; what then is left, to whoever may have it. */
function byPriority({ plan, standings, demands, seats }: Sharing, begun: Values): Values {
  const priorities = standings.filter((_, point) => seats.seated[point] === true).map(({ point }) => point.priority);
  const classes = [...new Set(priorities)].sort((a, b) => b - a);
  const passes: readonly (keyof Demand & `${string}_dA`)[] = ['pace_dA', 'wants_dA'];
  let values = begun;
  const pass = (priority: number, upTo: 'pace_dA' | 'wants_dA' | 'most_dA'): void => {
    const ceiling_dA = demands.map((demand, point) => {
      const isIn = seats.seated[point] === true && standings[point]?.point.priority === priority;
      return isIn ? demand[upTo] : 0;
    });
    values = fill({ plan, ceiling_dA, ...values });
  };
  for (const priority of classes) for (const upTo of passes) pass(priority, upTo as 'pace_dA' | 'wants_dA');
  for (const priority of classes) pass(priority, 'most_dA');
  return values;
}

function rest({ plan, standings, demands }: Sharing, served: Values): Values {
  const value_dA = [...served.value_dA];
  const left_dA = [...served.left_dA];
  const resting = standings.flatMap(({ point }, number) => (point.need === 'resting' ? [number] : []));
  for (const point of ordered(resting, (one) => standings[one]?.point.since ?? 0)) {
    const minimum = demands[point]?.minimum_dA ?? 0;
    const path = plan.paths[point] ?? [];
    if (!path.every((branch) => at(left_dA, branch) >= minimum)) continue;
    value_dA[point] = minimum;
    for (const branch of path) left_dA[branch] = at(left_dA, branch) - minimum;
  }
  return { value_dA, left_dA };
}

type Settled = Sharing & Values & { readonly capacity_dA: Amounts };

function whyOf(settled: Settled, point: number): readonly Because[] {
  const { standings, demands, seats, value_dA } = settled;
  const [standing, demand] = [standings[point], demands[point]];
  if (standing === undefined || demand === undefined || standing.point.need === 'none') return ['no-car'];
  if (standing.point.need === 'resting') return ['car-draws-less'];
  if (seats.seated[point] !== true) return whyWaits(settled, point);
  const value = at(value_dA, point);
  if (value === demand.most_dA) return [demand.mostBecause];
  const unused: readonly Because[] = value >= demand.wants_dA ? ['car-draws-less'] : [];
  const inTime: readonly Because[] = standing.point.goal !== null && value >= demand.pace_dA ? ['in-good-time'] : [];
  return [...unused, ...inTime, ...becauseOfBranches(settled.plan, fullOn(settled, point), holdersOf(value_dA))];
}

function fullOn({ plan, left_dA }: Settled, point: number): readonly number[] {
  return (plan.paths[point] ?? []).filter((branch) => at(left_dA, branch) <= 0);
}

function whyWaits({ plan, standings, seats, capacity_dA }: Settled, point: number): readonly Because[] {
  const minimum = standings[point]?.point.minimum_dA ?? 0;
  const alone = (plan.paths[point] ?? []).every((branch) => at(capacity_dA, branch) >= minimum);
  const lacking = (seats.lacking[point] ?? []).flatMap((branch) => plan.branches[branch]?.because ?? []);
  return [alone ? 'waiting-turn' : 'no-current', ...lacking];
}

function holdersOf(value_dA: Amounts): (point: number) => boolean {
  return (point) => at(value_dA, point) > 0;
}

/**
 * The branches, and that they are shared if somebody else has a part of them; nothing is full for nobody.
 * @param holds whether a charge point has a part of what it uses
 */
export function becauseOfBranches(
  plan: Plan,
  branches: readonly number[],
  holds: (point: number) => boolean,
): readonly Because[] {
  const names = branches.flatMap((branch) => plan.branches[branch]?.because ?? []);
  const isShared = branches.some((branch) => sharersOf(plan, branch, holds) > 1);
  return [...names, ...(isShared ? (['fair-share'] as const) : [])];
}

function sharersOf(plan: Plan, branch: number, holds: (point: number) => boolean): number {
  let count = 0;
  for (const point of plan.branches[branch]?.users ?? []) {
    if (holds(point)) count += 1;
    if (count > 1) return count;
  }
  return count;
}
