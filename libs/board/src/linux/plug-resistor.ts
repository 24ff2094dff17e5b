// From the voltage at the proximity contact to the plug's resistor. A reading that no resistor gives is none.
import type { Millivolts } from '@fairamp/units';
import type { BoardDescription } from './description.js';

type Reads = NonNullable<BoardDescription['proximity']>['reads'];

/** Above it nothing is plugged in. */
const OPEN_ohm = 20_000;

/** @returns null = no plug; 0 = shorted */
export function plugResistor(level_mV: Millivolts, reads: Reads): number | null {
  if (reads.kind === 'table') {
    const row = reads.rows.find(({ from_mV }) => level_mV >= from_mV);
    return row === undefined ? 0 : row.ohm;
  }
  if (level_mV <= 0) return 0;
  if (level_mV >= reads.supply_mV) return null;
  const ohm = Math.round((reads.pullUp_ohm * level_mV) / (reads.supply_mV - level_mV));
  return ohm > OPEN_ohm ? null : ohm;
}
