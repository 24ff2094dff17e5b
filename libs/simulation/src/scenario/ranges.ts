// Drawing from a scenario's ranges, into the integers of the rooms.
import type { Deciamps, Milliseconds } from '@fairamp/units';
import { type Dice } from '../random.js';
import type { Range } from './schema.js';

/** A draw from a range, in whole tenths of its unit. */
export function tenths(range: Range, dice: Dice): number {
  return typeof range === 'number'
    ? Math.round(range * 10)
    : dice.between(Math.round(range[0] * 10), Math.round(range[1] * 10));
}

/** A draw in seconds, as milliseconds. */
export function drawn_ms(range: Range, dice: Dice): Milliseconds {
  return typeof range === 'number'
    ? Math.round(range * 1000)
    : dice.between(Math.round(range[0] * 1000), Math.round(range[1] * 1000));
}

/** Of amperes, in whole ones. */
export function wholeAmps_dA(range: Range, dice: Dice): Deciamps {
  return (
    10 * (typeof range === 'number' ? Math.round(range) : dice.between(Math.round(range[0]), Math.round(range[1])))
  );
}

/** Each at or above the one before. */
export function rising(values: readonly number[]): boolean {
  return values.every((value, index) => value >= (values[index - 1] ?? -Infinity));
}
