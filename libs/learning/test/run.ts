// Moves a drawn site through time: a simple master shares the mains, the cars follow as the plant's cars do, a meter and
// reports tell of it late and not exactly, and each of them is an event for the learning.
import { type PerPhase, type Phase, PHASES, conductorOf, labelOf, mapPhases, perPhase } from '@fairamp/units';
import { type Draws, drawsFrom, gaussian } from '../../simulation/src/random.js';
import { type LearningState, type Proposal, initialLearning, proposalsOf, stepLearning } from '../src/index.js';
import type { DrawnSite, TruePoint, Visit } from './drawn-site.js';
import { type Outlet, arrive, driven, drawOf, emptyOutlet } from './outlet.js';

const STEP_ms = 250;
const SOON_ms = 20_000;

export type CarSeen = {
  readonly point: string;
  readonly phases: number;
  readonly named: readonly Phase[] | null;
  readonly isMetered: boolean;
};
export class Run {
  state: LearningState;
  readonly cars: CarSeen[] = [];
  readonly ever: Proposal[] = [];
  readonly site: DrawnSite;
  #outlets: readonly Outlet[];
  readonly #told: Telling[];
  readonly #draws: Draws;
  #pending: readonly Visit[] = [];
  #at = 0;
  #nextMeasureAt = 500;
  #waiting: { arrives: number; measuredAt: number; current_dA: PerPhase<number> }[] = [];
  #steps = 0;

  constructor(site: DrawnSite) {
    this.site = site;
    this.state = initialLearning(site.config);
    this.#draws = drawsFrom(site.seed, 2);
    this.#outlets = site.points.map(emptyOutlet);
    this.#told = site.points.map(() => ({ words: '', at: -this.#draws.between(0, 1000), draw_dA: perPhase(() => 0) }));
  }

  /** Visits in the order of their times, the first of them in a moment; until the last car has gone. */
  play(visits: readonly Visit[]): void {
    const later_ms = this.#at + SOON_ms - (visits[0]?.at ?? 0);
    this.#pending = visits.map((visit) => ({ ...visit, at: visit.at + later_ms, until: visit.until + later_ms }));
    let quiet_ms = 0;
    while (quiet_ms < SOON_ms) {
      this.#at += STEP_ms;
      this.#step(this.#at);
      const isBusy = this.#pending.length > 0 || this.#outlets.some(({ visit }) => visit !== null);
      quiet_ms = isBusy ? 0 : quiet_ms + STEP_ms;
    }
  }

