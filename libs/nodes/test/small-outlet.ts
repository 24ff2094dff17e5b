// An outlet of the small site, and the car at it.
import {
  labelOf,
  perPhase,
  type Deciamps,
  type Milliseconds,
  type PerPhase,
  type Phase,
  type Rotation,
} from '@fairamp/units';

export type Car = {
  phases: readonly Phase[];
  maximum_dA: Deciamps;
  plugged: boolean;
  wants: boolean;
  draw_dA: Deciamps;
};

/** rotation: the mains' conductors behind its terminals; `car.phases` are of its terminals. */
export type Outlet = {
  isMetered: boolean;
  closed: boolean;
  duty_dA: Deciamps;
  dutySince: Milliseconds;
  car: Car;
  rotation: Rotation;
};

/** What flows from one conductor of the mains. */
export function drawnFrom(conductor: Phase, { car, rotation }: Outlet): Deciamps {
  return car.phases.includes(labelOf(conductor, rotation)) ? car.draw_dA : 0;
}

/** By its own terminals. */
export function ownDraw({ car }: Outlet): PerPhase<Deciamps> {
  return perPhase((own) => (car.phases.includes(own) ? car.draw_dA : 0));
}

export function pilotLevel({ car, duty_dA }: Outlet): number {
  if (!car.plugged) return 12_000;
  return car.wants && (duty_dA > 0 || car.draw_dA > 0) ? 6_000 : 9_000;
}
