// How outlets' terminals hang on the mains' conductors: what a car draws, seen from there.
import { type Phase, sumOf } from '@fairamp/units';
import { type OutletConfig, type OutletState } from './outlet.js';

/** What an outlet takes from one conductor of the mains, in mA: over all terminals that hang on it. */
export function drawnFrom(conductor: Phase, { car }: OutletState, outlet: OutletConfig): number {
  if (car === null || car.drawn_mA === 0) return 0;
  return sumOf(outlet.car.terminals, (terminal) => (outlet.wiring[terminal] === conductor ? car.drawn_mA : 0));
}

/** The same of all. @param configs in the order of the states */
export function drawnFromAll(
  conductor: Phase,
  outlets: readonly OutletState[],
  configs: readonly OutletConfig[],
): number {
  let drawn_mA = 0;
  for (let index = 0; index < configs.length; index += 1) drawn_mA += drawnAt(index, conductor, outlets, configs);
  return drawn_mA;
}

/** And of one of them. */
export function drawnAt(
  index: number,
  conductor: Phase,
  outlets: readonly OutletState[],
  configs: readonly OutletConfig[],
): number {
  const [outlet, config] = [outlets[index], configs[index]];
  return outlet === undefined || config === undefined ? 0 : drawnFrom(conductor, outlet, config);
}
