// What the master remembers of the site: one record a slave of the roster, the samples' freshness, and where it stands
// in its control cycle.
import type { Device, Epoch, FreshnessState, Page } from '@fairamp/leases';
import type { Report } from '@fairamp/protocol';
import type { Need } from '@fairamp/balancing';
import type { Because, Deciamps, Milliseconds, PerPhase, Phase } from '@fairamp/units';
import type { ConnectedInput, Dropped, MessageInput, Note, Publish, TickInput } from '../node.js';

export type RosterEntry = Device & { readonly key: Uint8Array };

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
  /** A of this kind of source: 10 s, or 25 s for a meter that speaks each 10 s. */
  readonly oldestSample_ms: Milliseconds;
};

/** A start of a slave as its reports tell it: two that both live are two slaves with one id. */
export type Life = { readonly boot: string; readonly seq: number; readonly at: Milliseconds };

export type DrawNote = { readonly at: Milliseconds; readonly draw_dA: PerPhase<Deciamps> };

export type SlaveRecord = {
  readonly id: string;
  readonly page: Page;
  readonly report: { readonly message: Report; readonly at: Milliseconds } | null;
  /** Newest last; at most four. */
  readonly lives: readonly Life[];
  readonly duplicateUntil: Milliseconds;
  /** n of the newest grant sent. */
  readonly n: number;
  /** First n sent after the newest sample arrived: a report that carries it answers that sample (leases.md B6). */
  readonly answersFrom: number;
  /**
   * drawLow of the first report that answers the newest sample. A later one may already show a car that has obeyed,
   * while that sample still shows its draw: the same ampere would be cut twice. null = no answer yet, or unmetered.
   */
  readonly answered_dA: PerPhase<Deciamps> | null;
  /** When the sample was measured on which its lease was last renewed; null = never. */
  readonly renewedOn: Milliseconds | null;
  /** What it holds as far as is known; only ever kept or lowered without a raise. */
  readonly limit_dA: Deciamps;
  readonly because: readonly Because[];
  readonly raisedAt: Milliseconds | null;
  readonly need: Need;
  /** When its car was last seen charging since it came; null = not yet. */
  readonly chargedAt: Milliseconds | null;
  /** Since when it has been offered a current that it does not use; null = it is not offered any, or uses it. */
  readonly offeredAt: Milliseconds | null;
  readonly since: Milliseconds;
  readonly draws: readonly DrawNote[];
};

/** After a sample every slave that draws is asked first (its last limit once more), so that the decision sees what is in flight. */
export type Asking = { readonly until: Milliseconds };

export type MasterState = {
  readonly epoch: Epoch;
  readonly startedAt: Milliseconds;
  readonly freshness: FreshnessState;
  readonly slaves: Readonly<Record<string, SlaveRecord>>;
  readonly asking: Asking | null;
  readonly decidedAt: Milliseconds;
  readonly beaconAt: Milliseconds | null;
  readonly published: Readonly<Record<string, string>>;
  readonly dropped: Dropped;
};

export type MasterInput = MessageInput | TickInput | ConnectedInput;
export type MasterOutput =
  | Publish
  | Note
  /** A slave knows a higher epoch than ours: forget all and start with a new boot and this count kept. */
  | { readonly kind: 'begin-again'; readonly count: number };
