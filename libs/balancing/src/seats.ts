// Who charges, when not everybody's minimum fits: the most that fit, in an order in which everybody's turn comes. A
// place is kept for a turn; then whoever is new or has waited for a turn goes first, the longest wait before the
// others, and who has had a place longest gives his. Who waits and does not fit is passed over, but once that has
// lasted for a turn nobody new takes what it will need when those before it end their turns (kept.ts). `share` calls it;
// how one gets there from what is held now is decided elsewhere.
import type { Milliseconds } from '@fairamp/units';
import { at } from './amounts.js';
import { MARGIN_dA, keptFor, minimumOf, turnEnd } from './kept.js';
import type { Amounts, Plan } from './plan.js';
import { type Standing, asks, isSeated } from './standing.js';

export type Seats = {
  /** By the numbers of the charge points. */
  readonly seated: readonly boolean[];
  /** Of who asks and has no place, the branches on which its minimum does not fit. */
  readonly lacking: readonly (readonly number[])[];
};

const NOTHING: readonly number[] = [];

type Seating = {
  readonly plan: Plan;
  readonly standings: readonly Standing[];
  readonly capacity_dA: Amounts;
  /** What more than now flowed lately beside our cars; who has no place must fit beside that too. */
  readonly lately_dA: Amounts;
};

export function seat(seating: Seating): Seats {
  const { standings } = seating;
  const taken = untaken(seating);
  let below = { rank: -Infinity, open_dA: seating.capacity_dA };
  const lacking: (readonly number[])[] = standings.map(() => NOTHING);
  for (const { point, rank } of queue(seating)) {
    if (rank !== below.rank) below = { rank, open_dA: openBeside(taken) };
    const missing = missingFor(seating, point, taken);
    if (missing.length === 0) {
      give(seating, point, taken);
      continue;
    }
    lacking[point] = missing;
    if (holdsBack(seating, point, below.open_dA)) hold(seating, point, missing, taken);
  }
  return { seated: taken.turnEndsAt.map((end) => end !== null), lacking };
}

/** What those who have a place so far leave to who has none, when nothing is kept. */
function openBeside({ left_dA, isShared }: Taken): Amounts {
  return left_dA.map((left, branch) => left - (isShared[branch] === true ? MARGIN_dA : 0));
}

function give({ plan, standings }: Seating, point: number, { left_dA, isShared, turnEndsAt }: Taken): void {
  const standing = standings[point];
  if (standing === undefined) return;
  turnEndsAt[point] = turnEnd(standing, plan.site);
  for (const branch of plan.paths[point] ?? []) {
    left_dA[branch] = at(left_dA, branch) - standing.point.minimum_dA;
    isShared[branch] = true;
  }
}

/** From who has no place yet, for who is next on all that it lacks: behind others it would keep it for their turns too. */
function hold(seating: Seating, point: number, missing: readonly number[], taken: Taken): void {
  const { isClaimed, kept_dA } = taken;
  if (missing.every((branch) => isClaimed[branch] !== true && at(kept_dA, branch) === 0)) {
    const kept = keptFor(seating, point, missing, { ...taken, lately_dA: seating.lately_dA });
    // The most of them, not the sum: several who wait would else keep more than one of them can use at once.
    (seating.plan.paths[point] ?? []).forEach((branch, step) => {
      kept_dA[branch] = Math.max(at(kept_dA, branch), at(kept, step));
    });
  }
  for (const branch of missing) isClaimed[branch] = true;
}

/** What has been given so far, and what is not to be given to who has no place yet. */
type Taken = {
  readonly left_dA: number[];
  readonly isShared: boolean[];
  /** By charge point; null = it has no place. */
  readonly turnEndsAt: (Milliseconds | null)[];
  readonly kept_dA: number[];
  /** Somebody who has waited for a turn lacks it. */
  readonly isClaimed: boolean[];
};

function untaken({ plan: { branches, points }, capacity_dA }: Seating): Taken {
  return {
    left_dA: [...capacity_dA],
    isShared: branches.map(() => false),
    turnEndsAt: points.map(() => null),
    kept_dA: branches.map(() => 0),
    isClaimed: branches.map(() => false),
  };
}

