// What the balancing sees of the site and what it answers. It knows no message, no lease and no clock: the master's
// node measures ages, heat and reservations and hands them in as numbers.
import type { Because, Deciamps, Milliseconds, PerPhase, Phase, ProtectiveDevice } from '@fairamp/units';

/**
 * none: no car, or a fault. starting: a car asks and has not drawn yet in this session (or was paused and begins
 * again). charging: its contactor is closed. resting: it charged in this session, then stopped asking (full, or at
 * its own limit); it may come back.
 */
export type Need = 'none' | 'starting' | 'charging' | 'resting';

export type ChargePoint = {
  readonly id: string;
  /** The circuit that feeds it: the id of one of the site's. */
  readonly circuit: string;
  readonly need: Need;
  /** When it began to need current. */
  readonly since: Milliseconds;
  /** Since when it has its place among those who charge; null = it waits, or needs nothing. */
  readonly seatedAt: Milliseconds | null;
  /** Since when it waits for a place (again); who has one keeps when it last did. */
  readonly waitsSince: Milliseconds;
  /** Higher goes first, in every shortage. */
  readonly priority: number;
  /** What it needs to be ready when it leaves; null = nobody said, so it takes what is fair. */
  readonly goal: Goal | null;
  /** The conductors of the mains that its car uses, at least one. */
  readonly phases: readonly Phase[];
  /** min(MAX, cable), at least 60 dA, and which of the two it is. */
  readonly maximum_dA: Deciamps;
  readonly maximumBecause: 'setting-max' | 'cable';
  /** min(MIN, its own maximum), at least 60 dA. */
  readonly minimum_dA: Deciamps;
  /** What it holds now as far as the master knows: 0, or at least its minimum when that was granted. */
  readonly limit_dA: Deciamps;
  /** The limit that its outputs obey, from its newest report. */
  readonly obeyed_dA: Deciamps;
  /** The most it could still hold or draw by an older promise (the reservation book), at least obeyed_dA while alive. */
  readonly reserved_dA: Deciamps;
  /** Its newest report says what its car draws. */
  readonly isMetered: boolean;
  /** Highest draw in its reports around the sample's time: for lowering, the optimistic side. Zero where unmetered. */
  readonly drawHigh_dA: PerPhase<Deciamps>;
  /**
   * Highest draw that its reports showed before the sample was taken: no more of it is in the sample. What a car has
   * begun to draw since is no amperes that lowering it could take off the mains as they were read.
   */
  readonly drawBefore_dA: PerPhase<Deciamps>;
  /**
   * Lowest draw of its last 7 s, from the first report that answers a grant sent after the sample arrived; null where
   * there is no such report. The only draw that a raise may count (leases.md B6). It stays with its sample: a later
   * report may show a car that has obeyed since, and what the old sample still shows of it would be asked for twice.
   */
  readonly drawLow_dA: PerPhase<Deciamps> | null;
  /** The same for the samples of further circuits, by their ids; what is not here is as for the mains. */
  readonly drawLowOn?: Readonly<Record<string, PerPhase<Deciamps> | null>>;
  /** A report within the last 2.5 s. */
  readonly heard: boolean;
  readonly raisedAt: Milliseconds | null;
  readonly loweredAt: Milliseconds | null;
  /** Reasons from outside that forbid a raise now (duplicate-id, ...); empty = may be raised. */
  readonly barred: readonly Because[];
};

export type Goal = {
  /** What it must have from now on to be ready in time: energy that is missing over the time that is left. */
  readonly pace_dA: Deciamps;
  /** For how long it could still wait and be ready with all that it may have; below 0: not any more. */
  readonly laxity_ms: Milliseconds;
};

export type Load =
  /** Import is positive; what is exported is room only where the source is signed. */
  | { readonly kind: 'measured'; readonly current_dA: PerPhase<Deciamps>; readonly signed: boolean }
  /** Nobody measures it: beside our cars at most so much flows. Nothing, in Normal mode. */
  | { readonly kind: 'allowed'; readonly allowance_dA: PerPhase<Deciamps> };

/** A protected branch of the site: the mains, a group, a sub-board, a feeder. */
export type Circuit = {
  readonly id: string;
  /** The circuit that feeds it; null = the mains, of which there is one. */
  readonly parent: string | null;
  /** On each conductor; MAINS for the mains. */
  readonly limit_dA: PerPhase<Deciamps>;
  /** Conductors that are there and can be seen. One without a transformer reads 0 A: no room, and never seen over. */
  readonly seen: readonly Phase[];
  readonly device: ProtectiveDevice;
  readonly load: Load;
  /** How warm its device is, see heat.ts; 1 = as after hours at its rating. Only where it is measured. */
  readonly heat: PerPhase<number>;
  /** How long it may take from a sample until what it made pause is seen to be gone: A of its meter and 1.5 s. */
  readonly answers_ms: Milliseconds;
  /** Since when it has been over without a break; null = it is not. */
  readonly overSince: PerPhase<Milliseconds | null>;
  /** The most that flowed beside our cars lately: who has no place yet must fit beside that. null = as now. */
  readonly recent_dA: PerPhase<Deciamps> | null;
};

export type Site = {
  readonly now: Milliseconds;
  /** The mains first, each after the one that feeds it. */
  readonly circuits: readonly Circuit[];
  /** Reasons that forbid every raise in this cycle (silence, stale-mains); empty = raises are possible. */
  readonly barred: readonly Because[];
  /** How long a place is kept from those who wait for one. */
  readonly turn_ms: Milliseconds;
  readonly chargePoints: readonly ChargePoint[];
};

export type Decision = {
  readonly id: string;
  /** 0, or at least the charge point's minimum. */
  readonly limit_dA: Deciamps;
  /** Only on a limit above what it holds that passed the whole check in this very cycle. */
  readonly raise: boolean;
  /** False: send no grant (its lease shall run out), because it is unheard while a phase is over. */
  readonly renew: boolean;
  /**
   * It goes on only because a cut is perhaps still on its way: a grant may lower it, but must not make its lease rest
   * on this sample.
   */
  readonly spared: boolean;
  /** It has a place among those who charge, also while room for it is still being made. */
  readonly seated: boolean;
  /** Never empty. */
  readonly because: readonly Because[];
  /** What it could have if none of these held, all others as they are; its limit where that would change nothing. */
  readonly without_dA: Deciamps;
};

/** What a circuit carries beside our cars, as this decision reckoned: for `recent_dA` of the next ones. */
export type Beside = {
  readonly id: string;
  readonly beside_dA: PerPhase<Deciamps>;
  readonly over_dA: PerPhase<Deciamps>;
};
export type Decided = { readonly decisions: readonly Decision[]; readonly circuits: readonly Beside[] };
