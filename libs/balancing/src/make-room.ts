// Others are lowered so that somebody may have its fair share. Only where somebody gets what is freed, and by no more
// than it needs: a limit that nobody else wants is left alone, even where the limits add up to more than the mains.
// `decide` calls it between the allocation and the gate for raises, which then waits until the lowering is obeyed.
import { type Deciamps, type PerPhase, perPhase, sumOf } from '@fairamp/units';
import { lower } from './lower.js';
import { type Share, mayRise, worthRaising } from './raise.js';
import type { Standing } from './standing.js';
import type { Site } from './types.js';

export function makeRoom(site: Site, shares: readonly Share[], capacity_dA: PerPhase<Deciamps>): readonly Share[] {
  const gains = (share: Share): boolean => receives(site, share);
  const need_dA = perPhase((phase) => {
    const users = shares.filter(({ standing }) => standing.phases.includes(phase));
    if (!users.some(gains)) return 0;
    return sumOf(users, (share) => (gains(share) ? share.target_dA : share.standing.limit_dA)) - capacity_dA[phase];
  });
  const lowered = lower(shares.filter(gives).map(asGiver), need_dA).map(({ share, limit_dA, pressedBy }) => {
    return { ...share, standing: orNothing({ ...share.standing, limit_dA, pressedBy }) };
  });
  return [...shares.filter((share) => !gives(share)), ...lowered];
}

/** Who rests may come back, but nobody is lowered for it. */
function receives(site: Site, { standing, target_dA }: Share): boolean {
  const { point, limit_dA } = standing;
  return point.need !== 'resting' && mayRise(site, point) && worthRaising(limit_dA, target_dA);
}

function gives({ standing, target_dA }: Share): boolean {
  return standing.point.heard && standing.limit_dA > target_dA;
}

function asGiver(share: Share) {
  const { phases, limit_dA, pressedBy } = share.standing;
  const load_dA = perPhase((phase) => (phases.includes(phase) ? limit_dA : 0));
  return { share, phases, limit_dA, pressedBy, load_dA, floor_dA: share.target_dA };
}

/** Who rests may have to give all: between its minimum and nothing there is no limit. */
function orNothing(standing: Standing): Standing {
  return standing.limit_dA < standing.point.minimum_dA ? { ...standing, limit_dA: 0 } : standing;
}
