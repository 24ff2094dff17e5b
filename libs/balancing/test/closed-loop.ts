// A site in time, as small as can be: `decide` each cycle, cars that obey and follow within it, meters that tell the
// truth. What a decision remembers (places, turns, waiting) is kept here from its answers, as the master's node does.
import { type Milliseconds, type PerPhase, mapPhases, perPhase, sumOf } from '@fairamp/units';
import { type ChargePoint, type Circuit, type Decision, type Site, decide, waitsAfter } from '../src/index.js';
import { below } from './sites.js';

/** A car: from when to when it asks, what it draws at most, and by how much more than it may (nothing by default). */
export type Visit = {
  readonly from: Milliseconds;
  readonly until: Milliseconds;
  readonly appetite_dA: number;
  readonly excess_dA?: number;
};
export type Play = {
  readonly site: Site;
  /** By the place of the charge points. */
  readonly visits: readonly Visit[];
  /** What flows beside our cars on each circuit, by the place of the circuits; nothing where it is not measured. */
  readonly houses: readonly PerPhase<number>[];
  /** The same by the time, where it changes. */
  readonly housesAt?: (at: Milliseconds) => readonly PerPhase<number>[];
  readonly cycle_ms: Milliseconds;
};
export type Moment = { readonly site: Site; readonly decisions: ReadonlyMap<string, Decision> };

export function momentsOf(play: Play, cycles: number, look: (moment: Moment, cycle: number) => void): void {
  let site = beginning(play);
  for (let cycle = 0; cycle < cycles; cycle += 1) {
    const moment = momentOf(site);
    look(moment, cycle);
    site = after(play, moment);
  }
}

function momentOf(site: Site): Moment {
  return { site, decisions: new Map(decide(site).decisions.map((decision) => [decision.id, decision])) };
}

function beginning(play: Play): Site {
  const chargePoints = play.site.chargePoints.map((point, number) => {
    const none: ChargePoint = {
      ...point,
      need: 'none',
      seatedAt: null,
      raisedAt: null,
      loweredAt: null,
      heard: true,
      barred: [],
      drawLowOn: {},
    };
    return visited(play, { ...none, limit_dA: 0 }, number, 0);
  });
  return measured(play, { ...play.site, now: 0, barred: [], chargePoints });
}

function after(play: Play, { site, decisions }: Moment): Site {
  const now = site.now + play.cycle_ms;
  const chargePoints = site.chargePoints.map((point, number) => {
    const decision = decisions.get(point.id);
    return visited(play, decision === undefined ? point : obeying(point, decision, site), number, now);
  });
  return measured(play, { ...site, now, chargePoints });
}

function obeying(point: ChargePoint, { limit_dA, seated, raise }: Decision, { now, turn_ms }: Site): ChargePoint {
  const hadPlace = point.seatedAt !== null;
  return {
    ...point,
    limit_dA,
    seatedAt: seated ? (point.seatedAt ?? now) : null,
    waitsSince: hadPlace && !seated ? waitsAfter(point, now, turn_ms) : point.waitsSince,
    raisedAt: raise ? now : point.raisedAt,
    loweredAt: limit_dA < point.limit_dA ? now : point.loweredAt,
  };
}

/** Its car comes, draws all that it may and wants, and leaves. */
function visited(play: Play, point: ChargePoint, number: number, now: Milliseconds): ChargePoint {
  const visit = play.visits[number];
  if (visit === undefined || now < visit.from || now >= visit.until) return drawing({ ...point, need: 'none' }, 0, 0);
  const { need, seatedAt } = point;
  const asks = need === 'none' ? { since: now, waitsSince: now, seatedAt: null } : { seatedAt };
  const begun = { ...point, ...asks, need: point.limit_dA > 0 ? ('charging' as const) : ('starting' as const) };
  const excess_dA = point.limit_dA > 0 ? (visit.excess_dA ?? 0) : 0;
  return drawing(begun, point.limit_dA, Math.min(point.limit_dA, visit.appetite_dA) + excess_dA);
}

function drawing(point: ChargePoint, limit_dA: number, drawn_dA: number): ChargePoint {
  const draw_dA = perPhase((phase) => (point.phases.includes(phase) ? drawn_dA : 0));
  const draws = { drawHigh_dA: draw_dA, drawBefore_dA: draw_dA, drawLow_dA: draw_dA, isMetered: true };
  const seatedAt = point.need === 'none' ? null : point.seatedAt;
  return { ...point, ...draws, seatedAt, limit_dA, obeyed_dA: limit_dA, reserved_dA: limit_dA };
}

function measured({ houses: steady, housesAt }: Play, site: Site): Site {
  const houses = housesAt?.(site.now) ?? steady;
  const circuits = site.circuits.map((circuit, row): Circuit => {
    if (circuit.load.kind === 'allowed') return { ...circuit, recent_dA: null };
    const cars = below(site.circuits, circuit.id, site.chargePoints);
    const house = houses[row] ?? perPhase(() => 0);
    const current_dA = mapPhases(house, (amount, phase) => amount + sumOf(cars, (one) => one.drawHigh_dA[phase]));
    const over = perPhase((phase) => current_dA[phase] > circuit.limit_dA[phase]);
    const overSince = perPhase((phase) => (over[phase] ? (circuit.overSince[phase] ?? site.now) : null));
    return { ...circuit, load: { ...circuit.load, current_dA }, overSince, recent_dA: null };
  });
  return { ...site, circuits };
}
