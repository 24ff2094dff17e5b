// What the balancing sees of the site and what it answers. It knows no message, no lease and no clock: the master's
// node measures ages and reservations and hands them in as numbers.
import type { Because, Deciamps, Milliseconds, PerPhase, Phase } from '@fairamp/units';

/**
 * none: no car, or a fault. starting: a car asks and has not drawn yet in this session (or was paused and begins
 * again). charging: its contactor is closed. resting: it charged in this session, then stopped asking (full, or at
 * its own limit); it may come back.
 */
export type Need = 'none' | 'starting' | 'charging' | 'resting';

export type ChargePoint = {
  readonly id: string;
  readonly need: Need;
  /** When it began to need current; the order in which newcomers are served, and who has charged longest. */
  readonly since: Milliseconds;
  /** The conductors that its car uses, at least one. */
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
  /** A report within the last 2.5 s. */
  readonly heard: boolean;
  readonly raisedAt: Milliseconds | null;
  /** Reasons from outside that forbid a raise now (duplicate-id, ...); empty = may be raised. */
  readonly barred: readonly Because[];
};

export type Mains =
  /** Smart mode. Import is positive; what the house exports is room only where the source is signed. */
  | { readonly kind: 'measured'; readonly current_dA: PerPhase<Deciamps>; readonly signed: boolean }
  /** Normal mode: nothing but our cars hangs on it. */
  | { readonly kind: 'dedicated' };

export type Site = {
  readonly now: Milliseconds;
  /** MAINS, 100 to 1000 dA, on each of mainsPhases. */
  readonly limit_dA: Deciamps;
  /** A conductor without a transformer reads 0 A and is no room: it is not in this list. */
  readonly mainsPhases: readonly Phase[];
  readonly mains: Mains;
  /** Reasons that forbid every raise in this cycle (silence, stale-mains); empty = raises are possible. */
  readonly barred: readonly Because[];
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
  /** Never empty. */
  readonly because: readonly Because[];
};
