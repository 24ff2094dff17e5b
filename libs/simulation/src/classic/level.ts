// How 2.07 reads the pilot's high level (behaviour.md 2.1): windows that are narrower than the standard's, with gaps in
// between that mean nothing. A module's step calls it for each sample.
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

/** In state A either of them is a car: what asks at once goes through B all the same. */
export function isCar(level: Level): boolean {
  return level === '9V' || level === '6V';
}
