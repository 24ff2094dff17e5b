// The balancing of one site in one pure function: the master's node (and a lone slave's) calls it on each cycle, with
// the newest sample and what it knows of every charge point, and sends one grant for each decision. First protection
// lowers what the mains demand, then sharing finds what each should have, makes room for it, and raises what is proven
// to fit. It remembers nothing and answers in the order of the ids.
//
// A cut counts as in flight only by reports that answer a grant sent after the sample arrived (leases.md B7): on a new
// sample, renew first and call this when the answers are there (or a second has passed), or the same ampere is asked
// for twice.
import type { Because, Deciamps, PerPhase } from '@fairamp/units';
import { allocate, becauseOfPhases } from './allocate.js';
import { claimOf } from './demand.js';
import { makeRoom } from './make-room.js';
import { ordered } from './order.js';
import { type Judged, raise } from './raise.js';
import { reduce } from './reduce.js';
import { type Standing, capacityOf, overOf, standingOf } from './standing.js';
import type { Decision, Site } from './types.js';

export function decide(site: Site): readonly Decision[] {
  const before = site.chargePoints.map(standingOf);
  const safe = reduce(site, before);
  const capacity_dA = capacityOf(site, safe);
  const targets = allocate(
    capacity_dA,
    safe.map((standing) => claimOf(standing, site.now)),
  );
  const shares = targets.map(({ of, target_dA, because }) => {
    return { id: of.id, standing: of.standing, target_dA, because };
  });
  const decided = raise(site, makeRoom(site, shares, capacity_dA));
  const over_dA = overOf(site, before);
  return ordered(decided).map((one) => decisionOf(one, safe, over_dA));
}

function decisionOf(one: Judged, all: readonly Standing[], over_dA: PerPhase<Deciamps>): Decision {
  const { id, phases, point, limit_dA, spared } = one.standing;
  // Nobody knows whether a cut would reach who is not heard, so its lease runs out while its phase is over.
  const renew = point.heard || phases.every((phase) => over_dA[phase] <= 0);
  return { id, limit_dA, raise: limit_dA > point.limit_dA, renew, spared, because: [...new Set(becauseOf(one, all))] };
}

function becauseOf(one: Judged, all: readonly Standing[]): readonly Because[] {
  const unheard: readonly Because[] = one.standing.point.heard ? [] : ['unheard'];
  return [...unheard, ...bindingOf(one, all)];
}

/** What would have to be different for the limit to be higher. */
function bindingOf(one: Judged, all: readonly Standing[]): readonly Because[] {
  const { point, limit_dA, pressedBy } = one.standing;
  if (limit_dA === point.maximum_dA) return [point.maximumBecause];
  if (one.refusedBecause.length > 0) return one.refusedBecause;
  if (pressedBy.length === 0) return one.because;
  const pressing = becauseOfPhases(one.id, pressedBy, all);
  return limit_dA < one.target_dA ? pressing : [...pressing, ...one.because];
}
