// Protection: what must come down now, decided by the measured mains alone (design.md 3 rule 6). `decide` calls it
// first on every sample. Reservations never lower anybody, and what is already coming down is not taken a second time.
import { type Deciamps, PHASES, type PerPhase, type Phase, mapPhases, sumOf } from '@fairamp/units';
import { lower } from './lower.js';
import { pauseFewest } from './pause.js';
import { type Standing, overOf, sampledOf } from './standing.js';
import type { Site } from './types.js';

/** Nothing is remembered: what could not be allotted is still in the sample and stays owed for the next decision. */
export function reduce(site: Site, standings: readonly Standing[]): readonly Standing[] {
  const need_dA = needOf(site, standings, surelyDraws);
  if (PHASES.every((phase) => need_dA[phase] === 0)) return standings;
  // A cut given to somebody who is not heard is no cut (leases.md B7): the others bear it.
  const unheard = standings.filter(({ point }) => !point.heard);
  const reducible = standings
    .filter(({ point }) => point.heard)
    .map((standing) => ({
      floor_dA: standing.point.minimum_dA,
      load_dA: mapPhases(sampledOf(site, standing), (load) => Math.min(load, standing.held_dA)),
      ...standing,
    }));
  // A fuse leaves time to see whether a car has obeyed since the sample, so only lowering takes the worse reading at
  // once. Whom that spares must not be renewed on this sample: with links cut now, its lease ends as if there were none.
  const patient = pauseFewest(reducible, needOf(site, standings, perhapsDraws));
  const paused = pausedIds(pauseFewest(reducible.map(asSampled), need_dA));
  const judged = patient.map((item) => ({ ...item, spared: item.limit_dA > 0 && paused.has(item.id) }));
  return [...unheard, ...lower(judged, need_dA)];
}

/** What it surely drew: lowering it takes no more off the mains as they were read. */
function asSampled<Item extends Standing & { readonly load_dA: PerPhase<Deciamps> }>(item: Item): Item {
  const { drawLow_dA } = item.point;
  if (drawLow_dA === null) return item;
  return { ...item, load_dA: mapPhases(item.load_dA, (load, phase) => Math.min(load, drawLow_dA[phase])) };
}

function pausedIds(items: readonly Standing[]): ReadonlySet<string> {
  return new Set(items.filter(({ limit_dA }) => limit_dA === 0).map(({ id }) => id));
}

type Draws = (standing: Standing, phase: Phase) => Deciamps;

/** Only its lowest draw, of a report newer than the sample: an older one may speak of what the sample has already. */
const surelyDraws: Draws = ({ point, phases }, phase) => {
  return point.drawLow_dA === null || !phases.includes(phase) ? 0 : point.drawLow_dA[phase];
};
const perhapsDraws: Draws = ({ sampled_dA }, phase) => sampled_dA[phase];

/** What is over and not yet on its way down: a draw above all that one may still have is (a car has 5 s). */
function needOf(site: Site, standings: readonly Standing[], draws: Draws): PerPhase<Deciamps> {
  // On dedicated mains nothing is seen to flow: there `over` counts what everybody may draw, not what is coming down.
  const seen = site.mains.kind === 'measured' ? standings : [];
  return mapPhases(overOf(site, standings), (over, phase) => {
    const inFlight_dA = sumOf(seen, (standing) => Math.max(0, draws(standing, phase) - standing.held_dA));
    return Math.max(0, over - inFlight_dA);
  });
}
