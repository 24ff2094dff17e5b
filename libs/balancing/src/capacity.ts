// What our cars may share on each branch, as sharing reckons it: the limit less what flows beside them. The gate for
// raises reckons more cautiously; where that would keep somebody waiting for ever, sharing does too. Protection asks
// nothing of this.
import { type Deciamps, type Milliseconds, PHASES, clamp } from '@fairamp/units';
import { at } from './amounts.js';
import { type Amounts, type Branch, type Plan, sumOn, totalOn } from './plan.js';
import {
  FOLLOW_ms,
  type Standing,
  asks,
  besideCars,
  hasToFollow,
  keepsItsPlace,
  knownAt,
  loadOn,
  lowOn,
} from './standing.js';
import type { ChargePoint } from './types.js';

/**
 * What flows beside our cars, as sharing reckons it, and for `recent_dA` of the next decisions. It takes their highest
 * draw for theirs, not for the house's, so that a car that ramps up lowers nobody; the gate for raises reckons the other
 * way round. Where somebody waits to begin, that difference is nobody's: some tenths that the gate never gives would keep
 * him waiting for ever, for a newcomer begins with his whole minimum. It is remembered with the rest: he would else get
 * a place and lose it with each raise of the others, behind which it cannot be seen.
 */
export function besideOf(plan: Plan, standings: readonly Standing[]): number[] {
  // The rest of a draw that nobody measures is the house's, for sharing as for the gate for raises (decision 0017): else
  // sharing would see room that the gate never gives, and a newcomer would wait for it for ever.
  const { now } = plan.site;
  const isCounted = plan.points.map((point) => counts(now, point));
  const isFresh = plan.points.map((point) => !point.isMetered && (hasToFollow(point, now) || hasToObey(point, now)));
  const known_dA = sumOn(plan, (point, branch) => {
    if (isFresh[point] === true) return followingOn(plan, standings, point, branch);
    return isCounted[point] === true ? knownAt(plan, standings, point, branch) : 0;
  });
  const isAwaited = awaited(plan, standings);
  return plan.branches.map((branch, number) => {
    const unproven_dA = isAwaited[number] === true ? unprovenOn(plan, standings, branch) : 0;
    return besideCars(branch, at(known_dA, number)) + unproven_dA;
  });
}

/**
 * Of who is not metered and has just been raised or lowered: the mains cannot have answered yet, and to take what it draws
 * for the house's would lower it, or take the room from whom it is lowered for, again and again.
 */
function followingOn(plan: Plan, standings: readonly Standing[], point: number, branch: number): Deciamps {
  const standing = standings[point];
  const on = plan.branches[branch];
  if (standing === undefined || on === undefined) return 0;
  const most_dA = loadOn(on, standing);
  if (hasToFollow(standing.point, plan.site.now)) return Math.min(most_dA, standing.held_dA);
  // As much less as is known of a draw that has come down (docs/inference.md).
  return Math.max(knownAt(plan, standings, point, branch), most_dA - Math.max(WAVERS_dA, Math.ceil(0.1 * most_dA)));
}

/**
 * Whether what is known of it counts. Who has just been raised may draw what no report shows yet; who is metered, has
 * had the time and draws nothing draws nothing, and its amperes are no second room for others.
 */
function counts(now: Milliseconds, point: ChargePoint): boolean {
  if (!point.isMetered) return true;
  return hasToFollow(point, now) || PHASES.some((phase) => point.drawHigh_dA[phase] > 0);
}

/**
 * What our cars may share on each branch. Whom protection let go on, sharing does not pause: there is always room for the
 * minimum of those who hold one.
 */
export function capacityOf(plan: Plan, standings: readonly Standing[], beside_dA: Amounts): number[] {
  const kept_dA = standings.map((standing) => (keepsItsPlace(standing) ? standing.point.minimum_dA : 0));
  const minima_dA = totalOn(plan, kept_dA);
  return plan.branches.map((branch, number) => {
    const minima = at(minima_dA, number);
    const free_dA = branch.limit_dA - at(beside_dA, number);
    return branch.isSeen ? Math.max(free_dA, minima) : minima;
  });
}

/** What a meter's noise makes of a steady draw; a car that ramps is another matter. */
const WAVERS_dA: Deciamps = 10;

/** On which branches somebody waits to begin. */
function awaited({ branches, paths }: Plan, standings: readonly Standing[]): readonly boolean[] {
  const isAwaited = branches.map(() => false);
  standings.forEach((standing, point) => {
    if (waitsToBegin(standing)) for (const branch of paths[point] ?? []) isAwaited[branch] = true;
  });
  return isAwaited;
}

function unprovenOn({ site }: Plan, standings: readonly Standing[], branch: Branch): Deciamps {
  if (!branch.isMeasured) return 0;
  let unproven_dA = 0;
  for (const user of branch.users) {
    const standing = standings[user];
    if (standing !== undefined && !hasToFollow(standing.point, site.now))
      unproven_dA += waversOn(branch, standing, site.now);
  }
  return unproven_dA;
}

function waversOn(branch: Branch, { point, limit_dA }: Standing, now: Milliseconds): Deciamps {
  const low_dA = lowOn(branch, point);
  if (low_dA === null) return 0;
  const high_dA = point.drawHigh_dA[branch.phase];
  const wavers_dA = clamp(Math.min(high_dA, limit_dA) - low_dA, 0, WAVERS_dA);
  // Of a draw that nobody meters only `low` counts as the car's already, and of a lowered one that is so much less.
  if (!point.isMetered) return limit_dA > point.minimum_dA ? WAVERS_dA - wavers_dA : 0;
  return wavers_dA + (hasToObey(point, now) ? 0 : excessOf(high_dA, point.reserved_dA));
}

/**
 * What a car draws above all that is promised to it: the gate takes it for the house's. More than a tenth and half an
 * ampere no charge point lets it draw for long (I12): that is a draw of before it obeyed.
 */
function excessOf(high_dA: Deciamps, reserved_dA: Deciamps): Deciamps {
  const excess_dA = high_dA - reserved_dA;
  return excess_dA < 0 || excess_dA > 0.1 * reserved_dA + 5 ? 0 : excess_dA;
}

/** It was lowered so lately that its reports and the sample may be of before. */
function hasToObey({ loweredAt }: ChargePoint, now: Milliseconds): boolean {
  return loweredAt !== null && now - loweredAt < FOLLOW_ms;
}

function waitsToBegin({ point, limit_dA }: Standing): boolean {
  return limit_dA === 0 && point.limit_dA === 0 && asks(point);
}
