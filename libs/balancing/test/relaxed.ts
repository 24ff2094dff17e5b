// What a limit would be if some of its reasons did not hold, all others as they are: a world of one charge point, in
// which everybody else is replaced by its effect, decided by `decide` until nothing changes any more.
//
// - Each other has exactly its share, as this decision reckons it; for a place only minima count, so there it has that.
// - What flows beside our cars, and what nobody sees, is part of what a branch can carry: its capacity.
// - What is promised to others beyond their shares is settled, and a car that may draw more draws it.
// - Unless they are named, obstacles that pass by themselves (`reserved`, `silence`, ...) are gone: they are named
//   where they alone stand between a limit and a higher one.
//
// Relaxed are: a branch - it carries 200 A more; `setting-max` and `cable` - 80 A; `newcomer` - it has been seen to draw;
// `car-draws-less` - it draws all that it may; `fair-share` - all others are gone; `waiting-turn`, `no-current` - with
// their branches; an obstacle - it is gone, where all that is named is;
// and where protection has just lowered it below its share, its branches are over no more, and carry what they carry.
import { type Because, PHASES, mapPhases, perPhase, sumOf } from '@fairamp/units';
import { type Outcome, outcomeOf } from '../src/decide.js';
import { type ChargePoint, type Circuit, SMALLEST_RAISE_dA, type Site } from '../src/index.js';
import { isSeated } from '../src/standing.js';

const STEADY: readonly Because[] = ['setting-max', 'cable', 'newcomer', 'car-draws-less', 'fair-share'];

/** One charge point of a decision, by its number. */
export type Case = {
  readonly outcome: Outcome;
  readonly number: number;
  readonly point: ChargePoint;
  readonly limit_dA: number;
  readonly because: readonly Because[];
  readonly target_dA: number;
  readonly seated: boolean;
};

export const isWaiting = ({ point, seated, limit_dA }: Case): boolean =>
  !seated && limit_dA === 0 && (point.need === 'starting' || point.need === 'charging');

/** The least to which it could be raised from there: a raise must be worth its message. */
export const worthwhile = (limit_dA: number, { minimum_dA }: ChargePoint): number =>
  limit_dA === 0 ? minimum_dA : limit_dA + SMALLEST_RAISE_dA;

/** Protection has just lowered it below its share, or something that passes by itself stands against a raise. */
export function isHeldUp({ outcome, number, point, limit_dA, target_dA }: Case): boolean {
  const isRefused = (outcome.judged[number]?.refusedBecause.length ?? 0) > 0;
  const isPressed = (outcome.standings[number]?.pressedBy.length ?? 0) > 0;
  return (isRefused || isPressed) && target_dA >= worthwhile(limit_dA, point);
}

/** Everything that one could relax and is not named. */
export function othersThan({ outcome, number, because, point }: Case): readonly Because[] {
  const branches = (outcome.plan.paths[number] ?? []).flatMap((branch) => outcome.plan.branches[branch]?.because ?? []);
  const own = STEADY.filter((word) => (word !== 'setting-max' && word !== 'cable') || word === point.maximumBecause);
  // That others give up is one relaxation, whichever of the two says it.
  const named = because.includes('waiting-turn') ? [...because, 'fair-share'] : because;
  return [...new Set([...branches, ...own])].filter((word) => !named.includes(word));
}

/** @returns what it holds in the end; 0 where it gets nothing */
export function limitWithout(one: Case, relaxed: readonly Because[]): number {
  const isStopped = isHeldUp(one) && !one.because.every((word) => relaxed.includes(word));
  if (isStopped || (isKeptBack(one) && !relaxed.includes('waiting-turn'))) return one.limit_dA;
  return settledLimit(one, relaxed);
}

/** There would be room, but it is kept for somebody who has waited for longer (sharing.property.spec.ts sees to that). */
function isKeptBack(one: Case): boolean {
  // Also from who still holds something without a place, because nobody needs it.
  if (one.seated || !one.because.includes('waiting-turn')) return false;
  const least_dA = worthwhile(one.limit_dA, one.point);
  if (settledLimit(one, []) >= least_dA) return true;
  // In this world all others sit before it does; some tenths between them may be what it then lacks elsewhere.
  return hasLongWaiter(one) && settledLimit(one, othersThan(one).filter(isBranch)) >= least_dA;
}

const isBranch = (word: Because): boolean => !STEADY.includes(word);

/** On a branch that is named somebody else has waited for a turn. */
function hasLongWaiter({ outcome: { plan, shared }, number, because }: Case): boolean {
  const { now, turn_ms } = plan.site;
  return (plan.paths[number] ?? []).some((branch) => {
    const on = plan.branches[branch];
    if (on === undefined || !because.includes(on.because)) return false;
    return on.users.some((user) => {
      const point = plan.points[user];
      return user !== number && shared.seated[user] !== true && now - (point?.waitsSince ?? now) >= turn_ms;
    });
  });
}

