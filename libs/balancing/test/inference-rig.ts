// A site in the small for the inference: the simulator's house, its Sensorbox and its cars, charge points without (or
// with) a meter, and a loop that steps the inference and decides on each sample. No message is lost here: what is shown
// is what the inference believes beside what is true.
import { type Deciamps, type Milliseconds, type PerPhase, type Phase, perPhase, sumOf } from '@fairamp/units';
import { dutyOf } from '@fairamp/evse';
import { type CarConfig, type CarState, arrivingCar, chargeOf, stepCar } from '../../simulation/src/car.js';
import type { House } from '../../simulation/src/house.js';
import { gaussian } from '../../simulation/src/random.js';
import { type ChargePoint, type Decision, decide } from '../src/index.js';
import {
  type Inferred,
  type InferenceState,
  inferredOf,
  initialInference,
  probeWorth,
  stepInference,
} from '../src/inference/index.js';

export type Outlet = {
  readonly id: string;
  readonly car: CarConfig;
  readonly wiring: PerPhase<Phase>;
  readonly maximum_dA: Deciamps;
  readonly isMetered: boolean;
  readonly arrivesAt: Milliseconds;
  readonly leavesAt?: Milliseconds;
  /** What its car could draw at most just now; without, the same always. */
  readonly capabilityAt?: (at: Milliseconds) => Deciamps;
};

export type Rig = {
  readonly house: House;
  readonly limit_dA: Deciamps;
  readonly outlets: readonly Outlet[];
  readonly seed: number;
  readonly signed: boolean;
  readonly mayExport: boolean;
  /** sensorbox: each 1.8 s, 1.2 s old. dsmr: each 10 s, 1.5 s old. */
  readonly meter: 'sensorbox' | 'dsmr';
  /** infer: what the inference says. blind: as without it. */
  readonly drawn: 'infer' | 'blind';
  readonly probes: boolean;
};

export type Live = {
  readonly outlet: Outlet;
  car: CarState;
  limit_dA: Deciamps;
  /** On its way to the outputs. */
  grants: { at: Milliseconds; limit_dA: Deciamps }[];
  obeyed_dA: Deciamps;
  loweredAt: Milliseconds;
  before_dA: Deciamps;
  raisedAt: Milliseconds | null;
  isClosed: boolean;
  chargedAt: Milliseconds | null;
  history: { at: Milliseconds; draw_dA: number }[];
};

export type Seen = {
  readonly at: Milliseconds;
  readonly house_dA: PerPhase<number>;
  readonly mains_dA: PerPhase<number>;
  readonly points: readonly {
    readonly id: string;
    readonly limit_dA: Deciamps;
    /** When the sample was measured, and now. */
    readonly drew_dA: PerPhase<number>;
    readonly inferred: Inferred | null;
  }[];
  readonly decisions: readonly Decision[];
};

const STEP_ms = 100;
const GRANT_ms = 150;
const METERS = { sensorbox: { every_ms: 1802, late_ms: 1200 }, dsmr: { every_ms: 10_000, late_ms: 1500 } } as const;

export function drawnOn(live: Live, phase: Phase): number {
  return sumOf(live.outlet.car.terminals, (terminal) =>
    live.outlet.wiring[terminal] === phase ? live.car.drawn_mA / 100 : 0,
  );
}

