// From a scenario and a seed to one world: its site, its plant, and what happens to it when. Everything is drawn here,
// before the first step, but for what a faulty wire does to each message.
import { PHASES, assert, type Milliseconds, type PerPhase, type Phase, perPhase } from '@fairamp/units';
import { FAIL_SAFE_ms } from '../fail-safe.js';
import type { House } from '../house.js';
import type { PlantConfig } from '../plant.js';
import type { PlantCircuit } from '../plant-circuits.js';
import type { OutletConfig } from '../outlet.js';
import type { FittingsConfig } from '../outlet-fittings.js';
import { Dice } from '../random.js';
import type { ProcessClock } from '../world/clock.js';
import type { LinkProfile } from '../world/network.js';
import type { PointConfig, PointOptions, SiteConfig } from '../world/system.js';
import { carOf } from './draw-car.js';
import { circuitHousesOf, housesBelow, remembered, wholeHouse, type CircuitHouses } from './draw-circuit-houses.js';
import { circuitsOf, placeOf, plantCircuitsOf } from './draw-circuits.js';
import { drawFaults, type Episode } from './draw-faults.js';
import { houseFor, houseNotes, stepsFor, type HouseNote, type Mains, type Step } from './draw-house.js';
import { optionsOf, toldOf } from './draw-options.js';
import { particularCar, particularOf, particularPoint } from './particulars.js';
import { drawn_ms, wholeAmps_dA } from './ranges.js';
import type { Scenario } from './schema.js';

export type Visit = {
  readonly outlet: string;
  readonly at: Milliseconds;
  readonly kind: 'plug' | 'unplug';
  /** Of the cable that the car comes with, where it is not the site's. */
  readonly cable_ohm?: number;
};

export type WorldConfig = {
  readonly scenario: string;
  readonly about: string;
  readonly seed: number;
  readonly simulated_ms: Milliseconds;
  readonly site: SiteConfig;
  readonly plant: PlantConfig;
  readonly link: LinkProfile;
  readonly clockOf: (who: string) => ProcessClock;
  readonly episodes: readonly Episode[];
  readonly visits: readonly Visit[];
  /** For the picture. */
  readonly houseNotes?: readonly HouseNote[];
};

/** Purposes, so that one more draw in one place changes nothing in another. */
const SITE = 1;
const CLOCKS = 2;
const FAULTS = 3;
const CARS = 4;
const HOUSE = 5;
export const WIRES = 6;
export const PROCESSES = 7;
const STEPS = 9;
const OPTIONS = 10;
const CIRCUITS = 11;
const CIRCUIT_HOUSES = 12;
const METERS = 13;

export function drawWorld(scenario: Scenario, seed: number, simulated_ms: Milliseconds): WorldConfig {
  const dice = new Dice(seed, SITE);
  const site = siteOf(scenario, { dice, forOptions: new Dice(seed, OPTIONS), forCircuits: new Dice(seed, CIRCUITS) });
  const mains = { mains_dA: site.mains_dA, phases: site.mainsPhases, simulated_ms };
  const steps = stepsFor(scenario.house, mains, new Dice(seed, STEPS));
  const below = circuitHousesOf(scenario, site.circuits ?? [], mains, new Dice(seed, CIRCUIT_HOUSES));
  const rising = steps.filter(({ by_dA }) => by_dA > 0);
  const stepsUp = rising.map(({ from }) => from).sort((one, other) => one - other);
  return {
    scenario: scenario.name,
    about: scenario.about,
    seed,
    simulated_ms,
    site,
    plant: plantOf(scenario, site, { seed, mains, steps, houses: below.houses }),
    link: scenario.link,
    clockOf: clocksOf(scenario, seed),
    episodes: drawFaults(scenario, site, new Dice(seed, FAULTS), { simulated_ms, stepsUp }),
    visits: visitsOf(scenario, site, new Dice(seed, CARS), simulated_ms),
    houseNotes: site.mode === 'normal' ? [] : notesOf(scenario, steps, below.steps),
  };
}

function notesOf(
  { house, site }: Scenario,
  steps: readonly Step[],
  below: readonly (readonly Step[])[],
): readonly HouseNote[] {
  return [
    ...houseNotes(house, steps),
    ...site.circuits.flatMap(({ id }, index) => houseNotes(house, below[index] ?? [], id)),
  ];
}

const ROTATIONS: readonly (readonly Phase[])[] = [
  ['L1', 'L2', 'L3'],
  ['L2', 'L3', 'L1'],
  ['L3', 'L1', 'L2'],
];
const STRAIGHT: readonly Phase[] = PHASES;

type SiteDice = { readonly dice: Dice; readonly forOptions: Dice; readonly forCircuits: Dice };

function siteOf(
  { site, house, meter, particulars }: Scenario,
  { dice, forOptions, forCircuits }: SiteDice,
): SiteConfig {
  const circuits = circuitsOf(site, forCircuits);
  const points = Array.from({ length: site.points }, (_, index): PointConfig => {
    const rotated = ROTATIONS[dice.between(0, ROTATIONS.length - 1)] ?? STRAIGHT;
    const drawn: PointConfig = {
      id: `slave${index + 1}`,
      maximum_dA: wholeAmps_dA(site.maximum_A, dice),
      cable_dA: 320,
      wired: site.phases === 1 ? ['L1'] : site.rotations === 'none' ? STRAIGHT : rotated,
      failSafe: site.failSafe[dice.between(0, site.failSafe.length - 1)] ?? 'process',
      options: optionsOf(site.options, forOptions),
      ...placeOf(site, index, forCircuits),
    };
    return particularPoint(drawn, particularOf(particulars, index));
  });
  const mains_dA = wholeAmps_dA(site.mains_A, dice);
  return {
    mode: site.mode,
    mains_dA,
    min_dA: wholeAmps_dA(site.min_A, dice),
    mainsPhases: site.phases === 1 ? ['L1'] : PHASES,
    oldestSample_ms: site.oldestSample_s * 1000,
    masters: site.masters,
    points,
    circuits,
    ...(site.mainsCurve === null ? {} : { mainsDevice: { curve: site.mainsCurve, rated_dA: mains_dA } }),
    turn_ms: site.turn_s * 1000,
    names: site.names,
    ...toldOf(house, meter),
  };
}

