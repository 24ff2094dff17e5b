// The balancing of one site in one pure function: the master's node (and a lone slave's) calls it on each cycle, with
// the newest samples and what it knows of every charge point, and sends one grant for each decision. First protection
// lowers what the circuits demand, then sharing finds what each should have, makes room for it, and raises what is proven
// to fit. It remembers nothing and answers in the order of the ids.
//
// A cut counts as in flight only by reports that answer a grant sent after the sample arrived (leases.md B7): on a new
// sample, renew first and call this when the answers are there (or a second has passed), or the same ampere is asked
// for twice.
import { type Because, mapPhases } from '@fairamp/units';
import { makeRoom } from './make-room.js';
import { at } from './amounts.js';
import { type Amounts, type Plan, holdersOn, planOf } from './plan.js';
import { type Judged, raise } from './raise.js';
import { reasonsOf, withoutThem } from './reasons.js';
import { reduce } from './reduce.js';
import { type Shared, share } from './share.js';
import { besideOf, capacityOf } from './capacity.js';
import { type Standing, byCircuit, overOf, standingsOf } from './standing.js';
import type { Decided, Decision, Site } from './types.js';

export function decide(site: Site): Decided {
  const outcome = outcomeOf(site);
  const { plan, over_dA, beside_dA, standings } = outcome;
  const over = byCircuit(plan, over_dA);
  const circuits = byCircuit(plan, beside_dA).map(({ id, of }, row) => {
    return { id, beside_dA: of, over_dA: over[row]?.of ?? mapPhases(of, () => 0) };
  });
  return { decisions: standings.map((standing, point) => decisionOf(outcome, standing, point)), circuits };
}

/** Everything that the reasons of a decision rest on. */
export function outcomeOf(site: Site): Outcome {
  const plan = planOf(site);
  const before = standingsOf(plan);
  const over_dA = overOf(plan, before);
  const safe = reduce(plan, before, over_dA);
  const beside_dA = besideOf(plan, safe);
  const capacity_dA = capacityOf(plan, safe, beside_dA);
  const shared = share(plan, safe, { capacity_dA, lately_dA: latelyOf(plan, beside_dA, capacity_dA) });
  const standings = makeRoom(plan, { standings: safe, targets: shared.targets }, capacity_dA);
  const judged = raise(plan, { standings, targets: shared.targets });
  const holders = holdersOn(
    plan,
    plan.points.map(({ limit_dA }) => limit_dA),
  );
  return { plan, holders, over_dA, beside_dA, safe, standings, shared, judged };
}

/**
 * What of a capacity is not there for somebody new: what more than now flowed lately beside our cars, and the room that
 * only stands for those who were let go on.
 */
function latelyOf({ branches }: Plan, beside_dA: Amounts, capacity_dA: Amounts): Amounts {
  return branches.map(({ circuit, phase, limit_dA, isSeen }, branch) => {
    const { recent_dA } = circuit;
    const more = recent_dA === null ? 0 : Math.max(0, recent_dA[phase] - at(beside_dA, branch));
    const room = isSeen ? limit_dA - at(beside_dA, branch) : 0;
    return more + Math.max(0, at(capacity_dA, branch) - Math.max(0, room));
  });
}

export type Outcome = {
  readonly plan: Plan;
  /** How many hold something on each branch when the decision begins. */
  readonly holders: Amounts;
  readonly over_dA: readonly number[];
  readonly beside_dA: readonly number[];
  /** As protection left them. */
  readonly safe: readonly Standing[];
  readonly standings: readonly Standing[];
  readonly shared: Shared;
  readonly judged: readonly Judged[];
};

function decisionOf(outcome: Outcome, { point, spared }: Standing, number: number): Decision {
  const { plan, over_dA, shared, judged } = outcome;
  const limit_dA = judged[number]?.limit_dA ?? 0;
  // Nobody knows whether a cut would reach who is not heard, so its lease runs out while a branch of its is over.
  const renew = point.heard || (plan.paths[number] ?? []).every((branch) => at(over_dA, branch) <= 0);
  const because: readonly Because[] = reasonsOf(outcome, number);
  return {
    id: point.id,
    limit_dA,
    raise: limit_dA > point.limit_dA,
    renew,
    spared,
    seated: shared.seated[number] === true,
    because,
    without_dA: withoutThem(outcome, number, because),
  };
}