/** @param look is shown every sample, after the inference has heard it and the decision has been taken */
export function play(rig: Rig, until: Milliseconds, look: (seen: Seen) => void): void {
  const points: Live[] = rig.outlets.map((outlet) => ({
    outlet,
    car: arrivingCar(outlet.car),
    limit_dA: 0,
    grants: [],
    obeyed_dA: 0,
    loweredAt: -Infinity,
    before_dA: 0,
    raisedAt: null,
    isClosed: false,
    chargedAt: null,
    history: [],
  }));
  const { every_ms, late_ms } = METERS[rig.meter];
  let inference = initialInference();
  let probe: Milliseconds = 0;
  const measured: { at: Milliseconds; truth: PerPhase<number>; drew: PerPhase<number>[] }[] = [];
  for (let at = 0; at <= until; at += STEP_ms) {
    for (const live of points) {
      const changed = stepPoint(live, at);
      if (!live.outlet.isMetered && (changed || at % 1000 === 0)) inference = tell(inference, live, at, rig);
    }
    const house = rig.house.currentsAt(at);
    const mains = perPhase((phase) => house[phase] + sumOf(points, (live) => drawnOn(live, phase)));
    if (at % every_ms < STEP_ms) {
      measured.push({ at, truth: mains, drew: points.map((live) => perPhase((phase) => drawnOn(live, phase))) });
    }
    const [first] = measured;
    if (first === undefined || at < first.at + late_ms) continue;
    measured.shift();
    const tick = Math.floor(first.at / every_ms);
    const current_dA = perPhase((phase) => readingOf(first.truth[phase], rig, phase, tick));
    const metered = points.filter(({ outlet }) => outlet.isMetered);
    const around = (phase: Phase, pick: (...values: number[]) => number) =>
      sumOf(metered, (live) => pick(...since(live, phase, first.at - 1000)));
    inference = stepInference(
      inference,
      {
        kind: 'sample',
        at,
        measuredAt: first.at,
        current_dA,
        signed: rig.signed,
        metered: {
          lowest_dA: perPhase((phase) => around(phase, Math.min)),
          highest_dA: perPhase((phase) => around(phase, Math.max)),
        },
      },
      { mayExport: rig.mayExport },
    );
    const site = points.map((live) => asPoint(live, { at, sampledAt: first.at, rig, inference }));
    const decisions = decide({
      now: at,
      limit_dA: rig.limit_dA,
      mainsPhases: ['L1', 'L2', 'L3'],
      mains: { kind: 'measured', current_dA, signed: rig.signed },
      barred: site.some(({ id }) => inferredOf(inference, id)?.probe_dA != null) ? ['raise-interval'] : [],
      chargePoints: site,
    });
    for (const live of points)
      grant(
        live,
        decisions.find(({ id }) => id === live.outlet.id),
        at,
      );
    if (rig.probes && decisions.some(({ because }) => because.some((one) => one === 'reserved' || one.startsWith('mains-'))) && at - probe > 10_000) {
      const worth = points.map(({ outlet: { id } }) => ({ id, worth: probeWorth(inference, id, at) }));
      const [best] = worth.sort((a, b) => b.worth - a.worth);
      if (best !== undefined && best.worth > 0) {
        probe = at;
        inference = stepInference(inference, { kind: 'probe', id: best.id, at }, { mayExport: rig.mayExport });
      }
    }
    look({
      at,
      house_dA: house,
      mains_dA: mains,
      points: points.map((live, index) => ({
        id: live.outlet.id,
        limit_dA: live.limit_dA,
        drew_dA: first.drew[index] ?? perPhase(() => 0),
        inferred: inferredOf(inference, live.outlet.id),
      })),
      decisions,
    });
  }
}

/** As the simulator's Sensorbox reads: 0.3 % and a twentieth of a count of 0.3 A, with its tail. */
function readingOf(truth_dA: number, { seed, signed }: Rig, phase: Phase, tick: number): Deciamps {
  const error = (0.003 * Math.abs(truth_dA) + 0.15) * gaussian(seed, ['L1', 'L2', 'L3'].indexOf(phase), tick);
  return Math.round(signed ? truth_dA + error : Math.abs(Math.abs(truth_dA) + error));
}

function stepPoint(live: Live, at: Milliseconds): boolean {
  const { outlet } = live;
  const isHere = at >= outlet.arrivesAt && at < (outlet.leavesAt ?? Infinity);
  if (!isHere) live.car = arrivingCar(outlet.car);
  let changed = false;
  while (live.grants[0] !== undefined && live.grants[0].at <= at) {
    const { limit_dA } = live.grants.shift() ?? { limit_dA: 0 };
    changed ||= limit_dA !== live.obeyed_dA;
    if (limit_dA < live.obeyed_dA) {
      live.loweredAt = at;
      live.before_dA = live.obeyed_dA;
    }
    live.obeyed_dA = limit_dA;
  }
  const pilot =
    isHere && live.obeyed_dA > 0
      ? ({ kind: 'pwm', duty_permille: dutyOf(live.obeyed_dA) } as const)
      : ({ kind: 'X1' } as const);
  live.car = stepCar(live.car, { at, elapsed_ms: STEP_ms, pilot, isPowered: live.isClosed && isHere }, carAt(outlet, at));
  const isClosed = isHere && live.car.isAsking && (live.obeyed_dA > 0 || (live.isClosed && live.car.drawn_mA > 0));
  changed ||= isClosed !== live.isClosed;
  live.isClosed = isClosed;
  if (isClosed) live.chargedAt = at;
  if (!isHere) live.chargedAt = null;
  live.history.push({ at, draw_dA: live.car.drawn_mA / 100 });
  if (live.history.length > 80) live.history.shift();
  return changed;
}