  #step(at: number): void {
    this.#outlets = this.#outlets.map((outlet, index) => this.#welcomed(outlet, index, at));
    for (const [index, before] of this.#outlets.entries()) {
      const outlet = driven(before, at, STEP_ms);
      this.#replace(index, outlet);
      this.#report(outlet, index, at);
      if (before.visit !== null && outlet.visit === null) this.#leave(before.visit, outlet.point);
    }
    this.#measure(at);
  }

  #replace(index: number, outlet: Outlet): void {
    this.#outlets = this.#outlets.with(index, outlet);
  }

  #welcomed(outlet: Outlet, index: number, at: number): Outlet {
    const visit = this.#pending.find((one) => one.point === index && one.at <= at);
    if (outlet.visit !== null || visit === undefined) return outlet;
    this.#pending = this.#pending.filter((one) => one !== visit);
    return arrive(outlet, visit, at);
  }

  #leave({ car }: Visit, { id, isMetered }: TruePoint): void {
    this.cars.push({ point: id, phases: car.terminals.length, named: this.#named.get(id) ?? null, isMetered });
    this.#named.delete(id);
    this.state = stepLearning(this.state, { kind: 'left', id }, this.site.config);
  }
  readonly #named = new Map<string, readonly Phase[]>();

  #report(outlet: Outlet, index: number, at: number): void {
    const { point, isClosed, limit_dA } = outlet;
    const words = `${isClosed} ${limit_dA}`;
    const told = this.#told[index];
    if (told === undefined || (told.words === words && at - told.at < 1000)) return;
    // The charge point's own meter speaks each second too, of the second before.
    const measured_dA = mapPhases(drawOf(outlet), (draw, own) => this.#metered(draw * point.gain, own, at));
    this.#told[index] = { words, at, draw_dA: measured_dA };
    if (this.#draws.happens(0.02)) return;
    const draw_dA = point.isMetered ? told.draw_dA : null;
    const contactor = isClosed ? 'closed' : 'open';
    const event = { kind: 'charge-point', id: point.id, at, contactor, obeyed_dA: limit_dA, draw_dA } as const;
    this.state = stepLearning(this.state, event, this.site.config);
  }

  #metered(draw_dA: number, own: Phase, at: number): number {
    return Math.max(0, Math.round(draw_dA + gaussian(this.site.seed, 5, PHASES.indexOf(own), at)));
  }

  #measure(at: number): void {
    const { signed } = this.site;
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
    this.state = stepLearning(this.state, { kind: 'sample', at, measuredAt, current_dA, signed }, this.site.config);
    this.#look();
    this.#share(at);
  }

  #shown(at: number): PerPhase<number> {
    const { order, reversed, gains, signed, seed } = this.site;
    const mains_dA = this.#mainsAt(at);
    return perPhase((transformer) => {
      const exact = mains_dA[conductorOf(transformer, order)] * (reversed.includes(transformer) ? -1 : 1);
      const read = exact * gains[transformer] + 1.5 * gaussian(seed, 6, PHASES.indexOf(transformer), at);
      return Math.round(signed ? read : Math.abs(read));
    });
  }

  #mainsAt(at: number): PerPhase<number> {
    const house_dA = this.site.houseAt(at);
    return mapPhases(house_dA, (house, conductor) =>
      this.#outlets.reduce((sum, outlet) => sum + drawOf(outlet)[labelOf(conductor, outlet.point.rotation)], house),
    );
  }

  /** Down at once, up after a while, all alike on their worst conductor: so most changes follow one of the house. */
  #share(at: number): void {
    const house_dA = this.site.houseAt(at - 1000);
    const charging = this.#outlets.filter(({ visit }) => visit !== null && at < visit.until);
    const users = perPhase((conductor) => charging.filter((outlet) => uses(outlet, conductor)).length);
    for (const [index, outlet] of this.#outlets.entries()) {
      if (outlet.limit_dA === 0) continue;
      const shares = PHASES.filter((conductor) => uses(outlet, conductor)).map(
        (conductor) => (this.site.limit_dA - house_dA[conductor]) / users[conductor],
      );
      const fair_dA = Math.floor(Math.min(Math.max(Math.min(...shares), 60), 320));
      const isLower = fair_dA <= outlet.limit_dA - 5;
      const isHigher = fair_dA >= outlet.limit_dA + 10 && at - outlet.changedAt > 12_000;
      if (isLower || isHigher) this.#replace(index, { ...outlet, limit_dA: fair_dA, changedAt: at });
    }
  }

  /** Now and then, as it takes longer than all the rest. */
  #look(): void {
    this.#steps += 1;
    if (this.#steps % 25 !== 0) return;
    for (const proposal of proposalsOf(this.state, this.site.config)) {
      if (proposal.kind === 'car') this.#named.set(proposal.chargePoint, proposal.phases);
      const words = JSON.stringify({ ...proposal, evidence: null });
      if (this.#known.has(words) && proposal.kind !== 'car') continue;
      this.#known.add(words);
      this.ever.push(proposal);
    }
  }
  readonly #known = new Set<string>();
}

type Telling = { readonly words: string; readonly at: number; readonly draw_dA: PerPhase<number> };

function uses({ visit, point }: Outlet, conductor: Phase): boolean {
  return visit?.car.terminals.includes(labelOf(conductor, point.rotation)) === true;
}
