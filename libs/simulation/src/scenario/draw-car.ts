// One car of a scenario: which phases it leans on, how quickly it follows, how full it comes.
import { PHASES } from '@fairamp/units';
import { USUAL_FALL_mA_per_s, type CarConfig } from '../car.js';
import { CARS } from '../cars.js';
import { type Dice } from '../random.js';
import { drawn_ms, tenths } from './ranges.js';
import type { Scenario } from './schema.js';

/** No delay, no ramp, never full: for a table that was made so (behaviour.md 5.6). */
const AT_ONCE_mA_per_s = 1_000_000;
const ENDLESS: CarConfig['battery'] = {
  capacity_Wh: 1_000_000,
  arrivesAt_permille: 0,
  tapersFrom_permille: 999,
  stopsAt_permille: 1000,
};

/** It does not see PWM go, and draws until the contactor opens: the reason for H (design 3 rule 5). */
const UNTIL_OPENED_ms = 3_600_000;

/** As the test adapter for state D (io.md 5). */
const AIR_ohm = 246;

export function carOf({ kinds, maximum_A, follow_s, air_permille }: Scenario['cars'], dice: Dice): CarConfig {
  const kind = kinds[dice.between(0, kinds.length - 1)] ?? 'three-phase';
  const ordinary: CarConfig = {
    ...CARS['slow-ramp'],
    maximum_dA: tenths(maximum_A, dice),
    rise_mA_per_s: dice.between(1500, 8000),
    follow_ms: drawn_ms(follow_s, dice),
    stop_ms: dice.between(200, 2500),
    ask_ms: dice.between(300, 3000),
    start_ms: dice.between(300, 2000),
    asking_ohm: dice.happens(air_permille) ? AIR_ohm : CARS['slow-ramp'].asking_ohm,
    battery: {
      capacity_Wh: 60_000,
      arrivesAt_permille: dice.between(100, 850),
      tapersFrom_permille: 900,
      stopsAt_permille: 1000,
    },
  };
  switch (kind) {
    case 'three-phase':
      return ordinary;
    case 'single-phase':
      return { ...ordinary, terminals: ['L1'] };
    case 'two-phase':
      return { ...ordinary, terminals: ['L1', 'L2'] };
    case 'slow-ramp':
      return { ...ordinary, rise_mA_per_s: dice.between(200, 800) };
    case 'nearly-full':
      return { ...ordinary, battery: { ...ordinary.battery, arrivesAt_permille: dice.between(890, 960) } };
    case 'stubborn':
      return { ...ordinary, stop_ms: UNTIL_OPENED_ms };
    case 'ideal':
      return ideal(ordinary);
  }
}

function ideal(ordinary: CarConfig): CarConfig {
  return {
    ...ordinary,
    terminals: PHASES.slice(0, 1),
    follows: 'line',
    rise_mA_per_s: AT_ONCE_mA_per_s,
    fall_mA_per_s: Math.max(AT_ONCE_mA_per_s, USUAL_FALL_mA_per_s),
    stop_ms: 200,
    ask_ms: 300,
    start_ms: 0,
    battery: ENDLESS,
  };
}