const SETTLES_IN = 6;
function settledLimit(one: Case, relaxed: readonly Because[]): number {
  const site = worldOf(one, relaxed);
  let limit_dA = one.limit_dA;
  for (let cycle = 0; cycle < SETTLES_IN; cycle += 1) {
    const chargePoints = [...others(one, relaxed), ownIn(one, relaxed, limit_dA)];
    const { judged, plan } = outcomeOf({ ...site, chargePoints });
    const next_dA = judged[plan.points.findIndex(({ id }) => id === one.point.id)]?.limit_dA ?? 0;
    if (next_dA === limit_dA) break;
    limit_dA = next_dA;
  }
  return limit_dA;
}

function worldOf(one: Case, relaxed: readonly Because[]): Site {
  const { plan, shared } = one.outcome;
  const nothing = perPhase(() => 0);
  const capacity_dA = plan.branches.map(({ users }, branch) => {
    return sumOf(users, (user) => shared.targets[user]?.target_dA ?? 0) + (shared.left_dA[branch] ?? 0);
  });
  const carries = (branch: number): number => {
    const isRelaxed = !isHeldUp(one) && relaxed.includes(plan.branches[branch]?.because ?? 'no-car');
    return (isRelaxed ? 2000 : 0) + Math.max(0, capacity_dA[branch] ?? 0);
  };
  const circuits = plan.site.circuits.map((circuit, row): Circuit => {
    const by = (value: (branch: number) => number) => perPhase((phase) => value(3 * row + PHASES.indexOf(phase)));
    const recent_dA = by((branch) => notForNewcomers(one.outcome, branch, capacity_dA[branch] ?? 0));
    const load = { kind: 'allowed', allowance_dA: nothing } as const;
    return { ...circuit, limit_dA: by(carries), seen: PHASES, load, recent_dA };
  });
  return { ...plan.site, circuits, barred: [], chargePoints: [] };
}

/** What flowed lately beyond what flows now, and what only stands for those who were let go on. */
function notForNewcomers({ plan, beside_dA }: Outcome, branch: number, capacity_dA: number): number {
  const on = plan.branches[branch];
  if (on === undefined) return 0;
  const beside = beside_dA[branch] ?? 0;
  const room_dA = on.isSeen ? Math.max(0, on.limit_dA - beside) : 0;
  const recent_dA = on.circuit.recent_dA?.[on.phase] ?? beside;
  return Math.max(0, recent_dA - beside) + Math.max(0, capacity_dA - room_dA);
}

/** It asks for exactly this much, holds it, and goes before the one of whom all this is. */
function pinned(point: ChargePoint, now: number, share_dA: number): ChargePoint {
  return {
    ...settled(point, share_dA),
    need: share_dA > 0 ? 'starting' : 'none',
    priority: 1000,
    seatedAt: now,
    minimum_dA: share_dA,
    maximum_dA: share_dA,
  };
}

function settled(point: ChargePoint, limit_dA: number): ChargePoint {
  const draw_dA = mapPhases(point.drawHigh_dA, (_, phase) => (point.phases.includes(phase) ? limit_dA : 0));
  return {
    ...point,
    limit_dA,
    obeyed_dA: limit_dA,
    reserved_dA: limit_dA,
    isMetered: true,
    drawHigh_dA: draw_dA,
    drawBefore_dA: draw_dA,
    drawLow_dA: draw_dA,
    drawLowOn: {},
    heard: true,
    raisedAt: null,
    loweredAt: null,
    barred: [],
  };
}

function others(one: Case, relaxed: readonly Because[]): readonly ChargePoint[] {
  const { plan, shared } = one.outcome;
  const areGone = relaxed.some((word) => word === 'fair-share' || word === 'waiting-turn' || word === 'no-current');
  if (areGone && (isWaiting(one) || !relaxed.some((word) => one.because.includes(word)))) return [];
  return plan.points.flatMap((other, number) => {
    if (number === one.number) return [];
    const share = shared.targets[number]?.target_dA ?? 0;
    return [pinned(other, plan.site.now, isWaiting(one) ? Math.min(share, other.minimum_dA) : share)];
  });
}

function ownIn(one: Case, relaxed: readonly Because[], limit_dA: number): ChargePoint {
  const { point, outcome, number } = one;
  const need = needIn(one, relaxed);
  // Who had a place keeps it more easily than somebody new gets one.
  const safe = outcome.safe[number];
  const keeps = safe !== undefined && isSeated(safe);
  const isLetIn = limit_dA > 0 && relaxed.some((word) => word === 'waiting-turn' || word === 'no-current');
  const hasPlace = keeps || isLetIn || outcome.shared.seated[number] === true || point.need === 'resting';
  const maximum_dA = relaxed.includes(point.maximumBecause) ? 800 : point.maximum_dA;
  return {
    ...settled(point, limit_dA),
    need,
    seatedAt: hasPlace ? outcome.plan.site.now : null,
    goal: null,
    maximum_dA,
  };
}

/** A car that was paused, or held less than its minimum, begins again. */
function needIn({ point, limit_dA }: Case, relaxed: readonly Because[]): ChargePoint['need'] {
  if (point.need === 'resting') return relaxed.includes('car-draws-less') ? 'charging' : 'resting';
  const hasBegun = point.need === 'charging' && point.limit_dA >= point.minimum_dA && limit_dA > 0;
  return hasBegun || relaxed.includes('newcomer') ? 'charging' : 'starting';
}
