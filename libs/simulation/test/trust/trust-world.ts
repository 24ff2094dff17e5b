// A house, cars that come and go, a meter that may begin to lie, a small master, and the trust between them, without
// any message: a second takes microseconds, so that a thousand hours can be played. Reports come each second, some are
// late or lost, and their own meters are not exact.
import { dutyOf } from '@fairamp/evse';
import {
  initialTrust,
  type SourceKind,
  stepTrust,
  type TrustConfig,
  type TrustState,
  type Verdict,
  verdictOf,
} from '@fairamp/balancing';
import { mapPhases, type PerPhase, type Phase, PHASES, perPhase, sumOf } from '@fairamp/units';
import { arrivingCar, type CarConfig, type CarState, stepCar } from '../../src/car.js';
import { CARS } from '../../src/cars.js';
import { type House, modelHouse, startingAt } from '../../src/house.js';
import { chance, Dice, gaussian } from '../../src/random.js';
import { type Lie, type Meter, meterOf, type Reading } from './meters.js';
import { type Point, probe, regulate } from './small-master.js';

export type Story = {
  readonly seed: number;
  readonly source: SourceKind;
  readonly generation: TrustConfig['generation'];
  readonly until: number;
  readonly lie: Lie | null;
  readonly liesFrom: number;
  readonly house?: House;
  /** Of a report, in ms. */
  readonly lateBy?: number;
  /** The master lowers a car for a moment where nothing has proven the meter for so long. */
  readonly probeEach_ms?: number;
};

export type Seen = {
  readonly at: number;
  readonly verdict: Verdict;
  readonly cars_dA: PerPhase<number>;
};

const STEP_ms = 250;
const REPORT_ms = 1_000;
const UNTOLD_ms = 1_500;
const TELL_ms = 500;
const LEASE_ms = 10_000;
/** A car follows within 5 s, and the samples after it confirm. */
const PROBE_ms = 12_000;
const SLOW_PROBE_ms = 35_000;
const MAINS_dA = 250;
const MINUTE_ms = 60_000;

type Outlet = Point & {
  readonly car: CarConfig;
  state: CarState;
  nextVisitAt: number;
  leavesAt: number;
  reportsAt: number;
  heardAt: number;
};
type Report = { readonly at: number; readonly outlet: Outlet; readonly told_dA: PerPhase<number> };

export class TrustWorld {
  readonly #story: Story;
  readonly #config: TrustConfig;
  readonly #dice: Dice;
  readonly #house: House;
  readonly #meter: Meter;
  readonly #outlets: readonly Outlet[];
  #reports: Report[] = [];
  #decidedAt = 0;
  #probedAt = -Infinity;
  trust: TrustState = initialTrust();
  at = 0;

  constructor(story: Story) {
    const { seed, source, generation } = story;
    this.#story = story;
    this.#dice = new Dice(seed, 7);
    this.#meter = meterOf(source, seed);
    const begins = this.#dice.between(0, 5 * 1440 - 1) * MINUTE_ms;
    this.#house = startingAt(story.house ?? modelHouse(seed), begins);
    const limit_dA = perPhase(() => MAINS_dA);
    this.#config = { source, limit_dA, phases: PHASES, generation };
    this.#outlets = Array.from({ length: this.#dice.between(1, 3) }, (_, index) => this.#outlet(index));
  }

  get verdict(): Verdict {
    return verdictOf(this.trust, this.at);
  }

