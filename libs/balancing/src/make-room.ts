// Others are lowered so that somebody may have its fair share. Only where somebody gets what is freed, and by no more
// than it needs: a limit that nobody else wants is left alone, even where the limits add up to more than the mains.
// `decide` calls it between sharing and the gate for raises, which then waits until the lowering is obeyed.
import { type Lowerable, lower } from './lower.js';
import { at } from './amounts.js';
import { type Amounts, type Plan, totalOn } from './plan.js';
import { type Shares, mayRise, worthRaising } from './raise.js';
import type { Standing } from './standing.js';

export function makeRoom(plan: Plan, { standings, targets }: Shares, capacity_dA: Amounts): readonly Standing[] {
  const targetOf = (point: number): number => targets[point]?.target_dA ?? 0;
  const gains = standings.map((standing, point) => receives(plan, standing, targetOf(point)));
  const wanted_dA = totalOn(
    plan,
    standings.map(({ limit_dA }, point) => (gains[point] === true ? targetOf(point) : limit_dA)),
  );
  const isWanted = plan.branches.map(({ users }) => users.some((point) => gains[point] === true));
  const need_dA = wanted_dA.map((wanted, branch) => {
    return isWanted[branch] === true ? Math.max(0, wanted - at(capacity_dA, branch)) : 0;
  });
  if (!need_dA.some((need) => need > 0)) return standings;
  const givers = standings.map((standing, point) => asGiver(standing, targetOf(point)));
  const load_dA = (point: number): number => givers[point]?.limit_dA ?? 0;
  const lowered = lower(plan, { items: givers, load_dA }, need_dA);
  return standings.map((standing, point) => {
    const one = lowered[point] ?? null;
    if (one === null || one.pressedBy.length === 0) return standing;
    return orNothing({ ...standing, limit_dA: one.limit_dA, pressedBy: [...standing.pressedBy, ...one.pressedBy] });
  });
}

/** Who rests may come back, but nobody is lowered for it. */
function receives({ site }: Plan, { point, limit_dA }: Standing, target_dA: number): boolean {
  return point.need !== 'resting' && mayRise(site, point) && worthRaising(limit_dA, target_dA);
}

function asGiver({ point, limit_dA }: Standing, target_dA: number): Lowerable | null {
  if (!point.heard || limit_dA <= target_dA) return null;
  return { limit_dA, floor_dA: target_dA };
}

/** Between its minimum and nothing there is no limit: who rests, or has had its turn, may have to give all. */
function orNothing(standing: Standing): Standing {
  return standing.limit_dA < standing.point.minimum_dA ? { ...standing, limit_dA: 0 } : standing;
}
