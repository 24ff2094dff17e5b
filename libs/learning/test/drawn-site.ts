// A site drawn from a seed: how its charge points and transformers are really wired, what the configuration says of
// that, which cars come, and what the house does meanwhile. Only the truth is here; nothing learns yet.
import { type PerPhase, type Phase, type Rotation, PHASES, mapPhases, perPhase } from '@fairamp/units';
import { type House, modelHouse, startingAt } from '../../simulation/src/house.js';
import { type CarConfig } from '../../simulation/src/car.js';
import { CARS } from '../../simulation/src/cars.js';
import { type Draws, chance, drawsFrom } from '../../simulation/src/random.js';
import type { LearningConfig } from '../src/index.js';

/** What is knowable is reckoned from so many starts of cars on the site; more of the same come, until each has had as many. */
export const STARTS = 10;
const CYCLIC: readonly Rotation[] = [
  ['L1', 'L2', 'L3'],
  ['L2', 'L3', 'L1'],
  ['L3', 'L1', 'L2'],
];
const ORDERS: readonly Rotation[] = [...CYCLIC, ['L2', 'L1', 'L3'], ['L1', 'L3', 'L2'], ['L3', 'L2', 'L1']];

export type TruePoint = {
  readonly id: string;
  readonly rotation: Rotation;
  readonly isMetered: boolean;
  readonly gain: number;
};
/** A car at a charge point, from when it is plugged in until it is told to stop. */
export type Visit = {
  readonly point: number;
  readonly at: number;
  readonly until: number;
  readonly car: CarConfig;
  /** What it really draws on each of its terminals, of what it means to. */
  readonly shares: PerPhase<number>;
};
export type DrawnSite = {
  readonly seed: number;
  readonly points: readonly TruePoint[];
  readonly order: Rotation;
  /** By the meter's labels. */
  readonly reversed: readonly Phase[];
  readonly signed: boolean;
  readonly gains: PerPhase<number>;
  readonly limit_dA: number;
  readonly visits: readonly Visit[];
  readonly houseAt: (at: number) => PerPhase<number>;
  readonly config: LearningConfig;
};

/**
 * complete: the cars that come are such that everything can be known: each charge point is visited by a one-phase car,
 * one of them by a two-phase car too, and somebody draws from each conductor.
 */
export type Kind = 'any' | 'complete';

export function drawSite(seed: number, kind: Kind): DrawnSite {
  const draws = drawsFrom(seed, 1);
  const whole = (lowest: number, highest: number): number => Math.floor(draws.between(lowest, highest + 1));
  const points = Array.from({ length: whole(2, 6) }, (_, index): TruePoint => ({
    id: `slave${index + 1}`,
    rotation: CYCLIC[whole(0, 2)] ?? ['L1', 'L2', 'L3'],
    isMetered: draws.happens(0.6),
    gain: draws.between(0.99, 1.01),
  }));
  const order = ORDERS[whole(0, 5)] ?? ['L1', 'L2', 'L3'];
  const signed = draws.happens(0.6);
  const reversed = signed ? PHASES.filter(() => draws.happens(0.4)) : [];
  const limit_dA = whole(250, 630);
  const visits = drawVisits(points.length, kind, draws);
  const truth = { seed, points, order, reversed, signed, limit_dA, visits };
  return {
    ...truth,
    gains: perPhase(() => draws.between(0.99, 1.01)),
    houseAt: drawHouse(seed, draws),
    config: drawConfig(truth, draws),
  };
}

function drawVisits(count: number, kind: Kind, draws: Draws): readonly Visit[] {
  const freeFrom = new Array<number>(count).fill(40_000);
  const visits: Visit[] = [];
  let at = 60_000;
  for (let start = 0; start < STARTS * count; start += 1) {
    const point = pointFor(start, count, { kind, draws });
    at = Math.max(at + draws.between(35_000, 90_000), (freeFrom[point] ?? 0) + 20_000);
    const until = at + draws.between(90_000, 400_000);
    freeFrom[point] = until + 30_000;
    visits.push({ point, at, until, ...drawCar(phasesFor(start, count, { kind, draws }), draws) });
  }
  return visits;
}

type Drawing = { readonly kind: Kind; readonly draws: Draws };

