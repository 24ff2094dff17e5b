// What a charge point has beside a plain one: its lock, its residual-current monitor, its switch, ventilation, a meter.
// Drawn from the scenario's lists by dice of their own, so that another list leaves site, cars and faults as they were.
import type { Dice } from '../random.js';
import type { PointOptions, SiteConfig } from '../world/system.js';
import { drawn_ms } from './ranges.js';
import type { Scenario } from './schema.js';

/** Of a plain charge point, whatever is drawn. */
export const NO_OPTIONS: Scenario['site']['options'] = {
  lock: ['none'],
  swapped_permille: 0,
  residual: ['disabled'],
  access: ['disabled'],
  stopRestart_s: 0,
  ventilated_permille: 0,
  unmetered_permille: 0,
};

export function optionsOf(options: Scenario['site']['options'], dice: Dice): PointOptions {
  return {
    lock: { actuator: any(options.lock, dice), swapped: dice.happens(options.swapped_permille) },
    residual: any(options.residual, dice),
    access: any(options.access, dice),
    stopRestart_s: Math.round(drawn_ms(options.stopRestart_s, dice) / 1000),
    ventilated: dice.happens(options.ventilated_permille),
    isMetered: !dice.happens(options.unmetered_permille),
  };
}

function any<T>(items: readonly T[], dice: Dice): T {
  return dice.pick(items as readonly [T, ...T[]]);
}

/** What the owner has told the master: a meter that reads the same for minutes is no Sensorbox, and the sun is the sun. */
export function toldOf(house: Scenario['house'], meter: Scenario['meter']): Pick<SiteConfig, 'generation' | 'source'> {
  return {
    ...(meter.make === 'ideal' ? { source: 'modbus' } : {}),
    ...(house.export_permille > 0 ? { generation: 'solar' } : {}),
  };
}
