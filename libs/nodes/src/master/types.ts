// What the master remembers of the site: one record a slave of the roster, the samples' freshness, and where it stands
// in its control cycle.
import type { Device, Epoch, FreshnessState, Page } from '@fairamp/leases';
import type { ConfiguredTransformers, LearningState, Learnt } from '@fairamp/learning';
import type { Report } from '@fairamp/protocol';
import type { Generation, InferenceState, Need, OutflowState, SourceKind, TrustState } from '@fairamp/balancing';
import type { Because, Deciamps, Milliseconds, PerPhase, Phase, ProtectiveDevice, Rotation } from '@fairamp/units';
import type { ConnectedInput, Dropped, MessageInput, Note, Publish, TickInput } from '../node.js';

export type RosterEntry = Device & {
  readonly key: Uint8Array;
  /** The circuit that feeds it: `mains`, or one of the configuration's. */
  readonly circuit: string;
  /** The mains' conductors on which its own L1, L2 and L3 hang. */
  readonly rotation: Rotation;
  /** Somebody has written it down: learning takes it as given. */
  readonly isRotationConfirmed: boolean;
  /** Higher goes first. */
  readonly priority: number;
  /** null = MIN of the site. */
  readonly minimum_dA: Deciamps | null;
};

/** One more bridge, which measures a circuit below the mains. */
export type Meter = {
  readonly id: string;
  readonly key: Uint8Array;
  readonly oldestSample_ms: Milliseconds;
  readonly source: SourceKind;
};

/** A protected branch below the mains. */
export type CircuitConfig = {
  readonly id: string;
  /** `mains`, or a circuit before this one. */
  readonly parent: string;
  readonly limit_dA: PerPhase<Deciamps>;
  readonly device: ProtectiveDevice;
  readonly meter: Meter | null;
  /** Where nobody measures, or the meter is silent: the most that flows there beside our cars. null = all of it. */
  readonly allowance_dA: PerPhase<Deciamps> | null;
};

export type MasterConfig = {
  readonly site: string;
  readonly id: string;
  /** normal: MAINS is the sum for all cars. smart: MAINS is the limit of the measured mains. */
  readonly mode: 'normal' | 'smart';
  /** MAINS, 100 to 1000 dA. */
  readonly mains_dA: Deciamps;
  /** MIN, 60 to 160 dA. */
  readonly min_dA: Deciamps;
  /** Conductors that have a transformer: another reads 0 A and is no room. */
  readonly mainsPhases: readonly Phase[];
  readonly bridge: { readonly id: string; readonly key: Uint8Array } | null;
  readonly roster: readonly RosterEntry[];
  /** null = a fuse of MAINS: of all the one that opens first. */
  readonly mainsDevice: ProtectiveDevice | null;
  /** Below the mains, each after the one that feeds it. */
  readonly circuits: readonly CircuitConfig[];
  /** On which conductor the meter's first, second and third transformer sit, and which of them the wrong way round. */
  readonly transformers: ConfiguredTransformers;
  /** off: nothing is learnt of the wiring. propose: it is said. use: it holds at once, where nothing else is written. */
  readonly learning: 'off' | 'propose' | 'use';
  /** What kind of source the meter of the mains is. */
  readonly source: SourceKind;
  /** What may feed in behind the meters: with it, less than our cars draw is no proof of a lie. null = nobody has said. */
  readonly generation: Generation | null;
  /** How long a place is kept from those who wait for one. */
  readonly turn_ms: Milliseconds;
  /** A of this kind of source: 10 s, or 25 s for a meter that speaks each 10 s. */
  readonly oldestSample_ms: Milliseconds;
};

/** A start of a slave as its reports tell it: two that both live are two slaves with one id. */
export type Life = { readonly boot: string; readonly seq: number; readonly at: Milliseconds };

export type DrawNote = { readonly at: Milliseconds; readonly draw_dA: PerPhase<Deciamps> };

export type GoalRecord = { readonly needs_Wh: number; readonly leavesAt: Milliseconds; readonly had_Wh: number };

/** To the newest sample of one meter. */
export type Answer = {
  /** First n sent after the sample arrived: a report that carries it answers it (leases.md B6). */
  readonly from: number;
  /**
   * drawLow of the first report that answers. A later one may already show a car that has obeyed, while that sample
   * still shows its draw: the same ampere would be cut twice. null = no answer yet, or unmetered.
   */
  readonly low_dA: PerPhase<Deciamps> | null;
};