function carAt({ car, capabilityAt }: Outlet, at: Milliseconds): CarConfig {
  return capabilityAt === undefined ? car : { ...car, maximum_dA: capabilityAt(at) };
}

function tell(state: InferenceState, live: Live, at: Milliseconds, rig: Rig): InferenceState {
  const { id, wiring, arrivesAt, leavesAt } = live.outlet;
  const phases = (['L1', 'L2', 'L3'] as const).map((terminal) => wiring[terminal]);
  const isPlugged = at >= arrivesAt && at < (leavesAt ?? Infinity);
  return stepInference(
    state,
    { kind: 'obeyed', id, at, limit_dA: live.obeyed_dA, isClosed: live.isClosed, isPlugged, phases },
    { mayExport: rig.mayExport },
  );
}

function since(live: Live, phase: Phase, from: Milliseconds): number[] {
  const uses = live.outlet.car.terminals.some((terminal) => live.outlet.wiring[terminal] === phase);
  return live.history.filter(({ at }) => at >= from).map(({ draw_dA }) => (uses ? Math.round(draw_dA) : 0));
}

type Moment = {
  readonly at: Milliseconds;
  readonly sampledAt: Milliseconds;
  readonly rig: Rig;
  readonly inference: InferenceState;
};

function asPoint(live: Live, { at, sampledAt, rig, inference }: Moment): ChargePoint {
  const { outlet } = live;
  const isHere = at >= outlet.arrivesAt && at < (outlet.leavesAt ?? Infinity);
  const inferred = rig.drawn === 'infer' ? inferredOf(inference, outlet.id) : null;
  const known = inferred?.phases ?? null;
  const wired = (['L1', 'L2', 'L3'] as const).map((terminal) => outlet.wiring[terminal]);
  const used = outlet.car.terminals.map((terminal) => outlet.wiring[terminal]);
  const phases = outlet.isMetered ? used : wired.filter((phase) => known === null || known.includes(phase));
  const isResting = live.chargedAt !== null && at - live.chargedAt > 10_000 && !live.car.isAsking;
  const need = !isHere ? 'none' : live.isClosed ? 'charging' : isResting ? 'resting' : 'starting';
  const none = perPhase(() => 0);
  const high_dA = outlet.isMetered
    ? perPhase((phase) => Math.max(...since(live, phase, sampledAt - 2000)))
    : (inferred?.high_dA ?? none);
  return {
    id: outlet.id,
    need,
    since: outlet.arrivesAt,
    phases,
    maximum_dA: Math.min(outlet.maximum_dA, inferred?.probe_dA ?? Infinity),
    maximumBecause: 'setting-max',
    minimum_dA: 60,
    limit_dA: live.limit_dA,
    obeyed_dA: live.obeyed_dA,
    reserved_dA: Math.max(live.limit_dA, live.obeyed_dA, at - live.loweredAt <= 5100 ? live.before_dA : 0),
    isMetered: outlet.isMetered,
    drawHigh_dA: high_dA,
    drawBefore_dA: high_dA,
    drawLow_dA: outlet.isMetered
      ? perPhase((phase) => Math.min(...since(live, phase, at - 7000)))
      : (inferred?.low_dA ?? null),
    heard: true,
    raisedAt: live.raisedAt,
    barred: [],
  };
}

function grant(live: Live, decision: Decision | undefined, at: Milliseconds): void {
  if (decision === undefined) return;
  if (decision.raise) live.raisedAt = at;
  if (decision.limit_dA !== live.limit_dA) live.grants.push({ at: at + GRANT_ms, limit_dA: decision.limit_dA });
  live.limit_dA = decision.limit_dA;
}

export { chargeOf };
