// Does a meter deserve belief? The words of that question: what the master tells (samples, and what our metered cars
// draw), what is remembered of it, and what is answered. Nothing here knows a message or a clock; every list in the
// state has a bound.
import type { Deciamps, Milliseconds, PerPhase, Phase } from '@fairamp/units';
import type { SourceKind } from './sources.js';

export type Generation = 'none' | 'solar' | 'battery';

export type TrustConfig = {
  readonly source: SourceKind;
  /** What the circuit behind this meter may carry. */
  readonly limit_dA: PerPhase<Deciamps>;
  /** Conductors that have a transformer: another one reads 0 A and proves nothing. */
  readonly phases: readonly Phase[];
  /**
   * What may feed in behind this meter. With solar, less than our cars draw is export. A battery that holds the mains
   * at nothing answers our steps itself. null = nobody has said: by the source (`generation.ts`).
   */
  readonly generation: Generation | null;
};

export type SampleEvent = {
  readonly kind: 'sample';
  readonly at: Milliseconds;
  /** When it was true, at the earliest, but for what the source itself is late (`sources.ts`). */
  readonly measuredAt: Milliseconds;
  /** The life of the meter's bridge: another one begins with a clean sheet. */
  readonly boot: string;
  readonly current_dA: PerPhase<Deciamps>;
  readonly signed: boolean;
};

/**
 * What our cars below this meter draw now, on each conductor of the mains: surely at least, and at most. A car whose
 * draw is metered and was told by a report that was made within the last 2 s counts with it on both sides; any other
 * with 0 and with all it may still draw. To be told at least twice a second: that somebody is not heard any more is news
 * as well.
 */
export type CarsEvent = {
  readonly kind: 'cars';
  readonly at: Milliseconds;
  readonly drawLow_dA: PerPhase<Deciamps>;
  readonly drawHigh_dA: PerPhase<Deciamps>;
};

export type TrustEvent = SampleEvent | CarsEvent;

export const DISTRUST_CODES = [
  /** The same reading again and again. */
  'frozen',
  /** A conductor falls when our cars rise. */
  'sign-flipped',
  /** Our step on one conductor appears on another. */
  'swapped',
  /** More than the connection can carry. */
  'implausible',
  /** Less than our cars surely draw. */
  'below-cars',
  /** Nothing on a conductor on which our cars surely draw. */
  'unplugged',
  /** A conductor does not answer our cars' steps. */
  'unmoved',
  /** A conductor answers them with much too little. */
  'scaled',
] as const;
export type DistrustCode = (typeof DISTRUST_CODES)[number];

export type Suspicion = {
  readonly because: DistrustCode;
  readonly phases: readonly Phase[];
  readonly since: Milliseconds;
  /** In words, with the figures. */
  readonly evidence: string;
};

/**
 * trusted: decide on it. doubtful: raise nobody; `setsAside`: decide nothing on the newest sample either, the one before
 * it goes on. distrusted: as if there were no sample, and an alarm.
 */
export type Verdict =
  | { readonly level: 'trusted' }
  | ({ readonly level: 'doubtful'; readonly setsAside: boolean } & Suspicion)
  | ({ readonly level: 'distrusted' } & Suspicion);

/** At least and at most. */
export type Bounds = { readonly low_dA: PerPhase<Deciamps>; readonly high_dA: PerPhase<Deciamps> };

/** Half a second of what our cars draw. */
export type CarsBucket = Bounds & { readonly from: Milliseconds; readonly to: Milliseconds };

/** A sample beside what our cars drew when it was measured. */
export type Judged = {
  readonly measuredAt: Milliseconds;
  readonly current_dA: PerPhase<Deciamps>;
  readonly signed: boolean;
  readonly cars: Bounds;
};

type Left = { readonly house_dA: Deciamps; readonly since: Milliseconds };
/**
 * What a conductor's reading leaves for the house, and since when: if it goes along with our cars, or against them.
 */
