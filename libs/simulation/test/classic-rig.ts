// A plant with a 2.07 site on it and nothing else: the loop of the simulator at its smallest, for the figures of
// behaviour.md 5.6. Frames are measured and spoken each 2 s, without noise, as the table has them; cars are as idle and
// as late as a row says.
import { type Deciamps, type Milliseconds, PHASES, type Phase, perPhase } from '@fairamp/units';
import { ampsOf } from '@fairamp/evse';
import { type CarConfig } from '../src/car.js';
import { ClassicSite } from '../src/classic/classic-site.js';
import { type OutletCommand, type OutletConfig } from '../src/outlet.js';
import {
  initialPlant,
  nextPlantAt,
  type PlantConfig,
  type PlantOutput,
  type PlantState,
  stepPlant,
} from '../src/plant.js';
import type { SiteConfig } from '../src/world/system.js';
import { senseOf } from '../src/world/plant-drive.js';
import { Timeline } from '../src/world/timeline.js';

/** It does at once what it may, and never has enough. */
export const IDEAL_CAR: CarConfig = {
  terminals: ['L1'],
  maximum_dA: 800,
  rise_mA_per_s: 1_000_000,
  fall_mA_per_s: 1_000_000,
  follow_ms: 0,
  stop_ms: 0,
  ask_ms: 0,
  start_ms: 0,
  battery: { capacity_Wh: 1_000_000, arrivesAt_permille: 0, tapersFrom_permille: 900, stopsAt_permille: 1000 },
  hasDiode: true,
  follows: 'newest',
  asking_ohm: 882,
};

export type RigConfig = {
  readonly mode?: SiteConfig['mode'];
  readonly mains_dA: Deciamps;
  readonly max_dA: Deciamps;
  readonly cars: readonly CarConfig[];
  readonly houseAt: (at: Milliseconds) => Deciamps;
};

export type Seen = {
  readonly at: Milliseconds;
  readonly mains_dA: Deciamps;
  readonly offered_dA: readonly Deciamps[];
  readonly isClosed: readonly boolean[];
};

/** Cars and house change on this grid. */
const SLICE_ms = 50;
/** A frame takes 0.2 s on the line, a broadcast 0.15 s more: by then the modules have done what it asks. */
const SETTLED_ms = 500;

export class ClassicRig {
  readonly seen: Seen[] = [];
  readonly said: string[] = [];
  readonly timeline = new Timeline();
  readonly #site: ClassicSite;
  readonly #plant: PlantConfig;
  #state: PlantState;

  constructor(config: RigConfig) {
    this.#plant = plantOf(config);
    this.#state = initialPlant(0, this.#plant);
    this.#site = new ClassicSite(siteOf(config), {
      now: () => this.timeline.now,
      schedule: (at, run) => this.timeline.schedule(at, run),
      command: (outlet, command) => this.command(outlet, command),
      greet: () => undefined,
      carry: (_from, _to, _what, deliver) => deliver(),
      tell: (fact) => {
        if (fact.kind === 'said') this.said.push(`${fact.at} ${fact.who} ${fact.text}`);
      },
    });
    this.#site.start();
    this.#stepLater();
  }

  command(outlet: string, command: OutletCommand): void {
    this.#step([{ outlet, command }]);
  }

  runUntil(until: Milliseconds): void {
    this.timeline.runUntil(until);
  }

  /** The newest truth up to then. */
  at(at: Milliseconds): Seen {
    const found = this.seen.findLast((one) => one.at <= at);
    if (found === undefined) throw new Error(`nothing was seen up to ${at} ms`);
    return found;
  }

  /** What the pilots offer after each frame, in 2.07's whole amperes. */
  offersAfter(frames: readonly Milliseconds[], outlet = 0): readonly number[] {
    return frames.map((frame) => Math.round((this.at(frame + SETTLED_ms).offered_dA[outlet] ?? 0) / 10));
  }

  #stepLater(): void {
    const at = Math.min(this.timeline.now + SLICE_ms, Math.max(nextPlantAt(this.#state), this.timeline.now + 1));
    this.timeline.schedule(at, () => {
      this.#step([]);
      this.#stepLater();
    });
  }

  #step(commands: readonly { readonly outlet: string; readonly command: OutletCommand }[]): void {
    const at = this.timeline.now;
    const { state, output } = stepPlant(this.#state, { at, commands }, this.#plant);
    this.#state = state;
    this.#see(output);
    for (const { at: spokenAt, byte } of output.line) {
      this.timeline.schedule(spokenAt, () => this.#site.hearLine(Uint8Array.of(byte)));
    }
    for (const { outlet, event } of output.events) {
      this.timeline.schedule(at, () => this.#site.hearOutlet(outlet, senseOf(event)));
    }
  }

  #see({ mains_dA }: PlantOutput): void {
    const { outlets } = this.#state;
    this.seen.push({
      at: this.timeline.now,
      mains_dA: mains_dA.L1,
      offered_dA: outlets.map(({ pilot }) => (pilot.kind === 'pwm' ? ampsOf(pilot.duty_permille) : 0)),
      isClosed: outlets.map(({ isClosed }) => isClosed),
    });
  }
}

const idOf = (index: number): string => `module-${index}`;
const ALL: readonly Phase[] = PHASES;

function siteOf({ mode = 'smart', mains_dA, max_dA, cars }: RigConfig): SiteConfig {
  const points = cars.map((_, index) => {
    return { id: idOf(index), maximum_dA: max_dA, cable_dA: 630, wired: ALL, failSafe: 'none' } as const;
  });
  return { mode, mains_dA, min_dA: 60, mainsPhases: PHASES, oldestSample_ms: 10_000, masters: 1, points };
}

function plantOf({ mains_dA, cars, houseAt }: RigConfig): PlantConfig {
  const outlets = cars.map((car, index): OutletConfig => ({
    id: idOf(index),
    seed: index,
    wiring: perPhase((terminal) => terminal),
    car,
    cable_ohm: 100,
    failSafe_ms: null,
    contactor_ms: 20,
    source_mV: 12_000,
    sampleEvery_ms: 100,
    proximityEvery_ms: 500,
  }));
  const house = { label: '', duration_ms: Infinity, currentsAt: (at: Milliseconds) => perPhase(() => houseAt(at)) };
  const sensorbox = { seed: 1, noise: 0, broken: 0, make: 'ideal' } as const;
  return { house, outlets, sensorbox, limit_dA: mains_dA, slice_ms: SLICE_ms };
}
