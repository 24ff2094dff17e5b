// The three cars of the lab, which differ in what makes sharing hard: one leans on a single phase, one takes its time
// to use what it was given, one has had enough before the others.
import { PHASES } from '@fairamp/units';
import { type CarConfig, USUAL_FALL_mA_per_s } from './car.js';

const ordinary: CarConfig = {
  terminals: PHASES,
  maximum_dA: 160,
  rise_mA_per_s: 4000,
  fall_mA_per_s: USUAL_FALL_mA_per_s,
  follow_ms: 700,
  follows: 'newest',
  stop_ms: 1200,
  ask_ms: 1000,
  start_ms: 800,
  battery: { capacity_Wh: 60_000, arrivesAt_permille: 400, tapersFrom_permille: 900, stopsAt_permille: 1000 },
  hasDiode: true,
  asking_ohm: 882,
};

export const CARS = {
  'single-phase': { ...ordinary, terminals: ['L1'], maximum_dA: 320 },
  /** 16 A after half a minute. */
  'slow-ramp': { ...ordinary, rise_mA_per_s: 500 },
  /** Arrives so nearly charged that it stops within a minute of its share: 0.18 % of 40 kWh is 72 Wh. */
  'stops-at-80': {
    ...ordinary,
    battery: { capacity_Wh: 40_000, arrivesAt_permille: 798.2, tapersFrom_permille: 799.5, stopsAt_permille: 800 },
  },
} as const satisfies Record<string, CarConfig>;

export type CarName = keyof typeof CARS;