export type Calm = { readonly along: Left; readonly against: Left };
export type IsCalm = { readonly [hypothesis in keyof Calm]: boolean };

/** The sample against which the next step of our cars is seen, and where the house had been still before it. */
export type Anchor = Judged & {
  readonly isCalm: PerPhase<IsCalm>;
  /** Some conductor is so near to its limit that the master answers every change of the house. */
  readonly isHeld: boolean;
  /** The readings since, while our step is not over. */
  readonly lowest_dA: PerPhase<Deciamps>;
  readonly highest_dA: PerPhase<Deciamps>;
};

/** What a step says against the meter, until the samples after it have confirmed that nothing else moved. */
export type Candidates = { readonly sample: Judged; readonly votes: readonly Vote[] };

/** Samples in a row with the same reading on all conductors. */
export type Run = {
  readonly since: Milliseconds;
  readonly current_dA: PerPhase<Deciamps>;
  readonly samples: number;
  /** Steps of our cars meanwhile, in points (`sources.ts`), the newest of them, and samples since. */
  readonly points: number;
  readonly step: Step | null;
  readonly samplesSince: number;
  /** What our cars drew before the step that is waited for. */
  readonly mark: Judged;
};

/** A step of our cars on one conductor, and what the reading there made of it. */
export type Step = { readonly phase: Phase; readonly drawn_dA: Deciamps; readonly read_dA: Deciamps };

/** What one step of our cars says of the reading on one conductor. */
export type Vote = Step & {
  /** null = it speaks for the meter. */
  readonly lie: StepLie | null;
  /** swapped: where the step appeared. */
  readonly other: Phase | null;
  /** scaled: the reading as a share of the step, at least and at most. */
  readonly factor: readonly [number, number] | null;
  /** The house was still before, or could not have done it: else the step raises a doubt and counts for nothing. */
  readonly isTest: boolean;
};

/** One lie on one conductor: the steps that speak for it, since the last that spoke for the meter. */
export type Tally = Step & {
  readonly because: StepLie;
  /** swapped: where the step appeared. */
  readonly other: Phase | null;
  readonly points: number;
  readonly steps: number;
  readonly at: Milliseconds;
  /** scaled: the factors that fit every step so far. */
  readonly factor: readonly [number, number] | null;
};
export type StepLie = 'sign-flipped' | 'swapped' | 'unmoved' | 'scaled';

export type Accusation = Suspicion & {
  /** Since when nothing speaks for it any more; null = it is not refuted. */
  readonly refutedSince: Milliseconds | null;
  /** What it read then: a frozen meter that says anything else is frozen no more. */
  readonly reading_dA: PerPhase<Deciamps>;
};

export type TrustState = {
  /** null = no sample yet. */
  readonly boot: string | null;
  /** Oldest first. */
  readonly cars: readonly CarsBucket[];
  /** Samples that wait for the cars' word on their time. */
  readonly pending: readonly SampleEvent[];
  /** Measured last of those that were taken for judgement. */
  readonly takenAt: Milliseconds | null;
  readonly anchor: Anchor | null;
  readonly calm: PerPhase<Calm> | null;
  readonly candidates: Candidates | null;
  readonly run: Run | null;
  readonly tallies: readonly Tally[];
  /** Of the newest samples, oldest first: the conductors that read less than our cars draw. */
  readonly short: readonly (readonly Phase[])[];
  /** Of the newest samples, oldest first: beyond what the connection can carry. */
  readonly spikes: readonly boolean[];
  readonly doubt: (Suspicion & { readonly until: Milliseconds; readonly setsAside: boolean }) | null;
  readonly accusation: Accusation | null;
  /** Since the meter last proved itself; each makes the next return to trust take longer. */
  readonly accusations: number;
  /** Steps of our cars that it answered rightly since. */
  readonly proofs: number;
  /** The newest of these, ever; null = none yet. Read by the bench alone, whose master tests its meter on purpose. */
  readonly provenAt: Milliseconds | null;
};
