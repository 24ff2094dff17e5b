// Why a limit is what it is, and what it could be without that. A limit is the lowest of several caps: what holds it
// there are those caps that none of the others replaces. All of them relaxed, with everybody else as it is, the charge
// point could have more; any one that is not named may be relaxed and nothing changes.
import type { Because, Deciamps } from '@fairamp/units';
import type { Outcome } from './decide.js';
import { at } from './order.js';
import { becauseOfBranches } from './share.js';
import type { ChargePoint } from './types.js';

/** The most that a pilot can say: IEC 61851-1 Table A.7. */
const MOST_dA: Deciamps = 800;

export function reasonsOf(outcome: Outcome, number: number): readonly Because[] {
  const point = outcome.plan.points[number];
  const unheard: readonly Because[] = point?.heard === false ? ['unheard'] : [];
  return [...new Set([...unheard, ...bindingOf(outcome, number)])];
}

/** What would have to be different for the limit to be higher. */
function bindingOf({ plan, standings, shared, judged }: Outcome, number: number): readonly Because[] {
  const [standing, target, judgement] = [standings[number], shared.targets[number], judged[number]];
  if (standing === undefined || target === undefined || judgement === undefined) return ['no-car'];
  const { point, pressedBy } = standing;
  if (judgement.limit_dA === point.maximum_dA) return [point.maximumBecause];
  if (judgement.refusedBecause.length > 0) return judgement.refusedBecause;
  if (pressedBy.length === 0) return target.because;
  const pressing = becauseOfBranches(plan, pressedBy, (other) => (plan.points[other]?.limit_dA ?? 0) > 0);
  return judgement.limit_dA < target.target_dA ? pressing : [...pressing, ...target.because];
}

/** Nothing but time, or a message, stands between the limit and the target. */
const PASSING: readonly Because[] = [
  'reserved',
  'raise-interval',
  'stale-mains',
  'silence',
  'unheard',
  'duplicate-id',
  'doubtful-meter',
];

/** What it could have if none of these held, all others as they are. */
export function withoutThem({ plan, shared, judged }: Outcome, number: number, because: readonly Because[]): Deciamps {
  const [point, limit_dA] = [plan.points[number], judged[number]?.limit_dA ?? 0];
  if (point === undefined || because.includes('no-car')) return limit_dA;
  const target_dA = shared.targets[number]?.target_dA ?? 0;
  if (because.some((one) => PASSING.includes(one))) return Math.max(limit_dA, target_dA);
  const free = (plan.paths[number] ?? [])
    .filter((branch) => !because.includes(plan.branches[branch]?.because ?? 'no-car'))
    .map((branch) => target_dA + at(shared.left_dA, branch));
  const most_dA = Math.min(ownCap(point, because), ...free);
  return most_dA < point.minimum_dA ? limit_dA : Math.max(limit_dA, most_dA);
}

/** What it sets itself, as far as that is not what holds it. */
function ownCap(point: ChargePoint, because: readonly Because[]): Deciamps {
  if (because.includes(point.maximumBecause)) return MOST_dA;
  const begins = point.need === 'starting' && !because.includes('newcomer');
  return begins ? point.minimum_dA : point.maximum_dA;
}
