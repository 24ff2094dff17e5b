// The lab's plant with one outlet, as a rig of the conformance suite holds it: hands that make physical things happen, and
// eyes for what truly is.
import { FAIL_SAFE_ms } from '@fairamp/board';
import { CARS, type FittingsConfig, type OutletConfig, type OutletState } from '@fairamp/simulation';
import { assert, perPhase, type Milliseconds } from '@fairamp/units';
import { PlantLoop } from '../../apps/lab/src/plant/plant-loop.js';
import type { Eyes, Hands } from './board-bench.js';

export const OUTLET = 'garage-1';
/** What a car shows with S2 open, and closed (io.md 5). */
const CAR_ohm = { A: null, B: 2740, C: 882 } as const;

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] };
export type Turned = Mutable<Omit<OutletConfig, 'car'>> & { readonly car: Mutable<OutletConfig['car']> };

export function handsOn(loop: PlantLoop, outlet: Turned): Hands {
  return {
    connect: (car) => {
      const ohm = CAR_ohm[car];
      if (ohm !== null) outlet.car.asking_ohm = ohm;
      loop.command(OUTLET, { kind: ohm === null ? 'unplug' : 'plug' });
    },
    plug: (ohm) => {
      outlet.cable_ohm = ohm;
      loop.command(OUTLET, { kind: ohm === null ? 'unplug' : 'plug' });
    },
    break: (fault, on) => loop.command(OUTLET, { kind: 'fault', fault, on }),
    press: (pressed) => loop.command(OUTLET, { kind: 'press', pressed }),
  };
}

export function eyesOn(loop: PlantLoop): Eyes {
  const state = (): OutletState => {
    const outlet = loop.outlet(OUTLET);
    assert(outlet !== undefined, 'the plant has its outlet');
    return outlet;
  };
  return {
    isClosed: () => state().isClosed,
    output: () => state().pilot,
    bolt: () => state().fittings.bolt,
    indicator: () => state().fittings.indicator,
  };
}

/** Its car asks as soon as it may, unless its resistor says otherwise. */
export function outletWith(fittings: FittingsConfig | null): Turned {
  return {
    id: OUTLET,
    seed: 1,
    wiring: { L1: 'L1', L2: 'L2', L3: 'L3' },
    car: { ...CARS['single-phase'], ask_ms: 0 },
    cable_ohm: 220,
    failSafe_ms: FAIL_SAFE_ms,
    contactor_ms: 30,
    source_mV: 12_000,
    sampleEvery_ms: 20,
    proximityEvery_ms: 500,
    ...(fittings === null ? {} : { fittings }),
  };
}

export function plantLoopOf(outlet: OutletConfig, from: Milliseconds = 0): PlantLoop {
  const house = { label: 'no house', duration_ms: 1000, currentsAt: () => perPhase(() => 0) };
  const sensorbox = { seed: 1, noise: 0, broken: 0, make: 'ideal' } as const;
  return new PlantLoop({ house, outlets: [outlet], sensorbox, limit_dA: 400, slice_ms: 50 }, from);
}
