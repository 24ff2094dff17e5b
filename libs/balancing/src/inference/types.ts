// What the inference is told and what it keeps. It stands beside the balancing: the master's node tells it each sample
// and each report of a charge point that has no meter, and asks it once a sample what those cars draw. Currents inside
// are means of readings and therefore fractions of a deciampere; what it answers is whole again.
import type { Deciamps, Milliseconds, PerPhase, Phase } from '@fairamp/units';

export type InferenceConfig = {
  /** Something behind the meter may feed in. Only where nothing can, the mains bound a car from above. */
  readonly mayExport: boolean;
};

export type InferenceEvent =
  | {
      readonly kind: 'sample';
      readonly at: Milliseconds;
      /** When it was true, at the earliest. */
      readonly measuredAt: Milliseconds;
      readonly current_dA: PerPhase<Deciamps>;
      readonly signed: boolean;
      /** Sums of what the metered cars drew around it, at least and at most; nothing where there are none. */
      readonly metered: { readonly lowest_dA: PerPhase<Deciamps>; readonly highest_dA: PerPhase<Deciamps> };
    }
  | {
      /** Each report of a charge point without a meter, changed or not. */
      readonly kind: 'obeyed';
      readonly id: string;
      readonly at: Milliseconds;
      /** What its outputs allow; 0 where they allow nothing. */
      readonly limit_dA: Deciamps;
      readonly isClosed: boolean;
      readonly isPlugged: boolean;
      /** The conductors of the mains on which it hangs. */
      readonly phases: readonly Phase[];
    }
  /** Somebody waits for room: lower this one for a moment, to see what it draws. */
  | { readonly kind: 'probe'; readonly id: string; readonly at: Milliseconds };

export type Inferred = {
  /** What it surely drew when the newest sample was measured. */
  readonly low_dA: PerPhase<Deciamps>;
  /** What it may have drawn then. */
  readonly high_dA: PerPhase<Deciamps>;
  /** The conductors that its car uses, from what answered twice; null = not known. */
  readonly phases: readonly Phase[] | null;
  /** It leaves clearly unused what it may draw. */
  readonly saturated: boolean;
  /** Hold it at this for the moment; null = no probe runs. */
  readonly probe_dA: Deciamps | null;
};

/** The mains as they stand: their mean, over how many samples, and the level up to which changes have been laid to somebody. */
export type Level = {
  readonly mean_dA: number;
  readonly weight: number;
  readonly settled_dA: number;
  /** By how much it has lately changed without us, a second. */
  readonly restless_dA_per_s: number;
};

export type Bounds = { readonly low_dA: PerPhase<number>; readonly high_dA: PerPhase<number> };

/** One charge point; during a trial its bounds are those of before it. */
export type Point = Bounds & {
  readonly id: string;
  readonly phases: readonly Phase[];
  /** Its limit, or 0 over an open contactor. */
  readonly allowed_dA: Deciamps;
  /** When the mains were last asked about it; null = never. */
  readonly provenAt: Milliseconds | null;
  readonly changedAt: Milliseconds;
  /** The conductors that answered the newest raise, and how often the same ones did. */
  readonly learnt: { readonly phases: readonly Phase[]; readonly times: number } | null;
  readonly probe: { readonly to_dA: Deciamps; readonly at: Milliseconds } | null;
};

/** How one charge point's limit has moved since the trial began. */
export type Move = {
  readonly from_dA: Deciamps;
  readonly least_dA: Deciamps;
  readonly most_dA: Deciamps;
  readonly now_dA: Deciamps;
  /** From here on its car has followed, or does not. */
  readonly doneAt: Milliseconds;
};

/** The mains without the metered cars. */
export type ClearSample = {
  readonly at: Milliseconds;
  readonly measuredAt: Milliseconds;
  readonly mains_dA: PerPhase<number>;
};

/** From a change of ours until the mains have answered it; changes that come meanwhile belong to it. */
export type Trial = {
  readonly openedAt: Milliseconds;
  /** The mains before it. */
  readonly base_dA: PerPhase<number>;
  /** What they have fallen by and no move of ours explains. */
  readonly fallen_dA: PerPhase<number>;
  /** The most that a sample of it has shown. */
  readonly peak_dA: PerPhase<number>;
  /** Conductors on which nothing may be credited, for nobody knows the direction. */
  readonly barred: readonly Phase[];
  readonly moves: Readonly<Record<string, Move>>;
  /** The newest three of it, newest last. */
  readonly samples: readonly ClearSample[];
};

/** What a trial's newest samples say, on one conductor. */
export type Answer = {
  /** Above what they were before, in both newest samples; negative where they fell. */
  readonly risen_dA: number;
  readonly fallen_dA: number;
  /** Above what they were before, at most. */
  readonly peak_dA: number;
  /** Sums over all moves: how much the cars may have gone up and down, and how much they surely have gone down. */
  readonly mayRise_dA: number;
  readonly mayFall_dA: number;
  readonly surelyFell_dA: number;
  readonly noise_dA: number;
  /** What the house will have changed by in that time, if it goes on as it was. */
  readonly restless_dA: number;
  readonly isBarred: boolean;
};

/** The bounds as of the newest sample, and what was allowed by then. */
export type Shown = Bounds & { readonly allowed_dA: Deciamps; readonly probe_dA: Deciamps | null };

export type InferenceState = {
  readonly points: Readonly<Record<string, Point>>;
  /** null = no clear sample yet, or none for too long. */
  readonly levels: PerPhase<Level> | null;
  /** The newest clear sample. */
  readonly sampledAt: Milliseconds;
  /** Nothing has jumped since, and no limit has moved. */
  readonly quietSince: Milliseconds;
  readonly trial: Trial | null;
  readonly shown: Readonly<Record<string, Shown>>;
};
