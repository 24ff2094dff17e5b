// One outlet alone, ten milliseconds at a time, with a heartbeat each second and commands at their times.
import { CARS } from '../src/cars.js';
import {
  type OutletCommand,
  type OutletConfig,
  type OutletState,
  commandOutlet,
  initialOutlet,
  stepOutlet,
} from '../src/outlet.js';
import { type OutletEvent } from '../src/outlet-senses.js';
import { type PhysicalFault } from '../src/physical-faults.js';

export const BARE: OutletConfig = {
  id: '1',
  seed: 1,
  wiring: { L1: 'L1', L2: 'L2', L3: 'L3' },
  car: CARS['single-phase'],
  cable_ohm: 220,
  failSafe_ms: 5500,
  contactor_ms: 40,
  source_mV: 12_000,
  sampleEvery_ms: 20,
  proximityEvery_ms: 500,
};
export const FITTED: OutletConfig = {
  ...BARE,
  fittings: { lock: 'motor', hasSwitch: true, residual: 'tested', hasThermometer: true },
};

export type Happened = OutletEvent & { readonly at: number };
export type Story = { readonly state: OutletState; readonly events: readonly Happened[] };
export type Deed = readonly [at: number, command: OutletCommand];

type From = { readonly at: number; readonly state: OutletState };

export function play(until: number, deeds: readonly Deed[], from: From = { at: 0, state: initialOutlet() }): Story {
  let { state } = from;
  const events: Happened[] = [];
  for (let at = from.at + 10; at <= until; at += 10) {
    if (at % 1000 === 0) state = commandOutlet(state, at, { kind: 'heartbeat' }, FITTED.car);
    for (const [due, command] of deeds) if (due === at) state = commandOutlet(state, at, command, FITTED.car);
    const step = stepOutlet(state, { at, elapsed_ms: 10 }, FITTED);
    state = step.state;
    events.push(...step.events.map((event) => ({ ...event, at })));
  }
  return { state, events };
}

export const breaks = (fault: PhysicalFault): OutletCommand => ({ kind: 'fault', fault, on: true });
export const mends = (fault: PhysicalFault): OutletCommand => ({ kind: 'fault', fault, on: false });
export const power = (on: boolean): OutletCommand => ({ kind: 'allow-power', on });
/** 16 A. */
export const PWM: OutletCommand = { kind: 'set-pilot', pilot: { kind: 'pwm', duty_permille: 266 } };
export const LOCK: OutletCommand = { kind: 'lock', toward: 'locked', for_ms: 600 };
/** A car comes, asks, and is given power at 3 s. */
export const CHARGING: readonly Deed[] = [
  [10, { kind: 'heartbeat' }],
  [10, { kind: 'plug' }],
  [20, PWM],
  [3000, power(true)],
];
