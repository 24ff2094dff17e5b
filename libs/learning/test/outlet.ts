// A charge point and the car at it, as far as the mains and a report see them.
import { type PerPhase, perPhase } from '@fairamp/units';
import { dutyOf } from '@fairamp/evse';
import { type CarState, arrivingCar, stepCar } from '../../simulation/src/car.js';
import type { TruePoint, Visit } from './drawn-site.js';

export type Outlet = {
  readonly point: TruePoint;
  readonly visit: Visit | null;
  readonly car: CarState | null;
  readonly limit_dA: number;
  readonly isClosed: boolean;
  readonly changedAt: number;
};

export function emptyOutlet(point: TruePoint): Outlet {
  return { point, visit: null, car: null, limit_dA: 0, isClosed: false, changedAt: 0 };
}

export function arrive(outlet: Outlet, visit: Visit, at: number): Outlet {
  return { ...outlet, visit, car: arrivingCar(visit.car), changedAt: at };
}

/** A newcomer's others are lowered first, and seen to obey. */
const OTHERS_FIRST_ms = 7_000;
const NEWCOMER_dA = 60;
const LEAVES_AFTER_ms = 8_000;

export function driven(before: Outlet, at: number, elapsed_ms: number): Outlet {
  const { visit, car } = before;
  if (visit === null || car === null) return before;
  const limit_dA = limitOf(before, visit, at);
  const pilot = limit_dA > 0 ? ({ kind: 'pwm', duty_permille: dutyOf(limit_dA) } as const) : ({ kind: 'X1' } as const);
  const stepped = stepCar(car, { at, elapsed_ms, pilot, isPowered: before.isClosed }, visit.car);
  const isClosed = stepped.isAsking && (before.isClosed || limit_dA > 0);
  const changedAt = limit_dA === before.limit_dA ? before.changedAt : at;
  if (at >= visit.until + LEAVES_AFTER_ms && !isClosed) return emptyOutlet(before.point);
  return { ...before, car: stepped, limit_dA, isClosed, changedAt };
}

function limitOf({ limit_dA, changedAt }: Outlet, { until }: Visit, at: number): number {
  if (at >= until) return 0;
  return limit_dA === 0 && at - changedAt > OTHERS_FIRST_ms ? NEWCOMER_dA : limit_dA;
}

/** Own terminals. */
export function drawOf({ visit, car }: Outlet): PerPhase<number> {
  const drawn_dA = (car?.drawn_mA ?? 0) / 100;
  return perPhase((own) => (visit?.car.terminals.includes(own) === true ? drawn_dA * visit.shares[own] : 0));
}