const SLICE_ms = 250;

function plantOf(
  scenario: Scenario,
  site: SiteConfig,
  { seed, mains, steps, houses }: { seed: number; mains: Mains; steps: readonly Step[]; houses: CircuitHouses },
): PlantConfig {
  const dice = new Dice(seed, HOUSE);
  const isHandled = [...scenario.faults, ...scenario.incidents].some(
    ({ kind }) => kind === 'board' || kind === 'press',
  );
  const outlets = site.points.map(({ id, wired, failSafe, options }, index): OutletConfig => {
    const fittings = options === undefined ? null : fittingsOf(options, isHandled);
    return {
      id,
      seed: seed + index,
      wiring: wiringOf(wired),
      car: particularCar(carOf(scenario.cars, dice), wired, particularOf(scenario.particulars, index)),
      cable_ohm: CABLE_ohm[32],
      failSafe_ms: FAIL_SAFE_ms[failSafe],
      contactor_ms: dice.between(20, 50),
      source_mV: dice.between(11_800, 12_200),
      sampleEvery_ms: 500,
      proximityEvery_ms: 2000,
      ...(fittings === null ? {} : { fittings }),
    };
  });
  const house = site.mode === 'normal' ? NO_HOUSE : houseFor(scenario.house, mains, { seed, dice, steps });
  return {
    ...withTree(house, houses, plantCircuitsOf(site, scenario, seed, new Dice(seed, METERS))),
    outlets,
    sensorbox: { seed, ...scenario.meter },
    limit_dA: site.mains_dA,
    slice_ms: SLICE_ms,
  };
}

function withTree(
  house: House,
  houses: CircuitHouses,
  circuits: readonly PlantCircuit[],
): Pick<PlantConfig, 'house' | 'tree'> {
  if (circuits.length === 0) return { house };
  const once = remembered(house);
  return { house: wholeHouse(once, houses), tree: { circuits, housesAt: housesBelow(once, houses) } };
}

/** null = nothing that anybody would look at: it would cost the run a tenth. */
function fittingsOf({ lock, residual, access }: PointOptions, isHandled: boolean): FittingsConfig | null {
  const isPlain = lock.actuator === 'none' && residual === 'disabled' && access === 'disabled';
  if (isPlain && !isHandled) return null;
  return { lock: lock.actuator, residual, hasSwitch: true, hasThermometer: true };
}

/** The plug's resistor (behaviour.md 4). */
const CABLE_ohm = { 13: 1500, 16: 680, 32: 220, 63: 100 } as const;

const NO_HOUSE = { label: 'mains for the cars alone', duration_ms: 1000, currentsAt: () => perPhase(() => 0) };

function wiringOf(wired: readonly Phase[]): PerPhase<Phase> {
  const [first = 'L1', second = first, third = first] = wired;
  return { L1: first, L2: second, L3: third };
}

function clocksOf({ clock_ppm }: Scenario, seed: number): (who: string) => ProcessClock {
  const clocks = new Map<string, ProcessClock>();
  return (who) => {
    const known = clocks.get(who);
    if (known !== undefined) return known;
    const dice = new Dice(
      seed,
      CLOCKS * 1000 + ([...who].reduce((sum, letter) => sum * 31 + letter.charCodeAt(0), 7) % 997),
    );
    const worst = dice.happens(500);
    const ppm = worst ? clock_ppm * (dice.happens(500) ? 1 : -1) : dice.between(-clock_ppm, clock_ppm);
    const clock = { zero_ms: dice.between(0, 1_000_000_000), ppm };
    clocks.set(who, clock);
    return clock;
  };
}

function visitsOf(
  { cars }: Scenario,
  { points }: SiteConfig,
  dice: Dice,
  simulated_ms: Milliseconds,
): readonly Visit[] {
  if (cars.visits !== null) return cars.visits.flatMap((visit) => scripted(visit, points));
  const visits: Visit[] = [];
  for (const { id } of points) {
    let at = drawn_ms(cars.arrives_s, dice);
    while (at < simulated_ms) {
      visits.push({ outlet: id, at, kind: 'plug' });
      at += drawn_ms(cars.stays_s, dice);
      visits.push({ outlet: id, at, kind: 'unplug' });
      at += drawn_ms(cars.away_s, dice);
    }
  }
  return visits;
}

type Scripted = NonNullable<Scenario['cars']['visits']>[number];

function scripted({ point, at_s, for_s, cable_A }: Scripted, points: SiteConfig['points']): readonly Visit[] {
  const outlet = points[point - 1]?.id;
  assert(outlet !== undefined, `a car for charge point ${point} of ${points.length}`);
  const [from, to] = [Math.round(at_s * 1000), Math.round((at_s + for_s) * 1000)];
  return [
    { outlet, at: from, kind: 'plug', ...(cable_A === undefined ? {} : { cable_ohm: CABLE_ohm[cable_A] }) },
    { outlet, at: to, kind: 'unplug' },
  ];
}