  /** @param look is shown every quarter of a second; true ends it */
  run(look: (seen: Seen) => boolean): void {
    while (this.at < this.#story.until) {
      this.at += STEP_ms;
      const cars_dA = this.#stepCars();
      const house_dA = this.#houseNow();
      const { lie, liesFrom } = this.#story;
      const reading = this.#meter.step({ at: this.at, house_dA, cars_dA }, this.at >= liesFrom ? lie : null);
      this.#hearReports();
      if (reading !== null) this.#hearSample(reading);
      if (this.at - this.#decidedAt > LEASE_ms) for (const outlet of this.#outlets) outlet.limit_dA = 0;
      if (look({ at: this.at, verdict: this.verdict, cars_dA })) return;
    }
  }

  #outlet(index: number): Outlet {
    const dice = this.#dice;
    const isSingle = dice.happens(500);
    const first = dice.between(0, 2);
    const phases = isSingle ? [PHASES[first] ?? 'L1'] : PHASES;
    const car = {
      ...CARS['single-phase'],
      terminals: phases,
      rise_mA_per_s: dice.pick([500, 2000, 4000, 8000]),
      follow_ms: dice.between(200, 4000),
      battery: { ...CARS['single-phase'].battery, arrivesAt_permille: dice.between(200, 920) },
    };
    return {
      phases,
      maximum_dA: dice.pick([100, 160, 320]),
      isWanting: false,
      limit_dA: 0,
      raisedAt: -Infinity,
      told_dA: perPhase(() => 0),
      car,
      state: arrivingCar(car),
      nextVisitAt: dice.between(0, 10) * MINUTE_ms + dice.between(0, 60_000),
      leavesAt: 0,
      reportsAt: Math.floor(REPORT_ms * chance(this.#story.seed, 80, index)),
      heardAt: 0,
    };
  }

  #houseNow(): PerPhase<number> {
    const house_dA = this.#house.currentsAt(this.at);
    if (this.#story.generation === 'none' || this.#story.source === 'sensorbox') return house_dA;
    const sun_dA = solar(this.#story.seed, this.at);
    return mapPhases(house_dA, (house) => house - sun_dA);
  }

  #stepCars(): PerPhase<number> {
    const { at } = this;
    const sum = { L1: 0, L2: 0, L3: 0 };
    for (const outlet of this.#outlets) {
      this.#visit(outlet);
      const isPowered = outlet.isWanting && outlet.limit_dA >= 60;
      const pilot = isPowered
        ? ({ kind: 'pwm', duty_permille: dutyOf(Math.round(outlet.limit_dA)) } as const)
        : ({ kind: 'X1' } as const);
      outlet.state = stepCar(outlet.state, { at, elapsed_ms: STEP_ms, pilot, isPowered }, outlet.car);
      for (const phase of outlet.phases) sum[phase] += outlet.state.drawn_mA / 100;
      if (at >= outlet.reportsAt) this.#report(outlet);
    }
    return sum;
  }

  #visit(outlet: Outlet): void {
    const { at } = this;
    if (outlet.isWanting ? at < outlet.leavesAt : at < outlet.nextVisitAt) return;
    outlet.isWanting = !outlet.isWanting;
    outlet.state = arrivingCar(outlet.car);
    if (outlet.isWanting) outlet.leavesAt = at + this.#dice.between(60, 1800) * 1000;
    else outlet.nextVisitAt = at + this.#dice.between(20, 600) * 1000;
  }

  #report(outlet: Outlet): void {
    const { at } = this;
    const { seed, lateBy = 0 } = this.#story;
    outlet.reportsAt += REPORT_ms;
    if (this.#dice.happens(20)) return;
    const index = this.#outlets.indexOf(outlet);
    const drawn_dA = (outlet.state.drawn_mA / 100) * (1 + 0.003 * gaussian(seed, 81 + index, at));
    const told_dA = perPhase((phase) => (outlet.phases.includes(phase) ? Math.round(drawn_dA) : 0));
    this.#reports.push({ at: at + this.#dice.between(5, 300) + lateBy, outlet, told_dA });
  }

  #hearReports(): void {
    const { at } = this;
    const due = this.#reports.filter((report) => report.at <= at);
    if (due.length === 0) {
      if (at % TELL_ms === 0) this.#tellCars();
      return;
    }
    this.#reports = this.#reports.filter((report) => report.at > at);
    for (const { outlet, told_dA } of due) {
      outlet.told_dA = told_dA;
      outlet.heardAt = at;
    }
    this.#tellCars();
  }

  #tellCars(): void {
    const { at } = this;
    const isHeard = (outlet: Outlet): boolean => at - outlet.heardAt <= UNTOLD_ms;
    const low = (phase: Phase) => sumOf(this.#outlets, (one) => (isHeard(one) ? one.told_dA[phase] : 0));
    const high = (phase: Phase) =>
      sumOf(this.#outlets, (one) =>
        isHeard(one) ? one.told_dA[phase] : one.phases.includes(phase) ? one.maximum_dA : 0,
      );
    const event = { kind: 'cars', at, drawLow_dA: perPhase(low), drawHigh_dA: perPhase(high) } as const;
    this.trust = stepTrust(this.trust, event, this.#config);
  }

  #hearSample({ measuredAt, current_dA, signed }: Reading): void {
    const { at } = this;
    this.#tellCars();
    const sample = { kind: 'sample', at, measuredAt, boot: 'one', current_dA, signed } as const;
    this.trust = stepTrust(this.trust, sample, this.#config);
    const { verdict } = this;
    if (verdict.level === 'distrusted' || (verdict.level === 'doubtful' && verdict.setsAside)) return;
    this.#decidedAt = this.at;
    const mayRaise = verdict.level === 'trusted' && !this.#isProbing;
    regulate(this.#outlets, { at, current_dA, mayRaise, limit_dA: MAINS_dA });
    if (mayRaise) this.#probeIfDue();
  }

  /** While it probes nobody is raised, so that the step stands alone. */
  get #isProbing(): boolean {
    return this.at - this.#probedAt < (this.#story.source === 'p1' ? SLOW_PROBE_ms : PROBE_ms);
  }

  #probeIfDue(): void {
    const { probeEach_ms = Infinity } = this.#story;
    const quietSince = Math.max(this.trust.provenAt ?? 0, this.#probedAt);
    if (this.at - quietSince >= probeEach_ms && probe(this.#outlets)) this.#probedAt = this.at;
  }
}

/** A clear sky, and clouds that take most of it away within seconds: per phase, up to 12 A. */
function solar(seed: number, at: number): number {
  const sky = 60 + 60 * chance(seed, 90, Math.floor(at / (20 * MINUTE_ms)));
  const minute = Math.floor(at / MINUTE_ms);
  const cover = (index: number): number => (chance(seed, 91, index) < 0.4 ? 0.3 : 1);
  const drifts_ms = 2_000 + 20_000 * chance(seed, 92, minute);
  const share = Math.min((at - minute * MINUTE_ms) / drifts_ms, 1);
  return sky * (cover(minute - 1) + (cover(minute) - cover(minute - 1)) * share);
}
