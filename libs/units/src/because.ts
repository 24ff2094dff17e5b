// Why a limit is what it is. A grant carries a set of these, the live view shows them, and no limit is without one.
// A circuit below the mains is named by its id: `circuit-garage-L2`.
import { PHASES, type Phase } from './units.js';

export const BECAUSES = [
  /** No car asks for current. */
  'no-car',
  /** The charge point's own MAX. */
  'setting-max',
  /** The cable's rating. */
  'cable',
  /** The mains, on that conductor. */
  'mains-L1',
  'mains-L2',
  'mains-L3',
  /** Others share what there is. */
  'fair-share',
  /** A newcomer starts at its minimum and is raised when it has been seen to draw. */
  'newcomer',
  /** The car draws less than it may; what it leaves goes to the others. */
  'car-draws-less',
  /** The car needs no more than this to be ready when it leaves; others need it sooner. */
  'in-good-time',
  /** Not everyone's minimum fits now; this one's turn comes. */
  'waiting-turn',
  /** Not even alone would its minimum fit. */
  'no-current',
  /** Room is there, but is still promised to somebody who has not been seen to let go of it. */
  'reserved',
  /** Raises of one charge point are at least 5 s apart. */
  'raise-interval',
  /** A car without a meter is held back for some seconds, to see what it draws; nobody is raised meanwhile. */
  'probe',
  /** The newest sample is too old for a raise. */
  'stale-mains',
  /** The meter contradicts itself or our cars: nobody is raised on its word. */
  'doubtful-meter',
  /** This master has not been named for 17 s yet: nobody is raised. */
  'silence',
  /** Not heard for 2.5 s. */
  'unheard',
  /** Two charge points answer to this id. */
  'duplicate-id',
] as const;
/** A conductor of a circuit below the mains. */
type CircuitBecause = `circuit-${string}-${Phase}`;
export type Because = (typeof BECAUSES)[number] | CircuitBecause;

/** The circuit above all others; its conductors are `mains-L1` and so on. */
export const MAINS = 'mains';

export function becauseOfBranch(circuit: string, phase: Phase): Because {
  return circuit === MAINS ? `mains-${phase}` : `circuit-${circuit}-${phase}`;
}

/** @returns null where it names no conductor of a circuit below the mains */
export function branchOf(because: string): { readonly circuit: string; readonly phase: Phase } | null {
  const [, circuit, end] = CIRCUIT_BECAUSE.exec(because) ?? [];
  const phase = PHASES.find((one) => one === end);
  return circuit === undefined || phase === undefined ? null : { circuit, phase };
}
const CIRCUIT_BECAUSE = /^circuit-([a-z0-9][a-z0-9-]{0,31})-(L[123])$/;

export function isBecause(word: string): word is Because {
  return (BECAUSES as readonly string[]).includes(word) || branchOf(word) !== null;
}
