// Others are lowered so that somebody may have its fair share. Only where somebody gets what is freed, and by no more
// than it needs: a limit that nobody else wants is left alone, even where the limits add up to more than the mains.
// `decide` calls it between the allocation and the gate for raises, which then waits until the lowering is obeyed.
import { type Deciamps, type PerPhase, perPhase, sumOf } from '@fairamp/units';
import type { Target } from './allocate.js';
import { lower } from './lower.js';
import { mayRise, worthRaising } from './raise.js';
import type { Standing } from './standing.js';
import type { Site } from './types.js';

export function makeRoom<S extends Standing & Target>(
  site: Site,
  standings: readonly S[],
  capacity_dA: PerPhase<Deciamps>,
): readonly S[] {
  const gains = (one: S): boolean => receives(site, one);
  const gives = (one: S): boolean => one.point.heard && one.limit_dA > one.target_dA;
  const need_dA = perPhase((phase) => {
    const users = standings.filter(({ phases }) => phases.includes(phase));
    if (!users.some(gains)) return 0;
    return sumOf(users, (one) => (gains(one) ? one.target_dA : one.limit_dA)) - capacity_dA[phase];
  });
  const lowered = lower(standings.filter(gives).map(asGiver), need_dA).map(orNothing);
  return [...standings.filter((one) => !gives(one)), ...lowered];
}

/** Who rests may come back, but nobody is lowered for it. */
function receives(site: Site, { point, limit_dA, target_dA }: Standing & Target): boolean {
  return point.need !== 'resting' && mayRise(site, point) && worthRaising(limit_dA, target_dA);
}

function asGiver<S extends Standing & Target>(one: S) {
  const load_dA = perPhase((phase) => (one.phases.includes(phase) ? one.limit_dA : 0));
  return { ...one, load_dA, floor_dA: one.target_dA };
}

/** Who rests may have to give all: between its minimum and nothing there is no limit. */
function orNothing<S extends Standing>(one: S): S {
  return one.limit_dA < one.point.minimum_dA ? { ...one, limit_dA: 0 } : one;
}
