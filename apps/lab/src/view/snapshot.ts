// Everything the live view shows at one moment, as plain data: what the plant knows to be true, what the site says of
// itself over MQTT, and which processes live. Collected by lab.ts, drawn by render.ts, judged by nobody here.
import { type Indicator } from '@fairamp/evse';
import { type PhysicalFault } from '@fairamp/simulation';
import { type SessionWord, type Tone } from '@fairamp/terminal';
import { type Because, type Deciamps, type Fault, type PerPhase } from '@fairamp/units';
import { type ProcessName } from '../actions.js';

export type ChargePointRow = {
  readonly number: number;
  readonly id: string;
  /** From its newest report; null before the first. */
  readonly session: SessionWord | null;
  /** It has said nothing for a while, what stands here is old, and this is what that means; null = it is heard. */
  readonly unheard: string | null;
  readonly limit_dA: Deciamps | null;
  /** The truth, from the plant: also when nobody is left to report it. */
  readonly draw_dA: PerPhase<Deciamps>;
  readonly because: readonly Because[];
  readonly faults: readonly Fault[];
  /** The car in words: `one phase`, `stops at 80 % (now 64 %)`. */
  readonly car: string;
  readonly plugged: boolean;
  /** The truth, from the plant: where the bolt is, what the LED shows, what is broken. */
  readonly lock: 'none' | 'locked' | 'unlocked';
  readonly indicator: Indicator;
  readonly broken: readonly PhysicalFault[];
  /** NO CURRENT: it tries again in so many seconds, by what was seen of its reports; null = it does not wait. */
  readonly retry_s: number | null;
};

export type ProcessRow = { readonly name: ProcessName | 'plant'; readonly state: ProcessState };
export type ProcessState = 'up' | 'frozen' | 'down';

export type EventRow = { readonly at_s: number; readonly text: string; readonly tone: Tone };

export type Snapshot = {
  readonly site: string;
  readonly mode: 'smart' | 'normal';
  readonly broker: string;
  readonly house: string;
  readonly elapsed_s: number;
  readonly mains_dA: Deciamps;
  /** The truth on each phase; null before the plant's first word. */
  readonly load: { readonly house_dA: PerPhase<Deciamps>; readonly cars_dA: PerPhase<Deciamps> } | null;
  readonly chargePoints: readonly ChargePointRow[];
  readonly processes: readonly ProcessRow[];
  /** What the master says it does, in its own words; null before its first. */
  readonly master: string | null;
  /** Oldest first. */
  readonly events: readonly EventRow[];
};