/** What the master remembers of a circuit. */
export type CircuitRecord = {
  /** Its meter has said nothing for as long as a sample counts, and that has been told. */
  readonly isSilent: boolean;
  /** Of its meter; null = it has none. */
  readonly freshness: FreshnessState | null;
  /** null = it has no meter. */
  readonly trust: TrustState | null;
  /** What the cars below it draw that have no meter of their own; null = it has no meter itself. */
  readonly inference: InferenceState | null;
  /** On which conductors a meter without direction shows what flows out; null = it has no meter. */
  readonly outflow: OutflowState | null;
  readonly heat: PerPhase<number>;
  readonly overSince: PerPhase<Milliseconds | null>;
  /** The highest of some seconds each, newest last. */
  readonly recent: readonly { readonly at: Milliseconds; readonly beside_dA: PerPhase<Deciamps> }[];
};

export type SlaveRecord = {
  readonly id: string;
  readonly page: Page;
  readonly report: { readonly message: Report; readonly at: Milliseconds } | null;
  /** Newest last; at most four. */
  readonly lives: readonly Life[];
  readonly duplicateUntil: Milliseconds;
  /** n of the newest grant sent. */
  readonly n: number;
  /** The newest grants, oldest first: a report that carries one was made after it. */
  readonly sent: readonly { readonly n: number; readonly at: Milliseconds }[];
  /** At its time t of this life it was `at` or later here (answers.ts); null = nothing of ours dates its newest report. */
  readonly dated: { readonly boot: string; readonly t: Milliseconds; readonly at: Milliseconds } | null;
  /** By the circuits whose meters see it. */
  readonly answers: Readonly<Record<string, Answer>>;
  /** By circuit, when the samples were measured on which its lease was last renewed; null = never. */
  readonly renewedOn: Readonly<Record<string, Milliseconds>> | null;
  /** When a decision was last told to it, a question not being one; null = never. */
  readonly toldAt: Milliseconds | null;
  /** What it holds as far as is known; only ever kept or lowered without a raise. */
  readonly limit_dA: Deciamps;
  readonly because: readonly Because[];
  readonly raisedAt: Milliseconds | null;
  readonly loweredAt: Milliseconds | null;
  readonly need: Need;
  /** When its car was last seen charging since it came; null = not yet. */
  readonly chargedAt: Milliseconds | null;
  /** Since when it has been offered a current that it does not use; null = it is not offered any, or uses it. */
  readonly offeredAt: Milliseconds | null;
  readonly since: Milliseconds;
  /** Since when it has its place among those who charge; null = none. */
  readonly seatedAt: Milliseconds | null;
  readonly waitsSince: Milliseconds;
  /** What a person has said that its car needs; null = nothing. */
  readonly goal: GoalRecord | null;
  readonly draws: readonly DrawNote[];
};

/** What was learnt of the wiring. */
export type LearningRecord = {
  readonly seen: LearningState;
  /** By this samples and reports are read now. */
  readonly used: Learnt;
  readonly words: string;
  readonly askedAt: Milliseconds;
  /** On what the words rest: while it is the same, nothing new can be said. */
  readonly basis: string;
};

/** After a sample every slave that draws is asked first (its last limit once more), so that the decision sees what is in flight. */
export type Asking = {
  readonly until: Milliseconds;
  /** Whose samples began this round, or joined it: about each is asked once. */
  readonly circuits: readonly string[];
};

export type MasterState = {
  readonly epoch: Epoch;
  readonly startedAt: Milliseconds;
  /** Of the mains' meter. */
  readonly freshness: FreshnessState;
  /** By id; the mains too. */
  readonly circuits: Readonly<Record<string, CircuitRecord>>;
  readonly slaves: Readonly<Record<string, SlaveRecord>>;
  /** null: nothing is learnt. */
  readonly learning: LearningRecord | null;
  readonly asking: Asking | null;
  /** There are samples below the mains about which nobody has been asked yet (rounds.ts). */
  readonly isWaiting: boolean;
  readonly decidedAt: Milliseconds;
  /** When the meters were last told what our cars draw (belief.ts). */
  readonly weighedAt: Milliseconds;
  readonly beaconAt: Milliseconds | null;
  /** When a car was last lowered to see what it draws; null = never. */
  readonly probedAt: Milliseconds | null;
  readonly published: Readonly<Record<string, string>>;
  readonly dropped: Dropped;
};

export type MasterInput = MessageInput | TickInput | ConnectedInput;
export type MasterOutput =
  | Publish
  | Note
  /** A slave knows a higher epoch than ours: forget all and start with a new boot and this count kept. */
  | { readonly kind: 'begin-again'; readonly count: number };
