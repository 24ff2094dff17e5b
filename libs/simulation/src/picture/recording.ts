// What a run leaves for people: a row each second and what happened in between. The world fills it when somebody wants
// a table or a picture; the hash and the verdict do not need it.
import type { Deciamps, Milliseconds, PerPhase, Phase } from '@fairamp/units';

export type PointRow = {
  /** What its lease (or, with `classic`, its share) allows. */
  readonly limit_dA: Deciamps;
  /** What the pilot says; 0 without PWM. */
  readonly offered_dA: Deciamps;
  readonly draw_dA: PerPhase<Deciamps>;
  readonly isClosed: boolean;
  readonly isPlugged: boolean;
};

/** What flows through a circuit: to others than our cars, and all of it. */
export type Flow = { readonly house_dA: PerPhase<Deciamps>; readonly mains_dA: PerPhase<Deciamps> };

export type Row = Flow & {
  readonly at: Milliseconds;
  /** In the order of `Recording.points`. */
  readonly points: readonly PointRow[];
  /** Below the mains, in the order of `Recording.circuits`. */
  readonly circuits?: readonly Flow[];
};

export type Happening = {
  readonly at: Milliseconds;
  /** disturbance: what was done to the site. reason: why a limit became what it is. said: an alarm or an error. */
  readonly kind: 'disturbance' | 'reason' | 'said' | 'trip' | 'violation';
  readonly who: string;
  readonly text: string;
  /** The same for its beginning and its end. */
  readonly pair?: string;
};

export type Recording = {
  readonly scenario: string;
  readonly about: string;
  readonly seed: number;
  readonly strategy: 'fairamp' | 'classic';
  readonly limit_dA: Deciamps;
  /** The end of the run; its last row may be a moment older. */
  readonly until: Milliseconds;
  readonly points: readonly { readonly id: string; readonly phases: readonly Phase[]; readonly maximum_dA: Deciamps }[];
  /** Below the mains; nothing said: there are none. */
  readonly circuits?: readonly {
    readonly id: string;
    readonly limit_dA: PerPhase<Deciamps>;
    /** Places in `points` of all that hang on it or below it. */
    readonly points: readonly number[];
  }[];
  readonly rows: readonly Row[];
  readonly happenings: readonly Happening[];
};
