// The gate for raises, the only place where a limit goes up (design.md 3 rule 6, I1): sample - counted draws + all
// reservations, the new limit in place of its own, must fit every phase. Lowest limit first, and each raise granted
// counts for the next. `decide` calls it last. It must never count a draw or a release that nobody has proven.
import { type Because, type Deciamps, type PerPhase, type Phase, mapPhases, perPhase, sumOf } from '@fairamp/units';
import { ordered } from './order.js';
import { type Standing, besideCars, limitOn } from './standing.js';
import type { ChargePoint, Site } from './types.js';

/** Between two raises of one charge point its car has the time to follow the first (design.md 4; E = 5 s). */
export const RAISE_INTERVAL_ms = 5_000;
/** Half an ampere: less is the meters' noise, and not worth a message. */
export const SMALLEST_RAISE_dA = 5;

/** A standing and what it should have were there no past, and why not more. */
export type Share = {
  readonly id: string;
  readonly standing: Standing;
  readonly target_dA: Deciamps;
  readonly because: readonly Because[];
};
/** refusedBecause: why a raise that was worth it did not happen; empty otherwise. */
export type Judged = Share & { readonly refusedBecause: readonly Because[] };

export function raise(site: Site, shares: readonly Share[]): readonly Judged[] {
  let free_dA = freeOf(site);
  return ordered(
    shares,
    ({ standing }) => standing.limit_dA,
    ({ standing }) => standing.point.since,
  ).map((share) => {
    const { id, target_dA, because } = share;
    const { offer_dA, refusedBecause } = judge(site, share, free_dA);
    const { point, phases, limit_dA } = share.standing;
    const more_dA = Math.max(0, offer_dA - point.reserved_dA);
    free_dA = mapPhases(free_dA, (free, phase) => (phases.includes(phase) ? free - more_dA : free));
    const standing = { ...share.standing, limit_dA: Math.max(limit_dA, offer_dA) };
    return { id, standing, target_dA, because, refusedBecause };
  });
}

/** A newcomer's step is its whole minimum; any other raise must be worth it. */
export function worthRaising(from_dA: Deciamps, to_dA: Deciamps): boolean {
  return from_dA === 0 ? to_dA > 0 : to_dA >= from_dA + SMALLEST_RAISE_dA;
}

/** Nothing but time and room stands against raising it. */
export function mayRise(site: Site, point: ChargePoint): boolean {
  return point.heard && point.barred.length === 0 && site.barred.length === 0;
}

type Judgement = { readonly offer_dA: Deciamps; readonly refusedBecause: readonly Because[] };
const NOTHING: Judgement = { offer_dA: 0, refusedBecause: [] };

function judge(site: Site, { standing, target_dA }: Share, free_dA: PerPhase<Deciamps>): Judgement {
  const { point, limit_dA, phases, pressedBy } = standing;
  // What was lowered in this very decision cannot go up in it.
  if (pressedBy.length > 0 || !worthRaising(limit_dA, target_dA)) return NOTHING;
  const forbidden = whyNot(site, point);
  if (forbidden.length > 0) return { offer_dA: 0, refusedBecause: forbidden };
  const free = Math.min(...phases.map((phase) => free_dA[phase]));
  const most_dA = free < 0 ? 0 : point.reserved_dA + free;
  const offer_dA = limit_dA === 0 ? target_dA : Math.min(target_dA, most_dA);
  if (offer_dA > most_dA || !worthRaising(limit_dA, offer_dA)) return { offer_dA: 0, refusedBecause: ['reserved'] };
  return { offer_dA, refusedBecause: offer_dA < target_dA ? ['reserved'] : [] };
}

function whyNot(site: Site, point: ChargePoint): readonly Because[] {
  const unheard: readonly Because[] = point.heard ? [] : ['unheard'];
  const tooSoon = point.raisedAt !== null && site.now - point.raisedAt < RAISE_INTERVAL_ms;
  return [...site.barred, ...point.barred, ...unheard, ...(tooSoon ? (['raise-interval'] as const) : [])];
}

/** What no promise covers; below 0 where more is promised than the mains can carry, and then nobody is raised there. */
function freeOf(site: Site): PerPhase<Deciamps> {
  return perPhase((phase) => {
    const users = site.chargePoints.filter(({ phases }) => phases.includes(phase));
    const promised_dA = sumOf(users, ({ reserved_dA }) => reserved_dA);
    const proven_dA = sumOf(users, (point) => provenDraw(point, phase));
    return limitOn(site, phase) - (besideCars(site, phase, proven_dA) + promised_dA);
  });
}

/** Of a car that draws more than it may, the excess is no room for others. */
function provenDraw({ drawLow_dA, reserved_dA }: ChargePoint, phase: Phase): Deciamps {
  return drawLow_dA === null ? 0 : Math.min(drawLow_dA[phase], reserved_dA);
}
