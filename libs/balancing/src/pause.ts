// Whom to pause when not even everybody's minimum brings a branch under its limit: the fewest that suffice, never all
// when fewer do (behaviour.md 5.6 W11). Protection calls it before it lowers, so that nobody is lowered for what a
// pause removes anyway. It must not pause for what the device carries.
import type { Deciamps, Milliseconds } from '@fairamp/units';
import { type Lowerable, type Lowerables, removedAt } from './lower.js';
import { type Heap, heapOf, pop, push } from './heap.js';
import type { Amounts, Plan } from './plan.js';
import { at } from './amounts.js';

/** What decides among equals; all of them rising: the first is paused first. */
export type Rank = {
  readonly priority: number;
  readonly isCharging: boolean;
  readonly seatedAt: Milliseconds;
  /** Of those who got their places at once, who had waited for less is paused first: else always the same one. */
  readonly waited_ms: Milliseconds;
};

/** Half an ampere over pauses nobody: less is what a meter may be wrong by, and every device carries it for hours. */
export const PAUSE_TOLERANCE_dA = 5;

type Pausing = Lowerables & {
  readonly plan: Plan;
  readonly ranks: (point: number) => Rank;
};

export type Pauses = {
  /** The numbers of those to pause; only who holds something is among them. */
  readonly paused: ReadonlySet<number>;
  /** The branches that everybody's minimum leaves over. */
  readonly over: readonly boolean[];
};

/** @param need_dA what must go from each branch, less what its device carries until then */
export function pauseFewest(pausing: Pausing, need_dA: Amounts): Pauses {
  if (!need_dA.some((need) => need > 0)) return { paused: new Set(), over: need_dA.map(() => false) };
  const { plan, items } = pausing;
  const unavoidable = excess(pausing, need_dA, 'all');
  const paused = new Set<number>();
  // The house alone is over: nobody may hold anything there, not even who does not draw yet.
  unavoidable.forEach((left, branch) => {
    if (left <= 0) return;
    for (const point of plan.branches[branch]?.users ?? []) {
      if ((items[point]?.limit_dA ?? 0) > 0) paused.add(point);
    }
  });
  const left = excess(pausing, need_dA, paused);
  const over = left.map((amount) => amount > 0);
  const chosen = chooseMore(pausing, paused, left);
  spareNeedless(pausing, { paused, chosen }, left);
  return { paused, over };
}

/** What stays over with these paused and all others at their minimum; above 0 it must go. Below 0 nobody asks how far. */
function excess({ plan, items, load_dA }: Pausing, need_dA: Amounts, paused: ReadonlySet<number> | 'all'): number[] {
  return plan.branches.map(({ users }, branch) => {
    let left = at(need_dA, branch);
    if (left <= 0) return left;
    for (const point of users) {
      const item = items[point] ?? null;
      const isPaused = paused === 'all' || paused.has(point);
      if (item !== null) left -= removedAt(load_dA(point, branch), isPaused ? 0 : leastOf(item));
    }
    return left;
  });
}

function leastOf(item: Lowerable): Deciamps {
  return Math.min(item.limit_dA, item.floor_dA);
}

/** What its pause removes from a branch, beyond what its minimum has removed already. */
function gainOn({ items, load_dA }: Pausing, point: number, branch: number): Deciamps {
  const item = items[point] ?? null;
  if (item === null) return 0;
  const load = load_dA(point, branch);
  return load - removedAt(load, leastOf(item));
}

function gainOf(pausing: Pausing, point: number, left: Amounts): Deciamps {
  let gain = 0;
  for (const branch of pausing.plan.paths[point] ?? []) {
    gain += Math.max(0, Math.min(at(left, branch), gainOn(pausing, point, branch)));
  }
  return gain;
}

/**
 * One after the other, whose pause removes most of what must go. A gain only shrinks while others are paused: so who
 * seems best is looked at anew, and taken if it still is.
 */
function chooseMore(pausing: Pausing, paused: Set<number>, left: number[]): readonly number[] {
  const chosen: number[] = [];
  const bestFirst = candidates(pausing, paused, left);
  for (let best = pop(bestFirst); best !== undefined; best = pop(bestFirst)) {
    const gain = gainOf(pausing, best.point, left);
    if (gain <= 0) continue;
    if (gain < best.gain) {
      push(bestFirst, { ...best, gain });
      continue;
    }
    paused.add(best.point);
    chosen.push(best.point);
    take(pausing, best.point, left, -1);
  }
  return chosen;
}

type Candidate = { readonly point: number; readonly gain: number; readonly keys: readonly number[] };

/** Lowest priority first; of equals who does not charge, who has had its place longest, who is down already. */
function candidates(pausing: Pausing, paused: ReadonlySet<number>, left: Amounts): Heap<Candidate> {
  const { plan, items, ranks } = pausing;
  const bestFirst = heapOf<Candidate>((one, other) => comesAfter(other, one));
  if (!left.some((amount) => amount > 0)) return bestFirst;
  plan.points.forEach((_, point) => {
    const gain = paused.has(point) ? 0 : gainOf(pausing, point, left);
    if (gain <= 0) return;
    const { priority, isCharging, seatedAt, waited_ms } = ranks(point);
    const item = items[point] ?? null;
    const isDown = item !== null && item.limit_dA <= item.floor_dA;
    push(bestFirst, { point, gain, keys: [priority, isCharging ? 1 : 0, seatedAt, waited_ms, isDown ? 0 : 1] });
  });
  return bestFirst;
}

function comesAfter(a: Candidate, b: Candidate): boolean {
  const priority = at(a.keys, 0) - at(b.keys, 0);
  if (priority !== 0) return priority > 0;
  if (a.gain !== b.gain) return a.gain < b.gain;
  const key = a.keys.findIndex((value, index) => value !== b.keys[index]);
  return key < 0 ? a.point > b.point : at(a.keys, key) > at(b.keys, key);
}

function take(pausing: Pausing, point: number, left: number[], sign: 1 | -1): void {
  for (const branch of pausing.plan.paths[point] ?? []) {
    left[branch] = at(left, branch) + sign * gainOn(pausing, point, branch);
  }
}

/** A later choice on another branch may have made an earlier one needless. */
function spareNeedless(
  pausing: Pausing,
  { paused, chosen }: { paused: Set<number>; chosen: readonly number[] },
  left: number[],
): void {
  const isOver = left.map((amount) => amount > 0);
  for (const point of chosen) {
    take(pausing, point, left, 1);
    const isNeeded = (pausing.plan.paths[point] ?? []).some(
      (branch) => at(left, branch) > 0 && isOver[branch] !== true,
    );
    if (isNeeded) take(pausing, point, left, -1);
    else paused.delete(point);
  }
}
