// One look at the whole site, ten times a second: what the plant knows to be true, and which processes live. The checks
// judge these moments and nothing else; above all nothing that a participant says of itself.
import { type PhysicalFault } from '@fairamp/simulation';
import { type Deciamps, type PerPhase, type Phase } from '@fairamp/units';
import { type ProcessName } from '../actions.js';

export type OutletTruth = {
  readonly id: string;
  /** What the car's side of the pilot says: A no car, B connected, C or D it wants current. */
  readonly pilot: 'A' | 'B' | 'C' | 'D' | 'E' | 'F' | 'invalid';
  readonly contactorClosed: boolean;
  /** What the duty on the pilot allows; 0 without PWM. */
  readonly offered_dA: Deciamps;
  readonly draw_dA: PerPhase<Deciamps>;
  /** A car is in it and would draw if it were allowed to. */
  readonly isHungry: boolean;
  /** The conductors that its car uses; empty without a car. */
  readonly phases: readonly Phase[];
  /** Where the bolt truly is; none: it has none. */
  readonly lock: 'none' | 'locked' | 'unlocked';
  /** What is broken of it now. */
  readonly broken: readonly PhysicalFault[];
};

export type Moment = {
  readonly at_s: number;
  readonly mode: 'smart' | 'normal';
  readonly mains_dA: Deciamps;
  /** What else hangs on the mains; nothing in Normal mode, whose mains are for the cars alone. */
  readonly house_dA: PerPhase<Deciamps>;
  readonly outlets: readonly OutletTruth[];
  /** Since when a process is down or frozen; who lives is not in it. */
  readonly downSince_s: ReadonlyMap<ProcessName, number>;
  /** Charge points of which something is or was broken: what stands there may wait for a person. */
  readonly everBroken: ReadonlySet<string>;
  /** When a process was last killed, frozen, thawed or started; null = never since the site first stood. */
  readonly disturbedAt_s: number | null;
};

export function carsOn(moment: Moment, phase: Phase): Deciamps {
  return moment.outlets.reduce((sum, outlet) => sum + outlet.draw_dA[phase], 0);
}
