// One run: the plant, the system on its wires, what the scenario does to both, and the checkers that watch. Everything
// follows from the configuration; the same one gives the same trace on every machine.
import { PHASES, mapPhases, type Deciamps, type Milliseconds, type PerPhase } from '@fairamp/units';
import type { Checker, Fact, Moment, Violation } from '../checks/moment.js';
import type { CircuitOutput } from '../plant-circuits.js';
import { UNHURRIED_dA, initialOverload, measureOverload, type Overload } from '../overload.js';
import { Dice, type Seed } from '../random.js';
import type { Deed, Episode } from '../scenario/draw-faults.js';
import { WIRES, type Visit, type WorldConfig } from '../scenario/draw.js';
import { Circuits } from './circuits.js';
import { Disturbances } from './disturbances.js';
import { outletsOf } from './look.js';
import { Network } from './network.js';
import { PlantDrive } from './plant-drive.js';
import type { Surroundings, System } from './system.js';
import { Timeline } from './timeline.js';
import { Trace } from './trace.js';

export type Watching = {
  readonly checkers: readonly Checker[];
  readonly hear: (fact: Fact) => void;
  readonly look: (moment: Moment) => void;
  /** @param pair the same at the beginning and the end of one thing */
  readonly happened: (at: Milliseconds, who: string, text: string, pair?: string) => void;
};

/** A violation each second for an hour would say no more than the first ones. */
export const VIOLATIONS_MAX = 50;
const TURN_ms: Milliseconds = 900_000;
/** From which mJ of cars make a watt-hour. */
const MJ_PER_WH = 3_600_000;

export class World {
  readonly timeline = new Timeline();
  readonly plant: PlantDrive;
  readonly #network: Network;
  readonly #system: System;
  readonly #disturbances: Disturbances;
  readonly #trace = new Trace();
  readonly #circuits: Circuits;
  /** Against MAINS and the half ampere for which nobody is paused (decision 0007). */
  overload: Overload = initialOverload();
  /** Of the circuits below. */
  readonly #overloads: CircuitOverload[] = [];
  /** Of cars that have left. */
  #charged_mJ = 0;

