// Seeded sites for the inference, and what is counted in them. Cars that keep to their limit, that have had enough at
// less, that taper, that change what they can draw every few minutes, that follow late and that ramp slowly, on one,
// two or three conductors, some with a meter, beside the simulator's model house at any hour of its five days.
import { type Deciamps, type Milliseconds, PHASES, type Phase, perPhase, sumOf } from '@fairamp/units';
import { CARS, drawsFrom, modelHouse, startingAt } from '@fairamp/simulation';
import { readingError } from '../../simulation/src/checks/meter-error.js';
import type { House } from '../../simulation/src/house.js';
import type { Outlet } from './outlet-in-small.js';
import { type Seen, type SmallSite, play } from './site-in-small.js';

export const HOUR_ms: Milliseconds = 3_600_000;
const ROTATIONS: readonly (readonly [Phase, Phase, Phase])[] = [
  ['L1', 'L2', 'L3'],
  ['L2', 'L3', 'L1'],
  ['L3', 'L1', 'L2'],
];
const TERMINALS: readonly (readonly Phase[])[] = [['L1'], ['L1', 'L2'], PHASES];
const KINDS = ['steady', 'tapers', 'varies', 'steady', 'steady'] as const;
type Draws = ReturnType<typeof drawsFrom>;

function oneOf<T>(draws: Draws, items: readonly T[]): T {
  const item = items[Math.floor(draws.between(0, items.length))];
  if (item === undefined) throw new Error('nothing to choose from');
  return item;
}

export function siteOf(seed: number, given: Partial<SmallSite> = {}): SmallSite {
  const draws = drawsFrom(seed, 99);
  const count = oneOf(draws, [1, 2, 3]);
  const outlets = Array.from({ length: count }, (_, index) => outletOf(`${index + 1}`, seed + index / 8, draws));
  const house = startingAt(modelHouse(seed), Math.round(draws.between(0, 110 * HOUR_ms)));
  const meter = { seed, signed: false, mayExport: false, meter: 'sensorbox' } as const;
  return { house, limit_dA: 250, outlets, ...meter, isInferring: true, mayProbe: true, ...given };
}

function outletOf(id: string, seed: number, draws: Draws): Outlet {
  const rotation = oneOf(draws, ROTATIONS);
  const own_dA = oneOf(draws, [60, 100, 160, 320]);
  const kind = oneOf(draws, KINDS);
  const phase_min = draws.between(0, 100);
  const part = (at: Milliseconds) => drawsFrom(seed * 8, Math.floor((at / 60_000 + phase_min) / 4)).between(0.4, 1);
  return {
    id,
    car: {
      ...CARS['single-phase'],
      terminals: oneOf(draws, TERMINALS),
      maximum_dA: own_dA,
      follow_ms: Math.round(draws.between(300, 4_200)),
      start_ms: Math.round(draws.between(500, 4_000)),
      rise_mA_per_s: oneOf(draws, [500, 4_000, 4_000, 4_000]),
      battery: kind === 'tapers' ? NEARLY_FULL : CARS['single-phase'].battery,
    },
    capabilityAt: kind === 'varies' ? (at) => Math.round(own_dA * part(at)) : null,
    wiring: { L1: rotation[0], L2: rotation[1], L3: rotation[2] },
    maximum_dA: 320,
    isMetered: draws.happens(0.25),
    arrivesAt: Math.round(draws.between(10_000, 600_000)),
    leavesAt: Infinity,
  };
}

const NEARLY_FULL = { capacity_Wh: 60_000, arrivesAt_permille: 850, tapersFrom_permille: 860, stopsAt_permille: 900 };

/** The same house under panels of up to 13 A on each phase, and a cloud every 40 s: far worse than a summer's day. */
export function underPanels(house: House, seed: number): House {
  const cover = (cloud: number) => drawsFrom(seed, 7, cloud).between(0.2, 1);
  return {
    ...house,
    currentsAt: (at) => {
      const passed = at / 40_000;
      const cloud = Math.floor(passed);
      const edge = Math.max(0, passed - cloud - 0.8) / 0.2;
      const fed_dA = Math.round(130 * (cover(cloud) + (cover(cloud + 1) - cover(cloud)) * edge));
      const house_dA = house.currentsAt(at);
      return perPhase((phase) => house_dA[phase] - fed_dA);
    },
  };
}

