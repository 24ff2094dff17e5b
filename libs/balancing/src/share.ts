// Sharing: what each charge point should have of a given capacity, were there no past. On every branch and max-min fair
// within a priority, in whole deciamperes, whatever the order of the input; 0 or at least its minimum, never above its
// maximum, and never without a reason. `decide` calls it.
import type { Because, Deciamps, Milliseconds } from '@fairamp/units';
import { type Demand, demandOf } from './demand.js';
import { fill } from './fill.js';
import { at } from './amounts.js';
import { type Amounts, type Plan, holdersOn } from './plan.js';
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
  /** How many have a part of each branch. */
  readonly holders: Amounts;
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
  const holders = holdersOn(plan, value_dA);
  const sharing = { plan, standings, demands, seats, value_dA, left_dA, capacity_dA, holders };
  const targets = standings.map((_, point) => ({ target_dA: at(value_dA, point), because: whyOf(sharing, point) }));
  return { targets, seated: seats.seated, left_dA, holders };
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
  let values = begun;
  const pass = (priority: number, upTo: 'pace_dA' | 'wants_dA' | 'most_dA'): void => {
    const ceiling_dA = demands.map((demand, point) => {
      const isIn = seats.seated[point] === true && standings[point]?.point.priority === priority;
      return isIn ? demand[upTo] : 0;
    });
    values = fill({ plan, ceiling_dA, ...values });
  };
  // Without a goal its pace is what it wants.
  const isPaced = standings.some(({ point }) => point.goal !== null);
  for (const priority of classes) {
    if (isPaced) pass(priority, 'pace_dA');
    pass(priority, 'wants_dA');
  }
  for (const priority of classes) pass(priority, 'most_dA');
  return values;
}

function rest({ plan, standings, demands }: Sharing, served: Values): Values {
  const value_dA = [...served.value_dA];
  const left_dA = [...served.left_dA];
  const resting: { readonly point: number; readonly since: Milliseconds }[] = [];
  standings.forEach(({ point: { need, since } }, point) => {
    if (need === 'resting') resting.push({ point, since });
  });
  for (const { point } of resting.sort((a, b) => a.since - b.since || a.point - b.point)) {
    const minimum = demands[point]?.minimum_dA ?? 0;
    const path = plan.paths[point] ?? [];
    if (!path.every((branch) => at(left_dA, branch) >= minimum)) continue;
    value_dA[point] = minimum;
    for (const branch of path) left_dA[branch] = at(left_dA, branch) - minimum;
  }
  return { value_dA, left_dA };
}

const NONE: Amounts = [];
const NOTHING: readonly Because[] = [];

type Settled = Sharing & Values & { readonly capacity_dA: Amounts; readonly holders: Amounts };

function whyOf(settled: Settled, point: number): readonly Because[] {
  const { standings, demands, seats, value_dA } = settled;
  const standing = standings[point];
  const demand = demands[point];
  if (standing === undefined || demand === undefined || standing.point.need === 'none') return ['no-car'];
  if (standing.point.need === 'resting') return ['car-draws-less'];
  if (seats.seated[point] !== true) return whyWaits(settled, point);
  const value = at(value_dA, point);
  if (value === demand.most_dA) return [demand.mostBecause];
  const full = becauseOfBranches(settled.plan, fullOn(settled, point), settled.holders);
  const isInTime = standing.point.goal !== null && value >= demand.pace_dA;
  const own: readonly Because[] = isInTime ? ['in-good-time', ...full] : full;
  return value >= demand.wants_dA ? ['car-draws-less', ...own] : own;
}

function fullOn({ plan, left_dA }: Settled, point: number): readonly number[] {
  return (plan.paths[point] ?? []).filter((branch) => at(left_dA, branch) <= 0);
}

function whyWaits({ plan, standings, seats, capacity_dA }: Settled, point: number): readonly Because[] {
  const minimum = standings[point]?.point.minimum_dA ?? 0;
  const alone = (plan.paths[point] ?? []).every((branch) => at(capacity_dA, branch) >= minimum);
  const lacking = becauseOfBranches(plan, seats.lacking[point] ?? [], NONE);
  return [alone ? 'waiting-turn' : 'no-current', ...lacking];
}

/**
 * The branches, and that they are shared if somebody else has a part of them; nothing is full for nobody.
 * @param holders how many have a part of each branch
 * @param more 1 if the charge point itself is not among them and counts as one
 */
export function becauseOfBranches(
  { branches }: Plan,
  full: readonly number[],
  holders: Amounts,
  more: 0 | 1 = 0,
): readonly Because[] {
  if (full.length === 0) return NOTHING;
  const names: Because[] = [];
  let isShared = false;
  for (const branch of full) {
    const name = branches[branch]?.because;
    if (name !== undefined) names.push(name);
    isShared ||= at(holders, branch) + more > 1;
  }
  if (isShared) names.push('fair-share');
  return names;
}