/** Everyone is visited once before anyone is visited again; after the first starts in turn. */
function pointFor(start: number, count: number, { kind, draws }: Drawing): number {
  if (start < count || start >= STARTS) return start % count;
  return kind === 'complete' && start === count ? 0 : Math.floor(draws.between(0, count));
}

function phasesFor(start: number, count: number, { kind, draws }: Drawing): number {
  const drawn = draws.between(0, 1);
  if (kind === 'complete' && start <= count + 1) return start < count ? 1 : start === count ? 2 : 3;
  return drawn < 0.4 ? 1 : drawn < 0.65 ? 2 : 3;
}

function drawCar(phases: number, draws: Draws): Pick<Visit, 'car' | 'shares'> {
  const isSlow = draws.happens(0.2);
  const car: CarConfig = {
    ...CARS['slow-ramp'],
    terminals: PHASES.slice(0, phases),
    maximum_dA: Math.round(phases === 1 ? draws.between(100, 320) : draws.between(100, 165)),
    rise_mA_per_s: isSlow ? draws.between(300, 900) : draws.between(1500, 8000),
    follow_ms: Math.round(draws.between(500, 4000)),
    stop_ms: Math.round(draws.between(200, 2500)),
    ask_ms: Math.round(draws.between(300, 3000)),
    start_ms: Math.round(draws.between(300, 2000)),
  };
  return { car, shares: perPhase(() => draws.between(0.98, 1)) };
}

/** A model house, on top of it a load of 2 to 14 A each 30 to 300 s on one phase, and where the sun shines a plant. */
function drawHouse(seed: number, draws: Draws): (at: number) => PerPhase<number> {
  const house = startingAt(HOUSES[seed % HOUSES.length] ?? modelHouse(1), Math.floor(draws.between(0, 5 * 86_400_000)));
  const loads = Array.from({ length: 100 }, () => ({
    phase: PHASES[Math.floor(draws.between(0, 3))] ?? 'L1',
    after: draws.between(30_000, 300_000),
    lasts: draws.between(30_000, 600_000),
    current_dA: draws.between(20, 140),
  }));
  let begins = 0;
  const timed = loads.map(({ after, ...load }) => ({ ...load, from: (begins += after) }));
  const isSunny = draws.happens(0.3);
  const sun = perPhase(() => (isSunny && draws.happens(0.7) ? draws.between(30, 140) : 0));
  return (at) => {
    const base = house.currentsAt(at);
    const clear = cloud(seed, at);
    return mapPhases(base, (current, phase) => {
      let sum = current - sun[phase] * clear;
      for (const load of timed)
        if (load.phase === phase && at >= load.from && at < load.from + load.lasts) sum += load.current_dA;
      return sum;
    });
  };
}
const HOUSES: readonly House[] = [modelHouse(11), modelHouse(12), modelHouse(13)];

/** What is left of the sun: another sky every two minutes, and half a minute of slope between. */
function cloud(seed: number, at: number): number {
  const sky = Math.floor(at / SKY_ms);
  const level = (index: number): number => (chance(seed, 77, index) < 0.6 ? 1 : chance(seed, 78, index));
  const past = Math.min((at - sky * SKY_ms) / SLOPE_ms, 1);
  return level(sky - 1) + (level(sky) - level(sky - 1)) * past;
}
const SKY_ms = 120_000;
const SLOPE_ms = 30_000;

type Truth = Pick<DrawnSite, 'points' | 'order' | 'reversed'>;

/** Half of the sites know nothing, in some one charge point was looked at, in some the transformers. */
function drawConfig({ points, order, reversed }: Truth, draws: Draws): LearningConfig {
  const known = draws.between(0, 1);
  const looked = known < 0.5 ? -1 : Math.floor(draws.between(0, points.length));
  const areTransformersKnown = known >= 0.8;
  return {
    mainsPhases: PHASES,
    mayExport: true,
    mayBeBattery: false,
    transformers: areTransformersKnown
      ? { order, reversed, isOrderConfirmed: true, areDirectionsConfirmed: true }
      : { order: ['L1', 'L2', 'L3'], reversed: [], isOrderConfirmed: false, areDirectionsConfirmed: false },
    chargePoints: points.map(({ id, rotation }, index) =>
      index === looked && !areTransformersKnown
        ? { id, rotation, isConfirmed: true }
        : { id, rotation: ['L1', 'L2', 'L3'], isConfirmed: false },
    ),
  };
}
