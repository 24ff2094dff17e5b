// A site for tests in a few words: what is not said is an ordinary car that draws all it may on L1 and obeys.
import { type Deciamps, type PerPhase, perPhase, sumOf } from '@fairamp/units';
import type { ChargePoint, Decision, Mains, Site } from '../src/index.js';

type Given<T> = { readonly [Key in keyof T]?: T[Key] };

/** @param draw_dA on each of its phases; lowest and highest are the same unless they are given */
export function car(id: string, given: Given<ChargePoint> & { readonly draw_dA?: Deciamps } = {}): ChargePoint {
  const { draw_dA, ...rest } = given;
  const limit_dA = given.limit_dA ?? 0;
  const obeyed_dA = given.obeyed_dA ?? limit_dA;
  const need = given.need ?? 'charging';
  const phases = given.phases ?? ['L1'];
  const draws = draw_dA ?? (need === 'charging' ? obeyed_dA : 0);
  const drawn = perPhase((phase) => (phases.includes(phase) ? draws : 0));
  return {
    id,
    need,
    since: 0,
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
    barred: [],
    ...rest,
  };
}

/** Mains that carry this house, the same on all phases or by phase, and what the cars draw. */
export function measured(house_dA: Deciamps | PerPhase<Deciamps>, cars: readonly ChargePoint[]): Mains {
  const house = typeof house_dA === 'number' ? perPhase(() => house_dA) : house_dA;
  return {
    kind: 'measured',
    signed: true,
    current_dA: perPhase((phase) => house[phase] + sumOf(cars, (one) => one.drawHigh_dA[phase])),
  };
}

export function smart(
  limit_dA: Deciamps,
  house_dA: Deciamps | PerPhase<Deciamps>,
  chargePoints: readonly ChargePoint[],
): Site {
  const mains = measured(house_dA, chargePoints);
  return { now: 100_000, limit_dA, mainsPhases: ['L1', 'L2', 'L3'], mains, barred: [], chargePoints };
}

export function normal(limit_dA: Deciamps, chargePoints: readonly ChargePoint[]): Site {
  return { ...smart(limit_dA, 0, chargePoints), mains: { kind: 'dedicated' } };
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
