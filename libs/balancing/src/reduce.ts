// Protection: what must come down now, decided by the measured mains alone (design.md 3 rule 6). `decide` calls it
// first on every sample. Reservations never lower anybody, and what is already coming down is not taken a second time.
import { type Deciamps, PHASES, type PerPhase, type Phase, mapPhases, sumOf } from '@fairamp/units';
import { lower } from './lower.js';
import { pauseFewest } from './pause.js';
import { type Standing, loadOf, overOf } from './standing.js';
import type { Site } from './types.js';

/** Nothing is remembered: what could not be allotted is still in the sample and stays owed for the next decision. */
export function reduce(site: Site, standings: readonly Standing[]): readonly Standing[] {
  const need_dA = needOf(site, standings);
  if (PHASES.every((phase) => need_dA[phase] === 0)) return standings;
  // A cut given to somebody who is not heard is no cut (leases.md B7): the others bear it.
  const unheard = standings.filter(({ point }) => !point.heard);
  const reducible = standings
    .filter(({ point }) => point.heard)
    .map((standing) => ({
      ...standing,
      floor_dA: standing.point.minimum_dA,
      load_dA: mapPhases(loadOf(site, standing), (load) => Math.min(load, standing.held_dA)),
    }));
  return [...unheard, ...lower(pauseFewest(reducible, need_dA), need_dA)];
}

/** What is over and not yet on its way down. */
export function needOf(site: Site, standings: readonly Standing[]): PerPhase<Deciamps> {
  // On dedicated mains nothing is seen to flow: there `over` counts what everybody may draw, not what is coming down.
  const seen = site.mains.kind === 'measured' ? standings : [];
  return mapPhases(overOf(site, standings), (over, phase) => {
    return Math.max(0, over - sumOf(seen, (standing) => inFlight(standing, phase)));
  });
}

/**
 * A draw above all that the charge point may still have is coming down (a car has 5 s). Only its lowest draw counts,
 * and only from a report that is newer than the sample: an older one may speak of what the sample contains already.
 */
function inFlight({ point, held_dA }: Standing, phase: Phase): Deciamps {
  if (point.drawLow_dA === null || !point.phases.includes(phase)) return 0;
  return Math.max(0, point.drawLow_dA[phase] - held_dA);
}
