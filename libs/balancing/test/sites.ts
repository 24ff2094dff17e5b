// Arbitrary sites for the properties: valid by the contract of types.ts, otherwise as awkward as it allows.
import { type Because, type Phase, perPhase } from '@fairamp/units';
import fc from 'fast-check';
import type { ChargePoint, Mains, Site } from '../src/index.js';

const SETS: readonly (readonly Phase[])[] = [['L1'], ['L2'], ['L3'], ['L1', 'L2'], ['L1', 'L2', 'L3']];
const rarely = <T>(ordinary: T, odd: fc.Arbitrary<T>): fc.Arbitrary<T> =>
  fc.oneof({ weight: 6, arbitrary: fc.constant(ordinary) }, { weight: 1, arbitrary: odd });
const barredBy = (...reasons: Because[]): fc.Arbitrary<readonly Because[]> =>
  rarely<readonly Because[]>([], fc.subarray(reasons, { minLength: 1 }));
const byPhase = (value: fc.Arbitrary<number>) => fc.record({ L1: value, L2: value, L3: value });

const NOW = 100_000;
/** What it holds, obeys, may still have and draws hang together: drawn from fractions of each other. */
const chargePoint = (id: string): fc.Arbitrary<ChargePoint> =>
  fc
    .record({
      need: fc.constantFrom('none', 'starting', 'charging', 'charging', 'charging', 'resting' as const),
      since: fc.integer({ min: 0, max: 20 }),
      phases: fc.constantFrom(...SETS),
      minimum_dA: rarely(60, fc.integer({ min: 60, max: 160 })),
      above_dA: fc.integer({ min: 0, max: 300 }),
      maximumBecause: fc.constantFrom('setting-max' as const, 'cable' as const),
      holds: rarely(0, fc.constant(1)).chain(() => fc.integer({ min: -100, max: 320 })),
      obeys: rarely(0, fc.integer({ min: -80, max: 120 })),
      older_dA: rarely(0, fc.integer({ min: 0, max: 200 })),
      drawn: byPhase(fc.integer({ min: 0, max: 100 })),
      excess_dA: rarely(0, fc.integer({ min: 0, max: 60 })),
      metered: rarely(true, fc.constant(false)),
      answered: rarely(true, fc.constant(false)),
      heard: rarely(true, fc.constant(false)),
      raisedAt: fc.constantFrom(null, NOW - 20_000, NOW - 7_000, NOW - 5_000, NOW - 4_999),
      barred: barredBy('duplicate-id'),
    })
    .map((given) => {
      const { above_dA, holds, obeys, older_dA, drawn, excess_dA, metered, answered, ...point } = given;
      const maximum_dA = point.minimum_dA + above_dA;
      const limit_dA = holds < 60 ? 0 : holds;
      const obeyed_dA = Math.max(0, limit_dA + obeys);
      const most_dA = Math.max(limit_dA, obeyed_dA) + excess_dA;
      const drawHigh_dA = perPhase((phase) =>
        metered && point.phases.includes(phase) ? Math.round((most_dA * drawn[phase]) / 100) : 0,
      );
      const drawLow_dA = answered ? perPhase((phase) => Math.max(0, drawHigh_dA[phase] - (older_dA % 30))) : null;
      const reserved_dA = Math.max(limit_dA, obeyed_dA) + older_dA;
      return {
        ...point,
        id,
        isMetered: metered,
        maximum_dA,
        limit_dA,
        obeyed_dA,
        reserved_dA,
        drawHigh_dA,
        drawBefore_dA: drawHigh_dA,
        drawLow_dA,
      };
    });

const mains: fc.Arbitrary<Mains> = fc.oneof(
  { weight: 3, arbitrary: byPhase(fc.integer({ min: -200, max: 900 })).map(measured) },
  { weight: 1, arbitrary: fc.constant<Mains>({ kind: 'dedicated' }) },
);
function measured(current_dA: { L1: number; L2: number; L3: number }): Mains {
  return { kind: 'measured', signed: true, current_dA };
}

export const sites: fc.Arbitrary<Site> = fc
  .record({
    limit_dA: fc.integer({ min: 100, max: 1000 }),
    mainsPhases: rarely<readonly Phase[]>(['L1', 'L2', 'L3'], fc.constant<readonly Phase[]>(['L1'])),
    mains,
    barred: barredBy('silence', 'stale-mains'),
    chargePoints: fc
      .integer({ min: 0, max: 6 })
      .chain((count) => fc.tuple(...Array.from({ length: count }, (_, index) => chargePoint(`cp${index}`)))),
  })
  .map((site) => ({ now: NOW, ...site }));