  constructor(
    private readonly config: WorldConfig,
    makeSystem: (world: { timeline: Timeline; surroundings: Surroundings }) => System,
    private readonly watching: Watching,
  ) {
    const { timeline } = this;
    this.#network = new Network(config.link, timeline, new Dice(config.seed, WIRES));
    this.#disturbances = new Disturbances(config.link, config.plant.sensorbox, (circuit) => meterSeed(config, circuit));
    this.#circuits = new Circuits(config.site);
    const surroundings: Surroundings = {
      now: () => timeline.now,
      schedule: (at, run) => timeline.schedule(at, run),
      command: (outlet, command) => this.plant.command(outlet, command),
      greet: (outlet) => this.plant.greet(outlet),
      carry: (from, to, what, deliver) => this.#network.carry(from, to, what, deliver),
      tell: (fact) => this.#tell(fact),
    };
    this.#system = makeSystem({ timeline, surroundings });
    this.plant = new PlantDrive(config.plant, timeline, this.#system, () => this.#look());
    for (const { id, options } of config.site.points) {
      if (options?.lock.swapped === true) this.plant.command(id, { kind: 'fault', fault: 'lock-swapped', on: true });
    }
    for (const visit of config.visits) timeline.schedule(visit.at, () => this.#visit(visit));
    for (const episode of config.episodes) this.#plan(episode);
    this.#system.start();
    this.plant.start();
  }

  /** On whatever circuit it was. */
  worst(): { readonly over_dA: Deciamps; readonly over_ms: Milliseconds } {
    const any = [this.plant.state.overload, ...this.#overloads.map((overload) => overload.any)];
    const long = [this.overload, ...this.#overloads.map((overload) => overload.long)];
    return {
      over_dA: Math.max(...any.map(({ worst_over_dA }) => worst_over_dA)),
      over_ms: Math.max(...long.map(({ worst_over_ms }) => worst_over_ms)),
    };
  }

  runUntil(at: Milliseconds): void {
    this.timeline.runUntil(at);
  }

  hash(): string {
    return this.#trace.digest();
  }

  energy_Wh(): number {
    const present = this.plant.state.outlets.reduce((sum, { car }) => sum + (car?.charged_mJ ?? 0), 0);
    return Math.round((this.#charged_mJ + present) / MJ_PER_WH);
  }

  #plan(episode: Episode): void {
    const pair = `${episode.from} ${episode.text}`;
    this.timeline.schedule(episode.from, () => {
      this.#disturbances.begin(this.timeline.now, episode);
      this.watching.happened(this.timeline.now, 'site', episode.text, pair);
      this.#do(episode.begin);
    });
    this.timeline.schedule(episode.to, () => {
      this.#disturbances.end(this.timeline.now, episode);
      this.watching.happened(this.timeline.now, 'site', episode.over, pair);
      this.#do(episode.end);
    });
  }

  #do(deed: Deed): void {
    switch (deed.kind) {
      case 'cut':
        return this.#network.cut(deed.who, deed.cut);
      case 'join':
        return this.#network.join(deed.who);
      case 'link':
        this.#network.profile = deed.profile;
        return;
      case 'meter':
        return this.plant.setMeter(deed.circuit, deed.health);
      case 'weld':
        return this.plant.command(deed.outlet, { kind: 'weld', on: deed.on });
      case 'board':
        return this.plant.command(deed.outlet, { kind: 'fault', fault: deed.fault, on: deed.on });
      case 'press':
        return this.plant.command(deed.outlet, { kind: 'press', pressed: deed.pressed });
      default:
        return this.#system.disturb(deed);
    }
  }

  #visit({ outlet, kind, cable_ohm }: Visit): void {
    const index = this.config.plant.outlets.findIndex(({ id }) => id === outlet);
    if (kind === 'unplug') this.#charged_mJ += this.plant.state.outlets[index]?.car?.charged_mJ ?? 0;
    this.watching.happened(this.timeline.now, outlet, kind === 'plug' ? 'a car arrives' : 'the car leaves');
    this.plant.command(outlet, cable_ohm === undefined ? { kind } : { kind: 'plug', cable_ohm });
  }

  #tell(fact: Fact): void {
    for (const checker of this.watching.checkers) checker.hear(fact);
    this.watching.hear(fact);
    if (fact.kind !== 'accepted') return;
    this.#trace.push(fact.at);
    this.#trace.push(fact.id.n);
    this.#trace.push(fact.held_dA);
  }

  #look(): void {
    const moment = this.#moment();
    this.#measureOverload(moment.at);
    for (const checker of this.watching.checkers) checker.look(moment);
    this.watching.look(moment);
    this.#note(moment);
  }

  #measureOverload(at: Milliseconds): void {
    const { mains_dA, cars_dA, circuits } = this.plant.output;
    this.overload = measureOverload(this.overload, { at, mains_dA, cars_dA }, this.config.site.mains_dA + UNHURRIED_dA);
    circuits.forEach((circuit, index) => {
      const limit_dA = this.config.site.circuits?.[index]?.limit_dA;
      if (limit_dA === undefined) return;
      const over = { at, mains_dA: beyond(circuit, limit_dA), cars_dA: circuit.cars_dA };
      const before = this.#overloads[index] ?? NO_OVERLOAD;
      this.#overloads[index] = {
        any: measureOverload(before.any, over, 0),
        long: measureOverload(before.long, over, UNHURRIED_dA),
      };
    });
  }

  #moment(): Moment {
    const { mode, min_dA, oldestSample_ms, points, turn_ms = TURN_ms } = this.config.site;
    const { isDisturbed, at, liesOf } = this.#disturbances;
    const { house_dA, circuits } = this.plant.output;
    const below = circuits.map((circuit) => circuit.house_dA);
    return {
      at: this.timeline.now,
      mode,
      min_dA,
      oldestSample_ms,
      turn_ms,
      circuits: this.#circuits.truth({ house_dA, circuits: below }, liesOf),
      outlets: outletsOf(this.plant, points),
      system: this.#system.truth(),
      isDisturbed,
      disturbedAt: at,
    };
  }

  #note({ at, circuits, outlets }: Moment): void {
    this.#trace.push(at);
    for (const { house_dA } of circuits) for (const phase of PHASES) this.#trace.push(house_dA[phase]);
    for (const { offered_dA, isClosed, draw_dA } of outlets) {
      this.#trace.push(offered_dA * 2 + (isClosed ? 1 : 0));
      for (const phase of PHASES) this.#trace.push(draw_dA[phase]);
    }
  }
}

function meterSeed({ plant: { sensorbox, tree } }: WorldConfig, circuit: string): Seed {
  const meter = tree?.circuits.find(({ id }) => id === circuit)?.meter;
  return (meter?.sensorbox ?? sensorbox).seed;
}

/** Above its limit; and above that by more than pauses nobody. */
type CircuitOverload = { readonly any: Overload; readonly long: Overload };
const NO_OVERLOAD: CircuitOverload = { any: initialOverload(), long: initialOverload() };

/** What flows above the limit, or below it. */
function beyond({ house_dA, cars_dA }: CircuitOutput, limit_dA: PerPhase<Deciamps>): PerPhase<Deciamps> {
  return mapPhases(house_dA, (house, phase) => house + cars_dA[phase] - limit_dA[phase]);
}

/** Collects what checkers accuse of, up to a bound. */
export function accusations(alsoTell: (violation: Violation) => void): {
  readonly list: readonly Violation[];
  readonly accuse: (violation: Violation) => void;
} {
  const list: Violation[] = [];
  return {
    list,
    accuse: (violation) => {
      if (list.length >= VIOLATIONS_MAX) return;
      list.push(violation);
      alsoTell(violation);
    },
  };
}
