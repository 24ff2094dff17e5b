// What is kept from newcomers for who has waited for a turn: else the turns of several conductors would end one after the
// other, and never on all of its own. It is what it needs less what those leave whose turns will be over when it can
// begin: nothing where they, ending theirs, make its room anyway.
// `seat` asks; who is passed over is decided there.
import type { Deciamps, Milliseconds } from '@fairamp/units';
import { at } from './amounts.js';
import type { Amounts, Plan } from './plan.js';
import { type Standing, isSeated } from './standing.js';

/** Beside others, who has no place must fit with so much to spare: else some tenths let it in and out again. */
export const MARGIN_dA = 5;

/** What `seat` has given so far, by branch; `turnEndsAt` by charge point, null where it has given nothing. */
export type Given = {
  readonly left_dA: Amounts;
  readonly lately_dA: Amounts;
  readonly turnEndsAt: readonly (Milliseconds | null)[];
};

/** Who has its place since then keeps it for so long; who gets it now, from now on. */
export function turnEnd(standing: Standing, { now, turn_ms }: Plan['site']): Milliseconds {
  const { seatedAt, since } = standing.point;
  return (isSeated(standing) ? (seatedAt ?? since) : now) + turn_ms;
}

/**
 * @param missing the branches where its minimum does not fit beside who has a place, though it would alone
 * @returns by branch of its path, in that order; nobody of a higher priority is expected to leave
 */
export function keptFor(
  { plan, standings }: { readonly plan: Plan; readonly standings: readonly Standing[] },
  point: number,
  missing: readonly number[],
  given: Given,
): readonly Deciamps[] {
  const minimum_dA = minimumOf(standings, point);
  const leaving = (branch: number): readonly Leaving[] => leavingFrom({ plan, standings }, branch, point, given);
  const begins = Math.max(...missing.map((branch) => roomAt(leaving(branch), lacks(minimum_dA, branch, given))));
  return (plan.paths[point] ?? []).map((branch) => {
    const freed_dA = leaving(branch).reduce((sum, { at: end, frees_dA }) => (end <= begins ? sum + frees_dA : sum), 0);
    return Math.max(0, minimum_dA - freed_dA);
  });
}

export function minimumOf(standings: readonly Standing[], point: number): Deciamps {
  return standings[point]?.point.minimum_dA ?? 0;
}

type Leaving = { readonly at: Milliseconds; readonly frees_dA: Deciamps };

/** The others of its priority that have a place there. */
function leavingFrom(
  { plan, standings }: { readonly plan: Plan; readonly standings: readonly Standing[] },
  branch: number,
  point: number,
  { turnEndsAt }: Given,
): readonly Leaving[] {
  const priority = standings[point]?.point.priority;
  return (plan.branches[branch]?.users ?? []).flatMap((user) => {
    const end = turnEndsAt[user] ?? null;
    if (end === null || standings[user]?.point.priority !== priority) return [];
    return [{ at: end, frees_dA: minimumOf(standings, user) }];
  });
}

function lacks(minimum_dA: Deciamps, branch: number, { left_dA, lately_dA }: Given): Deciamps {
  return minimum_dA + MARGIN_dA + at(lately_dA, branch) - at(left_dA, branch);
}

/** When enough of them have left, or the last has: a later time only keeps less, and then too it can begin. */
function roomAt(leaving: readonly Leaving[], lacks_dA: Deciamps): Milliseconds {
  let freed_dA = 0;
  let end: Milliseconds = -Infinity;
  for (const one of [...leaving].sort((a, b) => a.at - b.at)) {
    if (freed_dA >= lacks_dA) break;
    freed_dA += one.frees_dA;
    end = one.at;
  }
  return end;
}
