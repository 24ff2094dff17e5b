// How 2.07 reads the pilot's high level (behaviour.md 2.1) and the plug's resistor (4): windows that are narrower than the
// standard's, with gaps in between that mean nothing. A module's step calls it for each sample.
import type { Millivolts } from '@fairamp/units';
import type { Level } from './types.js';

type Window = { readonly from_mV: Millivolts; readonly to_mV: Millivolts; readonly is: Level };
const WINDOWS: readonly Window[] = [
  { from_mV: 11_190, to_mV: Infinity, is: '12V' },
  { from_mV: 8190, to_mV: 9520, is: '9V' },
  { from_mV: 4680, to_mV: 6640, is: '6V' },
  { from_mV: -12_730, to_mV: -11_020, is: 'diode' },
];

export function levelOf(mV: Millivolts): Level {
  return WINDOWS.find(({ from_mV, to_mV }) => mV >= from_mV && mV <= to_mV)?.is ?? 'none';
}

/** 680, 220 and 100 Ohm in windows as narrow; everything else, no resistor too, is 13 A (behaviour.md 4). */
const CABLES = [
  { from_ohm: 629, to_ohm: 734, carries_A: 16 },
  { from_ohm: 208, to_ohm: 231, carries_A: 32 },
  { from_ohm: 95, to_ohm: 105, carries_A: 63 },
] as const;
const OTHER_CABLE_A = 13;

export function capacityOf(ohm: number | null): number {
  const found = CABLES.find(({ from_ohm, to_ohm }) => ohm !== null && ohm >= from_ohm && ohm <= to_ohm);
  return found?.carries_A ?? OTHER_CABLE_A;
}

/** In state A either of them is a car: what asks at once goes through B all the same. */
export function isCar(level: Level): boolean {
  return level === '9V' || level === '6V';
}
