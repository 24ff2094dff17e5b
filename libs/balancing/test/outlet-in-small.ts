// A charge point in the small: the simulator's car behind a contactor, grants that take a moment to be obeyed, and what
// the master's node would make of it for the balancing: metered, blind, or inferred.
import {
  type Deciamps,
  MAINS,
  type Milliseconds,
  type PerPhase,
  PHASES,
  type Phase,
  mapPhases,
  perPhase,
} from '@fairamp/units';
import { dutyOf } from '@fairamp/evse';
import { type CarConfig, type CarState, arrivingCar, stepCar } from '../../simulation/src/car.js';
import type { ChargePoint, Decision, Need } from '../src/index.js';
import type { Inferred, InferenceEvent } from '../src/inference/index.js';

export type Outlet = {
  readonly id: string;
  readonly car: CarConfig;
  /** What its car could draw at most just now; without, the same always. */
  readonly capabilityAt: ((at: Milliseconds) => Deciamps) | null;
  readonly wiring: PerPhase<Phase>;
  readonly maximum_dA: Deciamps;
  readonly isMetered: boolean;
  readonly arrivesAt: Milliseconds;
  readonly leavesAt: Milliseconds;
};

export const STEP_ms = 100;
const GRANT_ms = 150;
const KEPT = 90;
/** As the reservation book: E*k after an acknowledgement. */
const RESERVED_ms = 5_100;

const X1 = { kind: 'X1' } as const;
const pwm = (offered_dA: Deciamps) => ({ kind: 'pwm', duty_permille: dutyOf(offered_dA) }) as const;

export class Live {
  car: CarState;
  limit_dA: Deciamps = 0;
  obeyed_dA: Deciamps = 0;
  isClosed = false;
  #grants: { at: Milliseconds; limit_dA: Deciamps }[] = [];
  #lowered: { at: Milliseconds; from_dA: Deciamps } = { at: -Infinity, from_dA: 0 };
  #raisedAt: Milliseconds | null = null;
  #loweredAt: Milliseconds | null = null;
  #seatedAt: Milliseconds | null = null;
  #chargedAt: Milliseconds | null = null;
  #history: { at: Milliseconds; draw_dA: number }[] = [];

  constructor(readonly outlet: Outlet) {
    this.car = arrivingCar(outlet.car);
  }

  isHere(at: Milliseconds): boolean {
    return at >= this.outlet.arrivesAt && at < this.outlet.leavesAt;
  }

  drawnOn(phase: Phase): number {
    return this.uses(phase) ? this.car.drawn_mA / 100 : 0;
  }

  uses(phase: Phase): boolean {
    return this.outlet.car.terminals.some((terminal) => this.outlet.wiring[terminal] === phase);
  }

  /** @returns whether it has something new to report */
  step(at: Milliseconds): boolean {
    const { car, capabilityAt } = this.outlet;
    const before = { obeyed_dA: this.obeyed_dA, isClosed: this.isClosed };
    const isHere = this.isHere(at);
    if (!isHere) this.car = arrivingCar(car);
    this.#obey(at);
    const isOffered = isHere && this.obeyed_dA > 0;
    const config = capabilityAt === null ? car : { ...car, maximum_dA: capabilityAt(at) };
    const pilot = isOffered ? pwm(this.obeyed_dA) : X1;
    this.car = stepCar(this.car, { at, elapsed_ms: STEP_ms, pilot, isPowered: this.isClosed && isHere }, config);
    this.isClosed = isHere && this.#staysClosed(isOffered);
    this.#remember(at, isHere);
    return before.obeyed_dA !== this.obeyed_dA || before.isClosed !== this.isClosed;
  }

