// Protection: what must come down now, decided by the measured currents alone (design.md 3 rule 6). `decide` calls it
// first on every sample. Reservations never lower anybody, and what is already coming down is not taken a second time.
// Lowering follows every ampere; a pause waits until a device demands it (heat.ts).
import type { Deciamps, Milliseconds } from '@fairamp/units';
import { carries_dA } from './heat.js';
import { type Lowerable, type Lowerables, lower } from './lower.js';
import { at } from './amounts.js';
import { PAUSE_TOLERANCE_dA, type Pauses, type Rank, pauseFewest } from './pause.js';
import type { Amounts, Branch, Plan } from './plan.js';
import { type Standing, lowOn, overOf, sampledOn } from './standing.js';

/** However cool its device: for longer nothing stays over that a pause could end (I2). */
export const LONGEST_PATIENCE_ms: Milliseconds = 18_000;

/** Nothing is remembered: what could not be allotted is still in the sample and stays owed for the next decision. */
export function reduce(
  plan: Plan,
  standings: readonly Standing[],
  over_dA: Amounts = overOf(plan, standings),
): readonly Standing[] {
  const need_dA = needOf(plan, standings, over_dA, surelyDraws);
  if (need_dA.every((need) => need === 0)) return standings;
  const items = standings.map(asLowerable);
  const load_dA = (point: number, branch: number): Deciamps => loadOf(plan, standings, point, branch);
  // A fuse leaves time to see whether a car has obeyed since the sample, so only lowering takes the worse reading at
  // once. Whom that spares must not be renewed on this sample: with links cut now, its lease ends as if there were none.
  // The same holds for whom a cool device spares: should the links be cut now, all ends as if nobody had been patient.
  const likely_dA = needOf(plan, standings, over_dA, perhapsDraws).map((need, number) => {
    return need - toleranceOf(plan, plan.branches[number]);
  });
  const likely = pausesFor(plan, standings, { items, load_dA }, likely_dA);
  const surely_dA = (point: number, branch: number): Deciamps => surelyOf(plan, standings, point, branch);
  const safely = pausesFor(
    plan,
    standings,
    { items, load_dA: surely_dA },
    need_dA.map((need) => need - PAUSE_TOLERANCE_dA),
  );
  const going = items.map((item, point) =>
    item !== null && likely.paused.has(point) ? { ...item, limit_dA: 0 } : item,
  );
  const lowered = lower(plan, { items: going, load_dA }, need_dA);
  return standings.map((standing, point) => {
    if (likely.paused.has(point)) return pausedBy(plan, standing, point, likely);
    const spared = safely.paused.has(point);
    const pressed = lowered[point] ?? null;
    if (pressed === null && !spared) return standing;
    const { limit_dA, pressedBy } = pressed ?? standing;
    return { ...standing, limit_dA, pressedBy, spared: spared && limit_dA > 0 };
  });
}

function pausedBy(plan: Plan, standing: Standing, point: number, { over }: Pauses): Standing {
  const pressedBy = (plan.paths[point] ?? []).filter((branch) => over[branch] === true);
  return { ...standing, limit_dA: 0, pressedBy };
}

/** A cut given to somebody who is not heard is no cut (leases.md B7): the others bear it. */
function asLowerable({ point, limit_dA }: Standing): Lowerable | null {
  if (!point.heard) return null;
  return { limit_dA, floor_dA: point.minimum_dA };
}

function loadOf({ branches }: Plan, standings: readonly Standing[], point: number, branch: number): Deciamps {
  const on = branches[branch];
  const standing = standings[point];
  return on === undefined || standing === undefined ? 0 : Math.min(sampledOn(on, standing), standing.held_dA);
}

/** What it surely drew: lowering it takes no more off the mains as they were read. */
function surelyOf(plan: Plan, standings: readonly Standing[], point: number, branch: number): Deciamps {
  const load_dA = loadOf(plan, standings, point, branch);
  const on = plan.branches[branch];
  const standing = standings[point];
  return on === undefined || standing === undefined ? 0 : Math.min(load_dA, lowOn(on, standing.point) ?? load_dA);
}

function pausesFor(plan: Plan, standings: readonly Standing[], lowerables: Lowerables, need_dA: Amounts): Pauses {
  const ranks = (point: number): Rank => {
    const one = standings[point]?.point;
    if (one === undefined) return { priority: 0, isCharging: false, seatedAt: 0, waited_ms: 0 };
    const { priority, need, since, seatedAt, waitsSince } = one;
    const from = seatedAt ?? since;
    return { priority, isCharging: need === 'charging', seatedAt: from, waited_ms: from - waitsSince };
  };
  return pauseFewest({ plan, ...lowerables, ranks }, need_dA);
}

/** What may stay over for now: as much as its device surely carries until a later pause would have become true. */
function toleranceOf({ site }: Plan, branch: Branch | undefined): Deciamps {
  if (branch === undefined) return PAUSE_TOLERANCE_dA;
  const { circuit, phase, isMeasured, limit_dA } = branch;
  const { device, heat, answers_ms, overSince } = circuit;
  const since = overSince[phase];
  const isLong = since !== null && site.now - since > LONGEST_PATIENCE_ms - answers_ms;
  if (!isMeasured || isLong || limit_dA === 0) return PAUSE_TOLERANCE_dA;
  return Math.max(PAUSE_TOLERANCE_dA, carries_dA(heat[phase], { device, limit_dA }, answers_ms) - limit_dA);
}

type Draws = (standing: Standing, branch: Branch) => Deciamps;

/** Only its lowest draw, of a report newer than the sample: an older one may speak of what the sample has already. */
const surelyDraws: Draws = ({ point }, branch) => {
  return point.phases.includes(branch.phase) ? (lowOn(branch, point) ?? 0) : 0;
};
/** Twice the limit waits for no second look. */
const perhapsDraws: Draws = ({ sampled_dA }, { phase }) => sampled_dA[phase];

/** What is over and not yet on its way down: a draw above all that one may still have is (a car has 5 s). */
function needOf(plan: Plan, standings: readonly Standing[], over_dA: Amounts, draws: Draws): number[] {
  return plan.branches.map((branch, number) => {
    const over = at(over_dA, number);
    // Where nobody measures, nothing is seen to flow: there `over` counts what everybody may draw, not what comes down.
    if (over <= 0 || !branch.isMeasured) return Math.max(0, over);
    const drawsThere = over >= branch.limit_dA ? surelyDraws : draws;
    let inFlight = 0;
    for (const point of branch.users) {
      const standing = standings[point];
      if (standing !== undefined) inFlight += Math.max(0, drawsThere(standing, branch) - standing.held_dA);
    }
    return Math.max(0, over - inFlight);
  });
}
