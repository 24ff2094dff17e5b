// The gate for raises, the only place where a limit goes up (design.md 3 rule 6, I1): sample - counted draws + all
// reservations, the new limit in place of its own, must fit every branch up to the mains. Who begins comes first, then
// the lowest limit; each raise granted counts for the next, as does one that a newcomer lacks room for. `decide` calls it
// last. It must never count a draw or a release that nobody has proven.
import type { Because, Deciamps, Milliseconds } from '@fairamp/units';
import { at } from './amounts.js';
import { type Branch, type Plan, sumOn, totalOn } from './plan.js';
import type { Target } from './share.js';
import { type Standing, besideCars, lowOn } from './standing.js';
import type { ChargePoint, Site } from './types.js';

/** Between two raises of one charge point its car has the time to follow the first (design.md 4; E = 5 s). */
export const RAISE_INTERVAL_ms: Milliseconds = 5_000;
/** Half an ampere: less is the meters' noise, and not worth a message. */
export const SMALLEST_RAISE_dA: Deciamps = 5;

const NOTHING: readonly Because[] = [];

/** By the numbers of the charge points. */
export type Shares = { readonly standings: readonly Standing[]; readonly targets: readonly Target[] };
export type Judged = {
  readonly limit_dA: Deciamps;
  /** Why a raise that was worth it did not happen, or not as far; empty otherwise. */
  readonly refusedBecause: readonly Because[];
};

export function raise(plan: Plan, { standings, targets }: Shares): readonly Judged[] {
  const judged: Judged[] = standings.map(({ limit_dA }) => ({ limit_dA, refusedBecause: NOTHING }));
  const wanting: Wanting[] = [];
  standings.forEach((standing, number) => {
    const target_dA = targets[number]?.target_dA ?? 0;
    // What was lowered in this very decision cannot go up in it.
    const isFree = standing.pressedBy.length === 0;
    if (isFree && worthRaising(standing.limit_dA, target_dA)) wanting.push({ number, standing, target_dA });
  });
  if (wanting.length === 0) return judged;
  const free_dA = freeOf(plan);
  for (const { number, standing, target_dA } of wanting.sort((a, b) => compared(plan.site, a, b))) {
    const path = plan.paths[number] ?? [];
    const free = path.reduce((least, branch) => Math.min(least, at(free_dA, branch)), Infinity);
    const { offer_dA, refusedBecause } = judge(plan.site, standing, target_dA, free);
    // Who waits for some tenths more would wait for ever if each raise of the others took them.
    const isShort = standing.limit_dA === 0 && offer_dA === 0 && refusedBecause.includes('reserved');
    const more_dA = Math.max(0, (isShort ? target_dA : offer_dA) - standing.point.reserved_dA);
    for (const branch of path) free_dA[branch] = at(free_dA, branch) - more_dA;
    judged[number] = { limit_dA: Math.max(standing.limit_dA, offer_dA), refusedBecause };
  }
  return judged;
}

type Wanting = { readonly number: number; readonly standing: Standing; readonly target_dA: Deciamps };

/** As sharing gives: all minima first, then by priority. */
function compared({ now }: Site, { standing: a, number: first }: Wanting, other: Wanting): number {
  const { standing: b, number: second } = other;
  const byNeed = Number(b.limit_dA === 0) - Number(a.limit_dA === 0);
  const byPriority = b.point.priority - a.point.priority;
  const byLimit = a.limit_dA - b.limit_dA || beginsAfter(a, now) - beginsAfter(b, now);
  return byNeed || byPriority || byLimit || a.point.since - b.point.since || first - second;
}

/** For who begins, room was made since it has its place: whose turn came later does not take it. */
function beginsAfter({ point, limit_dA }: Standing, now: Milliseconds): Milliseconds {
  return limit_dA > 0 ? 0 : (point.seatedAt ?? now);
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

function judge(site: Site, standing: Standing, target_dA: Deciamps, free_dA: Deciamps): Judgement {
  const { point, limit_dA } = standing;
  const forbidden = whyNot(site, point);
  if (forbidden.length > 0) return { offer_dA: 0, refusedBecause: forbidden };
  const most_dA = free_dA < 0 ? 0 : point.reserved_dA + free_dA;
  const offer_dA = limit_dA === 0 ? target_dA : Math.min(target_dA, most_dA);
  if (offer_dA > most_dA || !worthRaising(limit_dA, offer_dA)) return { offer_dA: 0, refusedBecause: ['reserved'] };
  return { offer_dA, refusedBecause: offer_dA < target_dA ? ['reserved'] : [] };
}

function whyNot(site: Site, point: ChargePoint): readonly Because[] {
  const unheard: readonly Because[] = point.heard ? [] : ['unheard'];
  const tooSoon = point.raisedAt !== null && site.now - point.raisedAt < RAISE_INTERVAL_ms;
  return [...site.barred, ...point.barred, ...unheard, ...(tooSoon ? (['raise-interval'] as const) : [])];
}

/** What no promise covers; below 0 where more is promised than a branch can carry, and then nobody is raised there. */
function freeOf(plan: Plan): number[] {
  const { points, branches } = plan;
  const reserved_dA = points.map((point) => point.reserved_dA);
  const promised_dA = totalOn(plan, reserved_dA);
  const proven_dA = sumOn(plan, (point, branch) => provenDraw(points[point], branches[branch]));
  return branches.map((branch, number) => {
    // What a conductor shows that cannot be seen is nothing, least of all export.
    if (!branch.isSeen) return -Infinity;
    return branch.limit_dA - (besideCars(branch, at(proven_dA, number)) + at(promised_dA, number));
  });
}

/** Of a car that draws more than it may, the excess is no room for others. */
function provenDraw(point: ChargePoint | undefined, branch: Branch | undefined): Deciamps {
  if (point === undefined || branch === undefined) return 0;
  return Math.min(lowOn(branch, point) ?? 0, point.reserved_dA);
}
