// Plays a drawn site: a simple master shares the mains, the cars follow as the plant's cars do, a meter and reports tell
// of it late and not exactly, and each of them is an event for the learning. A car's words are kept for the truth.
import { type PerPhase, type Phase, PHASES, conductorOf, labelOf, mapPhases, perPhase } from '@fairamp/units';
import { dutyOf } from '@fairamp/evse';
import { type CarState, arrivingCar, stepCar } from '../../simulation/src/car.js';
import { type Draws, drawsFrom, gaussian } from '../../simulation/src/random.js';
import { type LearningState, type Proposal, initialLearning, proposalsOf, stepLearning } from '../src/index.js';
import type { DrawnSite, TruePoint, Visit } from './drawn-site.js';

const STEP_ms = 250;

type Outlet = {
  readonly point: TruePoint;
  visit: Visit | null;
  car: CarState | null;
  limit_dA: number;
  isClosed: boolean;
  changedAt: number;
  told: string;
  toldAt: number;
  measured_dA: PerPhase<number>;
};

export type CarSeen = {
  readonly point: string;
  readonly phases: number;
  readonly named: readonly Phase[] | null;
  readonly isMetered: boolean;
};
export type Played = {
  readonly site: DrawnSite;
  readonly state: LearningState;
  readonly proposals: readonly Proposal[];
  /** At the end of each visit. */
  readonly cars: readonly CarSeen[];
  /** Every name that was ever proposed, as it was then. */
  readonly ever: readonly Proposal[];
};

export function playSite(site: DrawnSite): Played {
  const run = new Run(site);
  for (let at = 0; at < site.ends; at += STEP_ms) run.step(at);
  return { site, state: run.state, proposals: proposalsOf(run.state, site.config), cars: run.cars, ever: run.ever };
}

class Run {
  state: LearningState;
  readonly cars: CarSeen[] = [];
  readonly ever: Proposal[] = [];
  readonly #site: DrawnSite;
  readonly #outlets: Outlet[];
  readonly #draws: Draws;
  #pending: Visit[];
  #nextMeasureAt = 500;
  #waiting: { arrives: number; measuredAt: number; current_dA: PerPhase<number> }[] = [];
  #steps = 0;

