// Which conductor of the mains each conductor of a charge point (or each transformer of a meter) is on. Electricians
// turn the three of neighbouring charge points so that one-phase cars do not all draw from L1.
import { PHASES, type Phase } from './units.js';

/** The mains' conductor behind the own L1, L2 and L3: any order of the three. */
export type Rotation = readonly [Phase, Phase, Phase];
export const AS_LABELLED: Rotation = ['L1', 'L2', 'L3'];

export function isRotation(phases: readonly Phase[]): phases is Rotation {
  return phases.length === 3 && PHASES.every((phase) => phases.includes(phase));
}
