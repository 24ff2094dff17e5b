// What a meter or a charge point tells by its own labels, put on the conductors of the mains: a transformer may sit on
// another conductor than its label says, or look the wrong way. The master reads every sample through this, before
// anything is decided on it.
import { type Rotation } from './rotation.js';
import { type PerPhase, type Phase, PHASES, mapPhases, perPhase } from './units.js';

/** order: the conductor that the meter's first, second and third transformer sits on. reversed: by the meter's labels. */
export type Transformers = { readonly order: Rotation; readonly reversed: readonly Phase[] };

/** The conductor behind one own label. */
export function conductorOf(own: Phase, rotation: Rotation): Phase {
  return rotation[PHASES.indexOf(own)] ?? own;
}

/** The own label of one conductor: the way back. */
export function labelOf(conductor: Phase, rotation: Rotation): Phase {
  return PHASES[rotation.indexOf(conductor)] ?? conductor;
}

/** The conductors behind several own labels, in the order of the mains. */
export function conductorsOf(own: readonly Phase[], rotation: Rotation): readonly Phase[] {
  return PHASES.filter((conductor) => own.includes(labelOf(conductor, rotation)));
}

/** What was told by the own labels, by the conductors. */
export function onMains<T>(own: PerPhase<T>, rotation: Rotation): PerPhase<T> {
  return perPhase((conductor) => own[labelOf(conductor, rotation)]);
}

type Told = { readonly current_dA: PerPhase<number>; readonly signed: boolean };

/** What a source without a sign tells is a magnitude: no direction can be put right in it. */
export function readingOnMains({ current_dA, signed }: Told, { order, reversed }: Transformers): PerPhase<number> {
  const righted = signed
    ? mapPhases(current_dA, (value, label) => (reversed.includes(label) ? 0 - value : value))
    : null;
  return onMains(righted ?? current_dA, order);
}
