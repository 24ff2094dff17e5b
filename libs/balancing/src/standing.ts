// How each charge point stands when a decision begins, and what that means for each branch: how far it is over its limit.
// Every later step takes standings and returns standings; none of them goes back to the report or the sample by itself.
import { type Deciamps, type Milliseconds, PHASES, type PerPhase, type Phase, perPhase } from '@fairamp/units';
import { type Amounts, type Branch, type Plan, sumOn } from './plan.js';
import { at } from './amounts.js';
import type { ChargePoint } from './types.js';

/** A car follows within 5 s (design.md 3, E); after twice that a raise which it does not use is unused. */
export const FOLLOW_ms: Milliseconds = 10_000;

export type Standing = {
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
  /** The branches because of which protection, or room for somebody else, took something from it in this decision. */
  readonly pressedBy: readonly number[];
};

const NOTHING: readonly number[] = [];

/** Of all charge points, by their numbers. */
export function standingsOf({ points, site: { now } }: Plan): readonly Standing[] {
  return points.map((point) => standingOf(point, now));
}

function standingOf(point: ChargePoint, now: Milliseconds): Standing {
  const held_dA = heldBy(point);
  const unmetered_dA = isUnknown(point, now) ? held_dA : null;
  const draw_dA = drawOf(point, point.drawHigh_dA, unmetered_dA);
  const sampled_dA = drawOf(point, point.drawBefore_dA, unmetered_dA);
  return { point, held_dA, draw_dA, sampled_dA, limit_dA: ownLimit(point), spared: false, pressedBy: NOTHING };
}

/** What its last report said of who is not heard any more ends with the last promise to it (W9). */
function heldBy({ limit_dA, obeyed_dA, heard, reserved_dA }: ChargePoint): Deciamps {
  const told_dA = Math.max(limit_dA, obeyed_dA);
  return heard ? told_dA : Math.min(told_dA, reserved_dA);
}

/** What it holds, as far as its car and its own settings (which may just have changed) still allow it. */
function ownLimit(point: ChargePoint): Deciamps {
  if (point.need === 'none' || point.limit_dA < point.minimum_dA) return 0;
  return Math.min(point.limit_dA, point.maximum_dA);
}

/**
 * It charges and no draw is told: nobody measures it, or it has only just begun. Such a car is taken to draw all that it
 * may. Whose meter still says nothing after that draws nothing: lowering it would take nothing off the mains.
 */
function isUnknown(point: ChargePoint, now: Milliseconds): boolean {
  return point.need === 'charging' && !draws(point) && (!point.isMetered || hasToFollow(point, now));
}

function draws({ phases, drawHigh_dA }: ChargePoint): boolean {
  for (const phase of phases) if (drawHigh_dA[phase] !== 0) return true;
  return false;
}

/** @param unmetered_dA what counts in place of what it told; null = that */
function drawOf(
  { phases }: ChargePoint,
  told_dA: PerPhase<Deciamps>,
  unmetered_dA: Deciamps | null,
): PerPhase<Deciamps> {
  // Not `mapPhases`: its closures were a seventh of all that a decision allocates.
  const draw_dA: Record<Phase, Deciamps> = { L1: 0, L2: 0, L3: 0 };
  for (const phase of phases) draw_dA[phase] = unmetered_dA ?? told_dA[phase];
  return draw_dA;
}

/** What a charge point counts for on a branch. Where nobody measures, it is what it may draw. */
export function loadOn({ isMeasured, phase }: Branch, standing: Standing): Deciamps {
  return isMeasured ? standing.draw_dA[phase] : standing.held_dA;
}

/** The same as far as the sample can show it. */
export function sampledOn({ isMeasured, phase }: Branch, standing: Standing): Deciamps {
  return isMeasured ? standing.sampled_dA[phase] : standing.held_dA;
}

/** What it surely drew when the branch was sampled; null = no report proves it. */
export function lowOn({ circuit: { id }, phase }: Branch, point: ChargePoint): Deciamps | null {
  const own = point.drawLowOn?.[id];
  const low_dA = own === undefined ? point.drawLow_dA : own;
  return low_dA === null ? null : low_dA[phase];
}

/**
 * What flows there beside such a draw of our cars, negative while it exports. An unsigned meter shows a magnitude: less
 * than our cars draw then means a meter or a draw that is wrong, never export.
 */
export function besideCars({ circuit: { load }, phase }: Branch, cars_dA: Deciamps): Deciamps {
  if (load.kind === 'allowed') return load.allowance_dA[phase];
  const beside_dA = load.current_dA[phase] - cars_dA;
  return load.signed ? beside_dA : Math.max(beside_dA, 0);
}

/** By how much each branch is over its limit; 0 or less where it is not, or where that cannot be seen. */
export function overOf(plan: Plan, standings: readonly Standing[]): number[] {
  const cars_dA = sumOn(plan, (point, branch) => knownAt(plan, standings, point, branch));
  return plan.branches.map((branch, number) => {
    if (!branch.isSeen) return 0;
    return besideCars(branch, at(cars_dA, number)) + at(cars_dA, number) - branch.limit_dA;
  });
}

/**
 * What of it is known to be no other's. Of a draw that nobody meters it is what was inferred for certain (decision
 * 0025): with the most that it may be, a meter without direction would seem to show an overload that it does not.
 */
export function knownAt(plan: Plan, standings: readonly Standing[], point: number, branch: number): Deciamps {
  const standing = standings[point];
  const on = plan.branches[branch];
  if (standing === undefined || on === undefined) return 0;
  if (!on.isMeasured || standing.point.isMetered) return loadOn(on, standing);
  return Math.min(lowOn(on, standing.point) ?? 0, standing.held_dA);
}

export function hasToFollow({ raisedAt }: ChargePoint, now: Milliseconds): boolean {
  return raisedAt !== null && now - raisedAt < FOLLOW_ms;
}

/** Who charges, or has been let in to begin, is not sent back into the queue by a newcomer. */
export function keepsItsPlace({ point, limit_dA }: Standing): boolean {
  return limit_dA > 0 && asks(point);
}

/** Whoever asks, and holds nothing that it must give back. */
export function isSeated({ point, limit_dA }: Standing): boolean {
  return point.seatedAt !== null && asks(point) && (limit_dA > 0 || point.limit_dA === 0);
}

export function asks({ need }: ChargePoint): boolean {
  return need === 'charging' || need === 'starting';
}

/** Amounts of branches, three to each circuit, by the names of their conductors. */
export function byCircuit(plan: Plan, amounts: Amounts): readonly { id: string; of: PerPhase<number> }[] {
  return plan.site.circuits.map(({ id }, row) => {
    return { id, of: perPhase((phase) => at(amounts, 3 * row + PHASES.indexOf(phase))) };
  });
}
