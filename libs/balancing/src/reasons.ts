// Why a limit is what it is, and what it could be without that. A limit is the lowest of several caps: named are all that
// leave no room for a raise worth its message. All of them relaxed, with everybody else as it is, the charge point could
// have more; any one that is not named may be relaxed and nothing changes. What passes by itself (a promise, the time
// between raises, ...) is named where it alone stands between the limit and a higher one.
import type { Because, Deciamps } from '@fairamp/units';
import type { Outcome } from './decide.js';
import { at } from './amounts.js';
import { worthRaising } from './raise.js';
import { becauseOfBranches } from './share.js';
import { asks } from './standing.js';
import type { ChargePoint } from './types.js';

/** The most that a pilot can say: IEC 61851-1 Table A.7. */
const MOST_dA: Deciamps = 800;

export function reasonsOf(outcome: Outcome, number: number): readonly Because[] {
  const because: Because[] = outcome.plan.points[number]?.heard === false ? ['unheard'] : [];
  nameBinding(because, outcome, number);
  return because;
}

/** Into one list, so that a thousand reasons cost no lists of lists. */
function nameBinding(because: Because[], outcome: Outcome, number: number): void {
  const { plan, holders, standings, shared, judged } = outcome;
  const standing = standings[number];
  const target = shared.targets[number];
  const judgement = judged[number];
  if (standing === undefined || target === undefined || judgement === undefined) return nameAll(because, ['no-car']);
  const isHeldBack = isHeldUp(outcome, number);
  if (isHeldBack && judgement.refusedBecause.length > 0) return nameAll(because, judgement.refusedBecause);
  nameAll(because, becauseOfBranches(plan, standing.pressedBy, holders));
  if (isHeldBack) return;
  nameAll(because, target.because);
  if (standing.point.need !== 'none' && !isWaiting(outcome, number)) nameCaps(because, outcome, number);
}

function nameAll(because: Because[], words: readonly Because[]): void {
  for (const word of words) if (!because.includes(word)) because.push(word);
}

/** Something that passes by itself, or protection just now, keeps it clearly below what it should have. */
function isHeldUp({ standings, shared, judged }: Outcome, number: number): boolean {
  const { limit_dA = 0, refusedBecause = [] } = judged[number] ?? {};
  const isStopped = refusedBecause.length > 0 || (standings[number]?.pressedBy ?? []).length > 0;
  return isStopped && worthRaising(limit_dA, shared.targets[number]?.target_dA ?? 0);
}

function isWaiting({ plan, shared, judged }: Outcome, number: number): boolean {
  const point = plan.points[number];
  return point !== undefined && asks(point) && shared.seated[number] !== true && judged[number]?.limit_dA === 0;
}

/** All that leaves no room for a raise: what it sets itself, and full branches, the others at their shares. */
function nameCaps(because: Because[], outcome: Outcome, number: number): void {
  const { plan, shared, judged } = outcome;
  const point = plan.points[number];
  if (point === undefined) return;
  const limit_dA = judged[number]?.limit_dA ?? 0;
  if (point.need === 'starting' && binds(point, limit_dA, point.minimum_dA)) nameAll(because, ['newcomer']);
  if (binds(point, limit_dA, point.maximum_dA)) nameAll(because, [point.maximumBecause]);
  const full = (plan.paths[number] ?? []).filter((branch) => binds(point, limit_dA, capOn(outcome, number, branch)));
  nameAll(because, becauseOfBranches(plan, full, shared.holders, targetOf(outcome, number) > 0 ? 0 : 1));
}

function binds({ minimum_dA }: ChargePoint, limit_dA: Deciamps, cap_dA: Deciamps): boolean {
  return limit_dA === 0 ? cap_dA < minimum_dA : !worthRaising(limit_dA, cap_dA);
}

/** What it could have of a branch. */
function capOn(outcome: Outcome, number: number, branch: number): Deciamps {
  return targetOf(outcome, number) + at(outcome.shared.left_dA, branch);
}

function targetOf({ shared }: Outcome, number: number): Deciamps {
  return shared.targets[number]?.target_dA ?? 0;
}

/** What it could have if none of these held, all others as they are and nothing promised beyond their shares. */
export function withoutThem(outcome: Outcome, number: number, because: readonly Because[]): Deciamps {
  const { plan, judged } = outcome;
  const point = plan.points[number];
  const limit_dA = judged[number]?.limit_dA ?? 0;
  if (point === undefined || point.need === 'none') return limit_dA;
  // Who gets a place begins at its minimum.
  if (isWaiting(outcome, number)) return point.minimum_dA;
  const could_dA = isHeldUp(outcome, number) ? targetOf(outcome, number) : leastCap(outcome, number, because);
  return Math.max(limit_dA, could_dA);
}

/** The lowest cap that is not among these. */
function leastCap(outcome: Outcome, number: number, because: readonly Because[]): Deciamps {
  const { points, paths, branches } = outcome.plan;
  const point = points[number];
  if (point === undefined) return 0;
  let least_dA = because.includes(point.maximumBecause) ? MOST_dA : point.maximum_dA;
  for (const branch of paths[number] ?? []) {
    if (because.includes(branches[branch]?.because ?? 'no-car')) continue;
    least_dA = Math.min(least_dA, capOn(outcome, number, branch));
  }
  return least_dA;
}
