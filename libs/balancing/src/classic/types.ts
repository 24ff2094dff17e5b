// What the 2.07 regulator knows (behaviour.md 5.1), in our words: its site of up to four modules, seen from the one that
// decides. Whole amperes where 2.07 has whole amperes, and integers as wide as its own, because `classic` is there to be
// the same to the bit: as parity with real modules, and as the baseline that every comparison shows beside ours.

/** What is set on the deciding module; a slave's own MAX arrives with its request. */
export type ClassicSettings = {
  readonly mode: 'normal' | 'smart';
  readonly loadbl: 'disabled' | 'master';
  readonly mains_A: number;
  readonly max_A: number;
  readonly min_A: number;
  /** What the deciding module's own cable carries, as it was read when its car arrived. */
  readonly cable_A: number;
};

/** St, Bal and Max of one module (behaviour.md 5.1). */
export type ClassicRecord = {
  readonly state: 'idle' | 'requesting' | 'charging';
  /** Kept when the module stops charging: what is broadcast then is stale (W15). */
  readonly share_A: number;
  readonly maximum_A: number;
};

export type ClassicBalance = {
  /** The largest of the phases, never negative, unsigned 16 bit; 0 in Normal mode. */
  readonly measured_dA: number;
  /** Iset: what all may have together, signed 16 bit. */
  readonly iset_dA: number;
  /** Runs in a row in which not everyone's MIN fitted, 8 bit. */
  readonly noCurrent: number;
  /** min(MAX, cable) of the deciding module while it charges, else MAX. */
  readonly chargeCurrent_A: number;
  /** Four of them; the first is the deciding module itself. */
  readonly records: readonly ClassicRecord[];
};

export const CLASSIC_MODULES = 4;
