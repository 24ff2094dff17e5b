// The balancing of one site in one pure function: the master's node (and a lone slave's) calls it on each cycle, with
// the newest sample and what it knows of every charge point, and sends one grant for each decision. First protection
// lowers what the mains demand, then sharing finds what each should have, makes room for it, and raises what is proven
// to fit. It remembers nothing and answers in the order of the ids.
//
// A cut counts as in flight only by reports that answer a grant sent after the sample arrived (leases.md B7): on a new
// sample, renew first and call this when the answers are there (or a second has passed), or the same ampere is asked
// for twice.
import type { Because, Deciamps, PerPhase } from '@fairamp/units';
import { type Target, allocate, becauseOfPhases } from './allocate.js';
import { demandOf } from './demand.js';
import { makeRoom } from './make-room.js';
import { ordered } from './order.js';
import { type Verdict, raise } from './raise.js';
import { reduce } from './reduce.js';
import { type Standing, capacityOf, overOf, standingOf } from './standing.js';
import type { Decision, Site } from './types.js';

export function decide(site: Site): readonly Decision[] {
  const before = site.chargePoints.map(standingOf);
  const safe = reduce(site, before);
  const capacity_dA = capacityOf(site, safe);
  const shared = allocate(
    capacity_dA,
    safe.map((standing) => demandOf(standing, site.now)),
  );
  const decided = raise(site, makeRoom(site, shared, capacity_dA));
  const over_dA = overOf(site, before);
  return ordered(decided).map((one) => decisionOf(one, decided, over_dA));
}

type Decided = Standing & Target & Verdict;

function decisionOf(one: Decided, all: readonly Decided[], over_dA: PerPhase<Deciamps>): Decision {
  const { id, phases, point, limit_dA } = one;
  // Nobody knows whether a cut would reach who is not heard, so its lease runs out while its phase is over.
  const renew = point.heard || phases.every((phase) => over_dA[phase] <= 0);
  const { spared } = one;
  return { id, limit_dA, raise: limit_dA > point.limit_dA, renew, spared, because: [...new Set(becauseOf(one, all))] };
}

function becauseOf(one: Decided, all: readonly Decided[]): readonly Because[] {
  const unheard: readonly Because[] = one.point.heard ? [] : ['unheard'];
  return [...unheard, ...bindingOf(one, all)];
}

/** What would have to be different for the limit to be higher. */
function bindingOf(one: Decided, all: readonly Decided[]): readonly Because[] {
  if (one.limit_dA === one.point.maximum_dA) return [one.point.maximumBecause];
  if (one.refusedBecause.length > 0) return one.refusedBecause;
  if (one.pressedBy.length === 0) return one.because;
  const pressing = becauseOfPhases(one.id, one.pressedBy, all);
  return one.limit_dA < one.target_dA ? pressing : [...pressing, ...one.because];
}
