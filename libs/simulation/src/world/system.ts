// What hangs between the plant and its wires: the shipped nodes with their broker, or the model of a 2.07 site. The
// world feeds it what the Sensorbox and the boards say, tells it which processes die, and lays its commands on the
// outlets. A system sees no truth of the plant; what it tells as facts is for the checkers alone.
import type { BoardEvent, EvseConfig } from '@fairamp/evse';
import type { Deciamps, FailSafe, Milliseconds, PerPhase, Phase, ProtectiveDevice } from '@fairamp/units';
import type { Fact, SystemTruth } from '../checks/moment.js';
import type { OutletCommand } from '../outlet.js';

/** Time, wires and outputs, as a system may use them. All times are true time; a process's own clock is the system's affair. */
export type Surroundings = {
  now(): Milliseconds;
  /** Runs once, at that true time; in the order of asking when two fall on one millisecond. */
  schedule(at: Milliseconds, run: () => void): void;
  /** Lays a command on an outlet's outputs now. They stay when their process dies. */
  command(outlet: string, command: OutletCommand): void;
  /** A process that has come is told all that its board senses. */
  greet(outlet: string): void;
  /** Hands something from one participant to another over a wire that may lose, repeat, delay or reorder it. */
  /** @param what `grant`, `report`, `sample`, `beacon`, `text`, or a frame of the bus */
  carry(from: string, to: string, what: string, deliver: () => void): void;
  tell(fact: Fact): void;
};

/** What was true of a circuit when its meter measured, and when it spoke. */
export type Frame = {
  readonly measuredAt: Milliseconds;
  readonly spokenAt: Milliseconds;
  /** What else flowed through it than to our cars. */
  readonly house_dA: PerPhase<Deciamps>;
  /** True draws of what hangs on it, on the mains' conductors, by outlet. */
  readonly draws_dA: Readonly<Record<string, PerPhase<Deciamps>>>;
  /** It repeated what it had measured before. */
  readonly isLie: boolean;
};

/** A board's event without its time, which the process reads from its own clock. */
export type OutletSense = BoardEvent extends infer Event
  ? Event extends { readonly at: Milliseconds }
    ? Omit<Event, 'at'>
    : never
  : never;

/** To a process: `master`, `standby`, `bridge`, `broker`, an outlet's id, or the bridge of a circuit (circuits.ts). */
export type Disturbance =
  | { readonly kind: 'kill'; readonly who: string }
  /** storeLost: a master begins with epoch count 1 again. Starting what runs restarts it. */
  | { readonly kind: 'start'; readonly who: string; readonly storeLost?: boolean }
  | { readonly kind: 'freeze'; readonly who: string }
  | { readonly kind: 'thaw'; readonly who: string }
  /** What the broker still knows of retained messages after its start: all, nothing, or what it had saved long before. */
  | { readonly kind: 'start-broker'; readonly retained: 'kept' | 'lost' | 'old' };

export interface System {
  /** Every process starts, within the first second. */
  start(): void;
  /** A part of a frame, or noise, whose last byte is complete now. @param circuit whose meter speaks */
  hearLine(bytes: Uint8Array, frame: Frame, circuit: string): void;
  hearOutlet(outlet: string, sense: OutletSense): void;
  disturb(disturbance: Disturbance): void;
  truth(): SystemTruth;
}

/** One charge point of the site, as both systems are configured. */
export type PointConfig = {
  readonly id: string;
  readonly maximum_dA: Deciamps;
  readonly cable_dA: Deciamps;
  readonly wired: readonly Phase[];
  readonly failSafe: FailSafe;
  /** Where it hangs; nothing said: on the mains themselves. */
  readonly circuit?: string;
  /** Higher first; nothing said: 0. */
  readonly priority?: number;
  /** A plain one, with a meter, where nothing is said. */
  readonly options?: PointOptions;
};

/** What a charge point has beside a plain one; 2.07's model knows none of it. */
export type PointOptions = Pick<EvseConfig, 'lock' | 'residual' | 'access' | 'stopRestart_s' | 'ventilated'> & {
  readonly isMetered: boolean;
};

/** A protected branch below the mains. */
export type CircuitConfig = {
  readonly id: string;
  /** `mains`, or a circuit before it in the list. */
  readonly parent: string;
  readonly limit_dA: PerPhase<Deciamps>;
  readonly device: ProtectiveDevice;
  readonly isMetered: boolean;
  /** Where nobody measures, or the meter is silent: the most that hangs there beside our cars. null = it may be all. */
  readonly allowance_dA: PerPhase<Deciamps> | null;
};

export type SiteConfig = {
  readonly mode: 'smart' | 'normal';
  readonly mains_dA: Deciamps;
  readonly min_dA: Deciamps;
  readonly mainsPhases: readonly Phase[];
  readonly oldestSample_ms: Milliseconds;
  readonly masters: 1 | 2;
  /** The first is 2.07's master. */
  readonly points: readonly PointConfig[];
  /** Parents first; nothing said: everything hangs on the mains. */
  readonly circuits?: readonly CircuitConfig[];
  /** Nothing said: nobody knows it. */
  readonly mainsDevice?: ProtectiveDevice;
  /** How long a car has its turn where not everyone's minimum fits. */
  readonly turn_ms?: Milliseconds;
  /**
   * Whose names for the conductors a charge point's reports use: the mains' (its own configuration knows its wiring), or
   * its own (the master's roster knows how it is turned). Nothing said: the mains'.
   */
  readonly names?: 'mains' | 'own';
  /** What the owner has said feeds in; nothing said: nothing. */
  readonly generation?: 'solar';
  /** What kind of source the meters are; nothing said: a Sensorbox. */
  readonly source?: 'modbus';
};
