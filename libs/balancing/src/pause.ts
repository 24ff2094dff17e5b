// Whom to pause when not even everybody's minimum brings a phase under its limit: the fewest that suffice, never all
// when fewer do (behaviour.md 5.6 W11). Protection calls it before it lowers, so that nobody is lowered for what a
// pause removes anyway. It must not pause for what a fuse carries for ever.
import { type Deciamps, PHASES, type PerPhase, type Phase, mapPhases, sumOf } from '@fairamp/units';
import { type Lowerable, removed } from './lower.js';
import { ordered } from './order.js';
import type { ChargePoint } from './types.js';

export type Pausable = Lowerable & { readonly id: string; readonly point: Pick<ChargePoint, 'need' | 'since'> };
type Ids = ReadonlySet<string>;

/**
 * Half an ampere over pauses nobody: a breaker must carry 1.13 times its rating for an hour (IEC 60898-1, conventional
 * non-tripping current), which is 1.3 A above the smallest MAINS of 10 A. A stand-in for the device's thermal curve.
 */
export const PAUSE_TOLERANCE_dA = 5;

export function pauseFewest<Item extends Pausable>(
  items: readonly Item[],
  need_dA: PerPhase<Deciamps>,
): readonly Item[] {
  const everyone = new Set(items.map((item) => item.id));
  const house = overOn(excess(items, everyone, need_dA));
  // The house alone is over: nobody may hold anything there, not even who does not draw yet.
  const there = items.filter((item) => item.phases.some((phase) => house.includes(phase)));
  const stopped = new Set(there.map((item) => item.id));
  const paused = spareNeedless(items, stopped, chooseMore(items, stopped, need_dA), need_dA);
  const over = overOn(excess(items, stopped, need_dA));
  return items.map((item) => (paused.has(item.id) ? pausedItem(item, over) : item));
}

function pausedItem<Item extends Pausable>(item: Item, over: readonly Phase[]): Item {
  if (item.limit_dA === 0) return item;
  return { ...item, limit_dA: 0, pressedBy: item.phases.filter((phase) => over.includes(phase)) };
}

/** What stays over, beyond the tolerance, with these paused and all others at their minimum; above 0 it must go. */
function excess(items: readonly Pausable[], paused: Ids, need_dA: PerPhase<Deciamps>): PerPhase<Deciamps> {
  return mapPhases(need_dA, (need, phase) => {
    return need - PAUSE_TOLERANCE_dA - sumOf(items, (item) => removed(item, phase, leastOf(item, paused)));
  });
}

function leastOf(item: Pausable, paused: Ids): Deciamps {
  return paused.has(item.id) ? 0 : Math.min(item.limit_dA, item.floor_dA);
}

function overOn(excess_dA: PerPhase<Deciamps>): readonly Phase[] {
  return PHASES.filter((phase) => excess_dA[phase] > 0);
}

/** One after the other, whose pause removes most of what must go; of equals who does not charge, who is down already, who has charged longest. */
function chooseMore(items: readonly Pausable[], stopped: Ids, need_dA: PerPhase<Deciamps>): readonly Pausable[] {
  const chosen: Pausable[] = [];
  const paused = new Set(stopped);
  for (;;) {
    const excess_dA = excess(items, paused, need_dA);
    const useful = items
      .map((item) => ({ id: item.id, item, gain_dA: paused.has(item.id) ? 0 : gainOf(item, excess_dA) }))
      .filter((candidate) => candidate.gain_dA > 0);
    const [best] = ordered(
      useful,
      (candidate) => -candidate.gain_dA,
      ({ item }) => (item.point.need === 'charging' ? 1 : 0),
      ({ item }) => (item.limit_dA <= item.floor_dA ? 0 : 1),
      ({ item }) => item.point.since,
    );
    if (best === undefined) return chosen;
    chosen.push(best.item);
    paused.add(best.id);
  }
}

/** What its pause removes of the excess, beyond what its minimum has removed already. */
function gainOf(item: Pausable, excess_dA: PerPhase<Deciamps>): Deciamps {
  const least_dA = Math.min(item.limit_dA, item.floor_dA);
  return sumOf(PHASES, (phase) => Math.max(0, Math.min(excess_dA[phase], least_dA, item.load_dA[phase])));
}

/** A later choice on another phase may have made an earlier one needless. */
function spareNeedless(
  items: readonly Pausable[],
  stopped: Ids,
  chosen: readonly Pausable[],
  need_dA: PerPhase<Deciamps>,
): Ids {
  const paused = new Set([...stopped, ...chosen.map((item) => item.id)]);
  const unavoidable = overOn(excess(items, paused, need_dA)).length;
  for (const { id } of chosen) {
    paused.delete(id);
    if (overOn(excess(items, paused, need_dA)).length > unavoidable) paused.add(id);
  }
  return paused;
}