export type Counted = {
  /** Looks at one conductor of one charging car without a meter. */
  readonly looks: number;
  /** Among them: above what it drew, by more than the meter may be wrong. */
  readonly lowWrong: number;
  readonly lowWorst_dA: Deciamps;
  readonly highWrong: number;
  /** Of the current that flowed into them, how much was proven. */
  readonly proven: number;
  /** From the first 5 A until 80 % of what was drawn was proven, each conductor of each car that came to it. */
  readonly provenAfter_ms: readonly Milliseconds[];
  readonly neverProven: number;
  /** Of all cars on all conductors. */
  readonly charge_Ah: number;
};

/** Counts over these sites, an hour each. */
export function count(sites: readonly SmallSite[], duration_ms = HOUR_ms): Counted {
  const counts = sites.map((site) => {
    const one = new Count();
    play(site, duration_ms, (seen) => one.see(seen));
    return one;
  });
  const sum = (of: (one: Count) => number) => sumOf(counts, of);
  return {
    looks: sum(({ looks }) => looks),
    lowWrong: sum(({ lowWrong }) => lowWrong),
    lowWorst_dA: Math.max(...counts.map(({ lowWorst_dA }) => lowWorst_dA)),
    highWrong: sum(({ highWrong }) => highWrong),
    proven: sum(({ proven_dA }) => proven_dA) / sum(({ drew_dA }) => drew_dA),
    provenAfter_ms: counts.flatMap(({ provenAfter_ms }) => provenAfter_ms).sort((a, b) => a - b),
    neverProven: sum(({ open }) => open.size),
    charge_Ah: sum(({ charge_Ah }) => charge_Ah),
  };
}

class Count {
  looks = 0;
  lowWrong = 0;
  lowWorst_dA = 0;
  highWrong = 0;
  drew_dA = 0;
  proven_dA = 0;
  charge_Ah = 0;
  readonly provenAfter_ms: Milliseconds[] = [];
  /** Conductors that draw and of which not yet 80 % were proven, since when; done: of which they were once. */
  readonly open = new Map<string, Milliseconds>();
  readonly #done = new Set<string>();
  #at: Milliseconds = 0;

  see(seen: Seen): void {
    for (const point of seen.points) {
      const { L1, L2, L3 } = point.drew_dA;
      this.charge_Ah += ((L1 + L2 + L3) / 10) * ((seen.at - this.#at) / HOUR_ms);
      if (point.outlet.isMetered || point.inferred === null) continue;
      const { low_dA, high_dA } = point.inferred;
      for (const phase of PHASES) {
        const one = { drew_dA: point.drew_dA[phase], low_dA: low_dA[phase], high_dA: high_dA[phase] };
        if (one.drew_dA === 0 && one.low_dA === 0) continue;
        this.#check(one, readingError(seen.mains_dA[phase]));
        if (one.drew_dA >= 50) this.#time(point.outlet.id + phase, seen.at, one);
      }
    }
    this.#at = seen.at;
  }

  #check({ drew_dA, low_dA, high_dA }: Bound, error_dA: number): void {
    this.looks += 1;
    if (low_dA > drew_dA + error_dA) this.lowWrong += 1;
    this.lowWorst_dA = Math.max(this.lowWorst_dA, low_dA - drew_dA);
    if (high_dA < drew_dA - error_dA) this.highWrong += 1;
  }

  #time(key: string, at: Milliseconds, { drew_dA, low_dA }: Bound): void {
    this.drew_dA += drew_dA;
    this.proven_dA += Math.min(drew_dA, low_dA);
    if (this.#done.has(key)) return;
    const since = this.open.get(key) ?? at;
    this.open.set(key, since);
    if (low_dA < 0.8 * drew_dA) return;
    this.open.delete(key);
    this.#done.add(key);
    this.provenAfter_ms.push(at - since);
  }
}

type Bound = { readonly drew_dA: number; readonly low_dA: number; readonly high_dA: number };

export function median(sorted: readonly number[]): number {
  return sorted[Math.floor(sorted.length / 2)] ?? NaN;
}