  #staysClosed(isOffered: boolean): boolean {
    return this.car.isAsking && (isOffered || (this.isClosed && this.car.drawn_mA > 0));
  }

  #obey(at: Milliseconds): void {
    for (const grant of this.#grants.filter((one) => one.at <= at)) {
      if (grant.limit_dA < this.obeyed_dA) this.#lowered = { at, from_dA: this.obeyed_dA };
      this.obeyed_dA = grant.limit_dA;
    }
    this.#grants = this.#grants.filter((one) => one.at > at);
  }

  #remember(at: Milliseconds, isHere: boolean): void {
    if (this.isClosed) this.#chargedAt = at;
    if (!isHere) this.#chargedAt = null;
    this.#history.push({ at, draw_dA: Math.round(this.car.drawn_mA / 100) });
    if (this.#history.length > KEPT) this.#history.shift();
  }

  /** What it drew since then, as its meter would have told. */
  since(phase: Phase, from: Milliseconds): readonly number[] {
    return this.#history.filter(({ at }) => at >= from).map(({ draw_dA }) => (this.uses(phase) ? draw_dA : 0));
  }

  report(at: Milliseconds): InferenceEvent {
    const { id, wiring } = this.outlet;
    const phases = PHASES.map((terminal) => wiring[terminal]);
    const { obeyed_dA: limit_dA, isClosed } = this;
    return { kind: 'obeyed', id, at, limit_dA, isClosed, isPlugged: this.isHere(at), phases };
  }

  grant(decision: Decision | undefined, at: Milliseconds): void {
    if (decision === undefined) return;
    if (decision.raise) this.#raisedAt = at;
    if (decision.limit_dA < this.limit_dA) this.#loweredAt = at;
    this.#seatedAt = decision.seated ? (this.#seatedAt ?? at) : null;
    if (decision.limit_dA !== this.limit_dA) this.#grants.push({ at: at + GRANT_ms, limit_dA: decision.limit_dA });
    this.limit_dA = decision.limit_dA;
  }

  #needAt(at: Milliseconds): Need {
    if (!this.isHere(at)) return 'none';
    if (this.isClosed) return 'charging';
    const isResting = this.#chargedAt !== null && at - this.#chargedAt > 10_000 && !this.car.isAsking;
    return isResting ? 'resting' : 'starting';
  }

  asPoint(at: Milliseconds, sampledAt: Milliseconds, inferred: Inferred | null): ChargePoint {
    const { outlet, limit_dA, obeyed_dA } = this;
    const held_dA = at - this.#lowered.at <= RESERVED_ms ? this.#lowered.from_dA : 0;
    return {
      id: outlet.id,
      circuit: MAINS,
      need: this.#needAt(at),
      since: outlet.arrivesAt,
      seatedAt: this.#seatedAt,
      waitsSince: outlet.arrivesAt,
      priority: 0,
      goal: null,
      maximum_dA: outlet.maximum_dA,
      maximumBecause: 'setting-max',
      minimum_dA: 60,
      limit_dA,
      obeyed_dA,
      reserved_dA: Math.max(limit_dA, obeyed_dA, held_dA),
      isMetered: outlet.isMetered,
      heard: true,
      raisedAt: this.#raisedAt,
      loweredAt: this.#loweredAt,
      barred: [],
      ...(outlet.isMetered ? this.#metered(at, sampledAt) : this.#unmetered(inferred)),
    };
  }

  #metered(at: Milliseconds, sampledAt: Milliseconds) {
    const high_dA = perPhase((phase) => Math.max(...this.since(phase, sampledAt - 2_000)));
    const drawLow_dA = perPhase((phase) => Math.min(...this.since(phase, at - 7_000)));
    return {
      phases: PHASES.filter((phase) => this.uses(phase)),
      drawHigh_dA: high_dA,
      drawBefore_dA: high_dA,
      drawLow_dA,
    };
  }

  #unmetered(inferred: Inferred | null) {
    const phases = PHASES.map((terminal) => this.outlet.wiring[terminal]);
    const high_dA = inferred?.high_dA ?? mapPhases(this.outlet.wiring, () => 0);
    return { phases, drawHigh_dA: high_dA, drawBefore_dA: high_dA, drawLow_dA: inferred?.low_dA ?? null };
  }
}
