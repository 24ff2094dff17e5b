// Why a limit is what it is. A grant carries a set of these, the live view shows them, and no limit is without one.

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
  /** Not everyone's minimum fits now; this one's turn comes. */
  'waiting-turn',
  /** Not even alone would its minimum fit. */
  'no-current',
  /** Room is there, but is still promised to somebody who has not been seen to let go of it. */
  'reserved',
  /** Raises of one charge point are at least 5 s apart. */
  'raise-interval',
  /** The newest sample is too old for a raise. */
  'stale-mains',
  /** This master has not been named for 17 s yet: nobody is raised. */
  'silence',
  /** Not heard for 2.5 s. */
  'unheard',
  /** Two charge points answer to this id. */
  'duplicate-id',
] as const;
export type Because = (typeof BECAUSES)[number];
