// The labels of a charge point or of a meter against the conductors of the mains: from one to the other and back.
import { type Rotation } from './rotation.js';
import { type Phase, PHASES } from './units.js';

/** order: the conductor that the meter's first, second and third transformer sits on. reversed: by conductor. */
export type Transformers = { readonly order: Rotation; readonly reversed: readonly Phase[] };

/** The conductor behind one own label. */
export function conductorOf(own: Phase, rotation: Rotation): Phase {
  return rotation[PHASES.indexOf(own)] ?? own;
}

/** The own label of one conductor. */
export function labelOf(conductor: Phase, rotation: Rotation): Phase {
  return PHASES[rotation.indexOf(conductor)] ?? conductor;
}