  constructor(site: DrawnSite) {
    this.#site = site;
    this.state = initialLearning(site.config);
    this.#draws = drawsFrom(site.seed, 2);
    this.#pending = [...site.visits];
    this.#outlets = site.points.map((point) => ({
      point,
      visit: null,
      car: null,
      limit_dA: 0,
      isClosed: false,
      changedAt: 0,
      told: '',
      toldAt: -this.#draws.between(0, 1000),
      measured_dA: perPhase(() => 0),
    }));
  }

  step(at: number): void {
    for (const outlet of this.#outlets) {
      this.#arrive(outlet, at);
      this.#drive(outlet, at);
      this.#report(outlet, at);
    }
    this.#measure(at);
  }

  #arrive(outlet: Outlet, at: number): void {
    const index = this.#outlets.indexOf(outlet);
    const visit = this.#pending.find((one) => one.point === index && one.at <= at);
    if (outlet.visit !== null || visit === undefined) return;
    this.#pending = this.#pending.filter((one) => one !== visit);
    outlet.visit = visit;
    outlet.car = arrivingCar(visit.car);
    this.#offer(outlet, 60, at);
  }

  #offer(outlet: Outlet, limit_dA: number, at: number): void {
    outlet.limit_dA = limit_dA;
    outlet.changedAt = at;
  }

  #drive(outlet: Outlet, at: number): void {
    const { visit, car } = outlet;
    if (visit === null || car === null) return;
    if (at >= visit.until && outlet.limit_dA > 0) this.#offer(outlet, 0, at);
    const pilot =
      outlet.limit_dA > 0 ? { kind: 'pwm' as const, duty_permille: dutyOf(outlet.limit_dA) } : { kind: 'X1' as const };
    outlet.car = stepCar(car, { at, elapsed_ms: STEP_ms, pilot, isPowered: outlet.isClosed }, visit.car);
    outlet.isClosed = outlet.car.isAsking && (outlet.isClosed || outlet.limit_dA > 0);
    if (at < visit.until + 8_000 || outlet.isClosed) return;
    this.#leave(outlet, visit);
  }

  #leave(outlet: Outlet, { car }: Visit): void {
    outlet.visit = null;
    outlet.car = null;
    const { id, isMetered } = outlet.point;
    this.cars.push({ point: id, phases: car.terminals.length, named: this.#named.get(id) ?? null, isMetered });
    this.#named.delete(id);
    this.state = stepLearning(this.state, { kind: 'left', id }, this.#site.config);
  }
  readonly #named = new Map<string, readonly Phase[]>();

  /** Own terminals. */
  #drawOf({ visit, car }: Outlet): PerPhase<number> {
    const drawn_dA = (car?.drawn_mA ?? 0) / 100;
    return perPhase((own) => (visit?.car.terminals.includes(own) === true ? drawn_dA * visit.shares[own] : 0));
  }

  #report(outlet: Outlet, at: number): void {
    const { point, isClosed, limit_dA } = outlet;
    const told = `${isClosed} ${limit_dA}`;
    if (told === outlet.told && at - outlet.toldAt < 1000) return;
    // The charge point's own meter speaks each second too, of the second before.
    const before_dA = outlet.measured_dA;
    outlet.measured_dA = mapPhases(this.#drawOf(outlet), (draw, own) => this.#metered(draw * point.gain, own, at));
    outlet.told = told;
    outlet.toldAt = at;
    if (this.#draws.happens(0.02)) return;
    const draw_dA = point.isMetered ? before_dA : null;
    const contactor = isClosed ? 'closed' : 'open';
    const event = { kind: 'charge-point', id: point.id, at, contactor, obeyed_dA: limit_dA, draw_dA } as const;
    this.state = stepLearning(this.state, event, this.#site.config);
  }

  #metered(draw_dA: number, own: Phase, at: number): number {
    return Math.max(0, Math.round(draw_dA + gaussian(this.#site.seed, 5, PHASES.indexOf(own), at)));
  }

  #measure(at: number): void {
    const { signed } = this.#site;
    if (at >= this.#nextMeasureAt) {
      this.#nextMeasureAt += signed ? 1000 : 1800;
      const late_ms = signed ? this.#draws.between(100, 500) : 1200;
      // Nobody knows to better than this when it was measured.
      const told_ms = late_ms + this.#draws.between(-100, signed ? 300 : 800);
      const arrives = at + late_ms;
      this.#waiting.push({ arrives, measuredAt: Math.round(arrives - told_ms), current_dA: this.#shown(at) });
    }
    const [sample] = this.#waiting;
    if (sample === undefined || sample.arrives > at) return;
    this.#waiting.shift();
    const { measuredAt, current_dA } = sample;
    this.state = stepLearning(this.state, { kind: 'sample', at, measuredAt, current_dA, signed }, this.#site.config);
    this.#look();
    this.#share(at);
  }

  #shown(at: number): PerPhase<number> {
    const { order, reversed, gains, signed, seed } = this.#site;
    const mains_dA = this.#mainsAt(at);
    return perPhase((transformer) => {
      const exact = mains_dA[conductorOf(transformer, order)] * (reversed.includes(transformer) ? -1 : 1);
      const read = exact * gains[transformer] + 1.5 * gaussian(seed, 6, PHASES.indexOf(transformer), at);
      return Math.round(signed ? read : Math.abs(read));
    });
  }

  #mainsAt(at: number): PerPhase<number> {
    const house_dA = this.#site.houseAt(at);
    return mapPhases(house_dA, (house, conductor) =>
      this.#outlets.reduce(
        (sum, outlet) => sum + this.#drawOf(outlet)[labelOf(conductor, outlet.point.rotation)],
        house,
      ),
    );
  }

  /** Down at once, up after a while, all alike on their worst conductor: so most changes follow one of the house. */
  #share(at: number): void {
    const house_dA = this.#site.houseAt(at - 1000);
    const charging = this.#outlets.filter(({ limit_dA, visit }) => limit_dA > 0 && visit !== null);
    const uses = (outlet: Outlet, conductor: Phase): boolean =>
      outlet.visit?.car.terminals.includes(labelOf(conductor, outlet.point.rotation)) === true;
    for (const outlet of charging) {
      const shares = PHASES.filter((conductor) => uses(outlet, conductor)).map((conductor) => {
        const sharing = charging.filter((other) => uses(other, conductor)).length;
        return (this.#site.limit_dA - house_dA[conductor]) / sharing;
      });
      const fair_dA = Math.floor(Math.min(Math.max(Math.min(...shares), 60), 320));
      const isLower = fair_dA <= outlet.limit_dA - 5;
      const isHigher = fair_dA >= outlet.limit_dA + 10 && at - outlet.changedAt > 12_000;
      if (isLower || isHigher) this.#offer(outlet, fair_dA, at);
    }
  }

  /** Now and then, as it takes longer than all the rest. */
  #look(): void {
    this.#steps += 1;
    if (this.#steps % 25 !== 0) return;
    for (const proposal of proposalsOf(this.state, this.#site.config)) {
      if (proposal.kind === 'car') this.#named.set(proposal.chargePoint, proposal.phases);
      const words = JSON.stringify({ ...proposal, evidence: null });
      if (this.#known.has(words) && proposal.kind !== 'car') continue;
      this.#known.add(words);
      this.ever.push(proposal);
    }
  }
  readonly #known = new Set<string>();
}
