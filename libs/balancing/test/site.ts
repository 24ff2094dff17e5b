// A site for tests in a few words: what is not said is an ordinary car that draws all it may on L1 and obeys.
import { type Deciamps, MAINS, PHASES, type PerPhase, type Phase, perPhase, sumOf } from '@fairamp/units';
import { type ChargePoint, type Circuit, type Decision, type Load, type Site, decide } from '../src/index.js';

type Given<T> = { readonly [Key in keyof T]?: T[Key] };

const NOW = 100_000;
/** Within its turn. */
const LATELY = NOW - 1000;

const ASKING: readonly string[] = ['charging', 'starting'];

function drawsOf(need: ChargePoint['need'], obeyed_dA: Deciamps): Deciamps {
  return need === 'charging' ? obeyed_dA : 0;
}

function drawnBy(phases: readonly Phase[], draws_dA: Deciamps): PerPhase<Deciamps> {
  return perPhase((phase) => (phases.includes(phase) ? draws_dA : 0));
}

/** @param draw_dA on each of its phases; lowest and highest are the same unless they are given */
export function car(id: string, given: Given<ChargePoint> & { readonly draw_dA?: Deciamps } = {}): ChargePoint {
  const { draw_dA, ...rest } = given;
  const limit_dA = given.limit_dA ?? 0;
  const obeyed_dA = given.obeyed_dA ?? limit_dA;
  const need = given.need ?? 'charging';
  const phases = given.phases ?? ['L1'];
  const drawn = drawnBy(phases, draw_dA ?? drawsOf(need, obeyed_dA));
  return {
    id,
    circuit: MAINS,
    need,
    since: 0,
    seatedAt: limit_dA > 0 && ASKING.includes(need) ? LATELY : null,
    waitsSince: LATELY,
    priority: 0,
    goal: null,
    phases,
    maximum_dA: 320,
    maximumBecause: 'setting-max',
    minimum_dA: 60,
    limit_dA,
    obeyed_dA,
    reserved_dA: Math.max(limit_dA, obeyed_dA),
    drawHigh_dA: drawn,
    drawBefore_dA: given.drawHigh_dA ?? drawn,
    drawLow_dA: drawn,
    isMetered: true,
    heard: true,
    raisedAt: null,
    loweredAt: null,
    barred: [],
    ...rest,
  };
}

/** Mains that carry this house, the same on all phases or by phase, and what the cars draw. */
export function measured(house_dA: Deciamps | PerPhase<Deciamps>, cars: readonly ChargePoint[]): Load {
  const house = typeof house_dA === 'number' ? perPhase(() => house_dA) : house_dA;
  return {
    kind: 'measured',
    signed: true,
    current_dA: perPhase((phase) => house[phase] + sumOf(cars, (one) => one.drawHigh_dA[phase])),
  };
}

/** A device that has been warm for long: it carries 7 % more than its rating, and half an ampere at least. */
export function circuit(id: string, limit_dA: Deciamps, given: Given<Circuit> = {}): Circuit {
  return {
    id,
    parent: id === MAINS ? null : MAINS,
    limit_dA: perPhase(() => limit_dA),
    seen: PHASES,
    device: { curve: 'C', rated_dA: limit_dA },
    load: { kind: 'allowed', allowance_dA: perPhase(() => 0) },
    // So that no patience is left: what is over by more than the tolerance must go.
    heat: perPhase(() => 9),
    answers_ms: 11_500,
    overSince: perPhase(() => null),
    recent_dA: null,
    ...given,
  };
}

export function smart(
  limit_dA: Deciamps,
  house_dA: Deciamps | PerPhase<Deciamps>,
  chargePoints: readonly ChargePoint[],
): Site {
  const circuits = [circuit(MAINS, limit_dA, { load: measured(house_dA, chargePoints) })];
  return { now: NOW, circuits, barred: [], turn_ms: 900_000, chargePoints };
}

export function normal(limit_dA: Deciamps, chargePoints: readonly ChargePoint[]): Site {
  return { ...smart(limit_dA, 0, chargePoints), circuits: [circuit(MAINS, limit_dA)] };
}

/** The same with another mains. */
export function withMains(site: Site, given: Given<Circuit>): Site {
  return { ...site, circuits: site.circuits.map((one) => (one.id === MAINS ? { ...one, ...given } : one)) };
}

export function decided(site: Site): readonly Decision[] {
  return decide(site).decisions;
}

/** Limits by id, as a table row likes them. */
export function limits(decisions: readonly Decision[]): Record<string, Deciamps> {
  return Object.fromEntries(decisions.map(({ id, limit_dA }) => [id, limit_dA]));
}

export function raised(decisions: readonly Decision[]): readonly string[] {
  return decisions.filter((decision) => decision.raise).map(({ id }) => id);
}

export function becauseOf(decisions: readonly Decision[], id: string): readonly string[] {
  return decisions.filter((decision) => decision.id === id).flatMap(({ because }) => because);
}
