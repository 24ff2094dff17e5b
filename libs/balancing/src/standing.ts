// How each charge point stands when a decision begins, and what that means for the mains: how far a phase is over its
// limit and how much of it our cars may share. Every later step takes standings and returns standings; none of them
// goes back to the report or the sample by itself.
import { type Deciamps, type PerPhase, type Phase, mapPhases, perPhase, sumOf } from '@fairamp/units';
import type { ChargePoint, Site } from './types.js';

export type Standing = {
  readonly id: string;
  readonly phases: readonly Phase[];
  readonly point: ChargePoint;
  /** The most it may draw by what it was granted or still obeys: above it a draw is already coming down. */
  readonly held_dA: Deciamps;
  /** What its car draws, on the phases that it uses. */
  readonly draw_dA: PerPhase<Deciamps>;
  /** What of that can have been in the sample. */
  readonly sampled_dA: PerPhase<Deciamps>;
  /** What it shall hold after the steps taken so far: 0, or its minimum to its maximum. */
  readonly limit_dA: Deciamps;
  /**
   * Paused by the safe reading of the sample, let go on by the likely one: its lease is not renewed on this sample.
   */
  readonly spared: boolean;
  /** The phases because of which protection took something from it in this decision. */
  readonly pressedBy: readonly Phase[];
};

export function standingOf(point: ChargePoint): Standing {
  const held_dA = Math.max(point.limit_dA, point.obeyed_dA);
  const limit_dA = ownLimit(point);
  const { id, phases } = point;
  const draw_dA = drawOf(point, point.drawHigh_dA, held_dA);
  const sampled_dA = drawOf(point, point.drawBefore_dA, held_dA);
  return { id, phases, point, held_dA, draw_dA, sampled_dA, limit_dA, spared: false, pressedBy: [] };
}

/** What it holds, as far as its car and its own settings (which may just have changed) still allow it. */
function ownLimit(point: ChargePoint): Deciamps {
  if (point.need === 'none' || point.limit_dA < point.minimum_dA) return 0;
  return Math.min(point.limit_dA, point.maximum_dA);
}

/** A closed contactor and no draw means that nobody measures it: such a car is taken to draw all that it may. */
function drawOf(point: ChargePoint, told_dA: PerPhase<Deciamps>, held_dA: Deciamps): PerPhase<Deciamps> {
  const unmetered = point.need === 'charging' && point.phases.every((phase) => point.drawHigh_dA[phase] === 0);
  return mapPhases(told_dA, (draw, phase) => {
    if (!point.phases.includes(phase)) return 0;
    return unmetered ? held_dA : draw;
  });
}

/** What a charge point counts for on the mains. Nobody measures dedicated mains: there it is what it may draw. */
export function loadOf(site: Site, standing: Standing): PerPhase<Deciamps> {
  return site.mains.kind === 'measured' ? standing.draw_dA : heldOn(standing);
}

/** The same as far as the sample can show it. */
export function sampledOf(site: Site, standing: Standing): PerPhase<Deciamps> {
  return site.mains.kind === 'measured' ? standing.sampled_dA : heldOn(standing);
}

function heldOn(standing: Standing): PerPhase<Deciamps> {
  return perPhase((phase) => (standing.phases.includes(phase) ? standing.held_dA : 0));
}

/** A conductor without a transformer is no room (design.md 4), and cannot be seen to be over either. */
export function limitOn(site: Site, phase: Phase): Deciamps {
  return site.mainsPhases.includes(phase) ? site.limit_dA : 0;
}

/**
 * An unsigned meter shows a magnitude: less than our cars draw then means a meter or a draw that is wrong, never export.
 */
export function besideCars({ mains }: Site, phase: Phase, cars_dA: Deciamps): Deciamps {
  if (mains.kind === 'dedicated') return 0;
  const house_dA = mains.current_dA[phase] - cars_dA;
  return mains.signed ? house_dA : Math.max(house_dA, 0);
}

/**
 * By how much each phase is over its limit; 0 or less where it is not. A draw that nobody measures is in the mains, and
 * what it may be at most is no reading that could contradict them.
 */
export function overOf(site: Site, standings: readonly Standing[]): PerPhase<Deciamps> {
  const isMeasured = site.mains.kind === 'measured';
  return perPhase((phase) => {
    if (!site.mainsPhases.includes(phase)) return 0;
    const cars_dA = sumOf(standings, (standing) => {
      return isMeasured ? knownDraw(standing, phase) : loadOf(site, standing)[phase];
    });
    return besideCars(site, phase, cars_dA) + cars_dA - site.limit_dA;
  });
}

/**
 * What our cars may share on each phase. It takes their highest draw for theirs, not for the house's, so that a car
 * that ramps up lowers nobody; the gate for raises reckons the other way round. A draw that nobody measures is the
 * house's for both: else sharing would see room that the gate never gives, and a newcomer would wait for it for ever. Whom protection let go on, sharing
 * does not pause: there is always room for the minimum of those who hold one.
 */
export function capacityOf(site: Site, standings: readonly Standing[]): PerPhase<Deciamps> {
  return perPhase((phase) => {
    const kept = standings.filter((standing) => keepsItsPlace(standing) && standing.phases.includes(phase));
    const minima = sumOf(kept, (standing) => standing.point.minimum_dA);
    if (!site.mainsPhases.includes(phase)) return minima;
    const cars_dA = sumOf(standings, (standing) => knownDraw(standing, phase));
    return Math.max(site.limit_dA - besideCars(site, phase, cars_dA), minima);
  });
}

/** Without a meter it is what was inferred of it and the gate counts too; nothing where nothing was. */
function knownDraw({ point, draw_dA }: Standing, phase: Phase): Deciamps {
  return point.isMetered ? draw_dA[phase] : (point.drawLow_dA?.[phase] ?? 0);
}

/** Who charges, or has been let in to begin, is not sent back into the queue by a newcomer. */
export function keepsItsPlace({ point, limit_dA }: Standing): boolean {
  return limit_dA > 0 && (point.need === 'charging' || point.need === 'starting');
}
