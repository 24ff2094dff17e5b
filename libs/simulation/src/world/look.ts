// The truth of one step as the checkers see it.
import { ampsOf, type PilotOutput } from '@fairamp/evse';
import { PHASES, type Deciamps, type Phase } from '@fairamp/units';
import { isFull } from '../car.js';
import type { OutletTruth } from '../checks/moment.js';
import type { OutletConfig, OutletState } from '../outlet.js';
import { type PlantDrive } from './plant-drive.js';

export function outletsOf(plant: PlantDrive): readonly OutletTruth[] {
  return plant.config.outlets.map((outlet, index) => outletOf(plant, outlet, index));
}

function outletOf(plant: PlantDrive, outlet: OutletConfig, index: number): OutletTruth {
  const state = plant.state.outlets[index];
  const { pilot, isPowerAllowed, isClosed, car }: Pick<OutletState, 'pilot' | 'isPowerAllowed' | 'isClosed' | 'car'> =
    state ?? GONE;
  return {
    id: outlet.id,
    pilot: car === null ? 'A' : car.isAsking ? 'C' : 'B',
    output: pilot.kind,
    offered_dA: offeredBy(pilot),
    isPowerAllowed,
    isClosed,
    draw_dA: plant.drawOnMains(index),
    isHungry: car !== null && !isFull(car, outlet.car),
    phases: car === null ? NO_PHASES : phasesOf(outlet),
    wired: wiredOf(outlet),
    lock: 'none',
  };
}

const GONE = { pilot: { kind: 'X1' }, isPowerAllowed: false, isClosed: false, car: null } as const;
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