function missingFor(seating: Seating, point: number, taken: Taken): readonly number[] {
  const { plan, standings } = seating;
  const standing = standings[point];
  const keeps = standing !== undefined && isSeated(standing);
  let missing: number[] | null = null;
  for (const branch of plan.paths[point] ?? []) {
    const left = keeps ? at(taken.left_dA, branch) : leftFor(seating, branch, taken);
    if (left < minimumOf(standings, point)) (missing ??= []).push(branch);
  }
  return missing ?? NOTHING;
}

/** For who has no place yet. */
function leftFor({ lately_dA }: Seating, branch: number, { left_dA, isShared, kept_dA }: Taken): number {
  const kept = at(kept_dA, branch);
  // For whom it is kept must fit beside who takes the rest, with the same margin.
  const margin = isShared[branch] === true || kept > 0 ? MARGIN_dA : 0;
  return at(left_dA, branch) - kept - at(lately_dA, branch) - margin;
}

/**
 * It has waited for a turn, and would fit alone beside those of a higher priority and what flowed lately: nobody new takes
 * what it needs.
 * @param open_dA what those leave
 */
function holdsBack({ plan, standings, lately_dA }: Seating, point: number, open_dA: Amounts): boolean {
  const one = standings[point];
  if (one === undefined || plan.site.now - waitsSince(one, plan.site.now) < plan.site.turn_ms) return false;
  const needs_dA = one.point.minimum_dA;
  return (plan.paths[point] ?? []).every((branch) => at(open_dA, branch) - at(lately_dA, branch) >= needs_dA);
}

/** Everybody who asks, in the order in which places are given. */
function queue({ plan, standings }: Seating): readonly Waiting[] {
  const { now, turn_ms } = plan.site;
  const waiting: Waiting[] = [];
  standings.forEach((standing, point) => {
    if (!asks(standing.point)) return;
    waiting.push({ point, ...orderOf(standing, now, turn_ms), waitsSince: standing.point.waitsSince });
  });
  return waiting.sort(compared);
}

/** All of them: the lowest first. */
type Order = { readonly rank: number; readonly turn: number; readonly laxity: number; readonly time: Milliseconds };
/** Of those who got their places at once, who had waited for longest keeps his first. */
type Waiting = Order & { readonly point: number; readonly waitsSince: Milliseconds };

function compared(a: Waiting, b: Waiting): number {
  const byOrder = a.rank - b.rank || a.turn - b.turn || a.laxity - b.laxity || a.time - b.time;
  return byOrder || a.waitsSince - b.waitsSince || a.point - b.point;
}

const IN_TURN = 0;
const WAITS = 1;
const HAS_HAD_ITS_TURN = 2;
/** It has just given its place: that it takes another one's at once would pause one after the other. */
const HAS_JUST_GIVEN = 3;
/** Of those who wait, who has waited for a turn goes before all who need it sooner. */
const NEVER: Milliseconds = 1e12;

function orderOf(standing: Standing, now: Milliseconds, turn_ms: Milliseconds): Order {
  const { priority, seatedAt, since, goal } = standing.point;
  const rank = -priority;
  const laxity = goal === null ? NEVER : goal.laxity_ms;
  if (!isSeated(standing)) {
    const time = waitsSince(standing, now);
    const isLong = now - time >= turn_ms;
    const isNew = time <= since;
    const turn = isLong || isNew ? WAITS : HAS_JUST_GIVEN;
    return { rank, turn, laxity: isLong ? -NEVER : laxity, time };
  }
  const from = seatedAt ?? since;
  if (now - from < turn_ms) return { rank, turn: IN_TURN, laxity: 0, time: from };
  return { rank, turn: HAS_HAD_ITS_TURN, laxity, time: -from };
}

/** Whom protection pauses in this very decision waits from now on: that it once waited long moves nobody else out. */
function waitsSince({ point, limit_dA }: Standing, now: Milliseconds): Milliseconds {
  return point.limit_dA > 0 && limit_dA === 0 ? now : point.waitsSince;
}
