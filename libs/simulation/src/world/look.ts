// The truth of one step as the checkers see it.
import { ampsOf, type PilotOutput } from '@fairamp/evse';
import { PHASES, type Deciamps, type Milliseconds, type Phase } from '@fairamp/units';
import { capability, isFull } from '../car.js';
import type { OutletTruth } from '../checks/moment.js';
import type { CarConfig } from '../car.js';
import { initialOutlet, type OutletConfig, type OutletState } from '../outlet.js';
import { tripped } from '../physical-faults.js';
import { type PlantDrive } from './plant-drive.js';
import type { PointConfig, PointOptions } from './system.js';

/** @param points in the order of the plant's outlets */
export function outletsOf(plant: PlantDrive, points: readonly PointConfig[] = []): readonly OutletTruth[] {
  return plant.config.outlets.map((outlet, index) => outletOf(plant, outlet, index, points[index] ?? PLAIN_POINT));
}

const PLAIN: Pick<PointOptions, 'ventilated' | 'isMetered' | 'lock'> = {
  ventilated: false,
  isMetered: true,
  lock: { actuator: 'none', swapped: false },
};
type Point = Pick<PointConfig, 'maximum_dA' | 'cable_dA' | 'priority' | 'options'>;
const PLAIN_POINT: Point = { maximum_dA: Infinity, cable_dA: Infinity };

function outletOf(plant: PlantDrive, outlet: OutletConfig, index: number, point: Point): OutletTruth {
  const { ventilated, isMetered, lock } = point.options ?? PLAIN;
  const state = plant.state.outlets[index] ?? GONE;
  const { pilot, isPowerAllowed, isClosed, car, fittings, faults } = state;
  return {
    id: outlet.id,
    pilot: lineOf(state, outlet.car),
    output: pilot.kind,
    offered_dA: offeredBy(pilot),
    isPowerAllowed,
    isClosed,
    draw_dA: plant.drawOnMains(index),
    isHungry: isHungry(state, outlet.car, ventilated),
    phases: car === null ? NO_PHASES : phasesOf(outlet),
    most_dA: mostOf(car, plant.state.at, outlet.car, point),
    priority: point.priority ?? 0,
    wired: wiredOf(outlet),
    lock: hasLock(outlet) ? fittings.bolt : 'none',
    isLockReversed: faults.includes('lock-swapped'),
    isVentilated: ventilated,
    isMetered,
    residual: residualOf(fittings),
    celsius: fittings.told?.celsius ?? ROOM_celsius,
    isSupplyFailing: faults.includes('supply-failing'),
    isPressed: fittings.isPressed,
    broken: lock.swapped ? withSwap(faults) : faults,
  };
}

function mostOf(
  car: OutletState['car'],
  at: Milliseconds,
  config: CarConfig,
  { maximum_dA, cable_dA }: Point,
): Deciamps {
  return car === null ? 0 : Math.min(maximum_dA, cable_dA, capability(car, at, config));
}

/** Where the wires are swapped by plan they are broken when they are not. */
function withSwap(faults: OutletState['faults']): OutletState['faults'] {
  return tripped(faults, 'lock-swapped', !faults.includes('lock-swapped'));
}

function isHungry({ car }: OutletState, config: CarConfig, ventilated: boolean): boolean {
  return car !== null && !isFull(car, config) && (ventilated || !wantsAir(config));
}

function hasLock({ fittings }: OutletConfig): boolean {
  return fittings !== undefined && fittings.lock !== 'none';
}

function residualOf({ told }: OutletState['fittings']): OutletTruth['residual'] {
  if (told === null || told.tripped === null) return 'none';
  return told.tripped ? 'tripped' : 'quiet';
}

/** Where nobody measures it. */
const ROOM_celsius = 25;
const GONE = initialOutlet();

/** By what hangs on the line; a short outdoes the car. */
function lineOf({ car, faults }: OutletState, config: CarConfig): OutletTruth['pilot'] {
  if (faults.includes('pilot-shorted')) return 'E';
  if (faults.includes('pilot-negative')) return 'F';
  if (car === null) return 'A';
  if (!car.isAsking) return 'B';
  return wantsAir(config) ? 'D' : 'C';
}

/** Half way between the two test adapters (io.md 5), whatever a cable adds. */
const AIR_below_ohm = 500;

function wantsAir({ asking_ohm }: CarConfig): boolean {
  return asking_ohm < AIR_below_ohm;
}

const NO_PHASES: readonly Phase[] = [];
const known = new WeakMap<OutletConfig, { phases: readonly Phase[]; wired: readonly Phase[] }>();

/** The mains' conductors under the terminals that this car uses. */
export function phasesOf(outlet: OutletConfig): readonly Phase[] {
  return conductorsOf(outlet).phases;
}

function wiredOf(outlet: OutletConfig): readonly Phase[] {
  return conductorsOf(outlet).wired;
}

function conductorsOf(outlet: OutletConfig): { phases: readonly Phase[]; wired: readonly Phase[] } {
  const found = known.get(outlet);
  if (found !== undefined) return found;
  const under = (terminals: readonly Phase[]): readonly Phase[] =>
    PHASES.filter((phase) => terminals.some((terminal) => outlet.wiring[terminal] === phase));
  const conductors = { phases: under(outlet.car.terminals), wired: under(PHASES) };
  known.set(outlet, conductors);
  return conductors;
}

function offeredBy(pilot: PilotOutput): Deciamps {
  return pilot.kind === 'pwm' ? ampsOf(pilot.duty_permille) : 0;
}
