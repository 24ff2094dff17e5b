// What the checkers look at: the truth of the plant at one step, who lives, and the facts in between. Nothing here is
// what a participant says of itself, but for the few things that only it can know (what its book reserves), which are
// compared with the truth. The world fills it; the lab fills what it can see of it.
import type { PilotOutput } from '@fairamp/evse';
import type { GrantId } from '@fairamp/leases';
import type { Because, Deciamps, FailSafe, Milliseconds, PerPhase, Phase, ProtectiveDevice } from '@fairamp/units';
import type { MeterLie } from '../meter-lies.js';
import type { PhysicalFault } from '../physical-faults.js';

export type Invariant =
  'I1' | 'I2' | 'I3' | 'I4' | 'I5' | 'I6' | 'I7' | 'I8' | 'I9' | 'I10' | 'I11' | 'I12' | 'I13' | 'I14' | 'I15' | 'I16';

export type OutletTruth = {
  readonly id: string;
  /** What the car's side of the pilot says: A no car, B connected, C or D it wants current. */
  readonly pilot: 'A' | 'B' | 'C' | 'D' | 'E' | 'F' | 'invalid';
  readonly output: PilotOutput['kind'];
  /** What the duty on the pilot allows; 0 without PWM. */
  readonly offered_dA: Deciamps;
  /** The coil's output. */
  readonly isPowerAllowed: boolean;
  readonly isClosed: boolean;
  /** On the mains' conductors. */
  readonly draw_dA: PerPhase<Deciamps>;
  /** A car is in it and would draw if it were allowed to. */
  readonly isHungry: boolean;
  /** The mains' conductors that its car uses; empty without a car. */
  readonly phases: readonly Phase[];
  /** The most that a grant could let its car draw: by the charge point, its cable and what the car takes now. */
  readonly most_dA: Deciamps;
  readonly priority: number;
  /** The mains' conductors at its terminals: until its car has drawn for a while, any of them may be used. */
  readonly wired: readonly Phase[];
  /** none: this outlet has no lock. */
  readonly lock: 'none' | 'locked' | 'unlocked';
  /** Its wires are swapped, by plan or by mistake: a pulse moves the bolt the other way. */
  readonly isLockReversed: boolean;
  /** May a car that asks for ventilation charge here? */
  readonly isVentilated: boolean;
  /** A meter shows its draw to its own charge point. */
  readonly isMetered: boolean;
  /** What the residual-current monitor's input says; none: nobody listens to it. */
  readonly residual: 'none' | 'quiet' | 'tripped';
  readonly celsius: number;
  readonly isSupplyFailing: boolean;
  /** The switch, held down. */
  readonly isPressed: boolean;
  /** What is broken of it now, and of its car. */
  readonly broken: readonly PhysicalFault[];
};

/** up: it runs. frozen: it stands still and its outputs stay. down: it is dead. */
export type Life = { readonly state: 'up' | 'frozen' | 'down'; /** When it became so. */ readonly since: Milliseconds };

export type ProcessTruth = {
  readonly who: string;
  readonly life: Life;
  /** Of the present or last life of the process. */
  readonly startedAt: Milliseconds;
  /** Its monotonic clock now. */
  readonly local: Milliseconds;
};

export type SlaveTruth = ProcessTruth & {
  readonly failSafe: FailSafe;
  readonly boot: string;
  /** What its lease allows by its own reckoning. */
  readonly held_dA: Deciamps;
  readonly faults: readonly string[];
  /** A person has stopped it by the switch, or has not granted access: both only its process remembers. */
  readonly isHeldBack: boolean;
  /** A soft stop runs. */
  readonly isStopping: boolean;
  /** Why its limit is what it is; for people. */
  readonly because: readonly Because[];
};

/** Circuits whose meters it does not believe. */
export type MasterTruth = ProcessTruth & { readonly distrusted: readonly string[] };

/** A circuit of the site: the mains, or a protected branch below them. */
export type CircuitTruth = {
  readonly id: string;
  readonly limit_dA: PerPhase<Deciamps>;
  /** null: nobody knows it. */
  readonly device: ProtectiveDevice | null;
  /** Conductors that have a transformer: another is no room, and nobody can see it overloaded. */
  readonly phases: readonly Phase[];
  readonly isMetered: boolean;
  /** Where nobody measures, or the meter is silent: the most that hangs there beside our cars. null = it may be all. */
  readonly allowance_dA: PerPhase<Deciamps> | null;
  /** Places in `Moment.outlets` of all that hang on it or below it. */
  readonly outlets: readonly number[];
  /** What else flows through it than to our cars; nothing in Normal mode. */
  readonly house_dA: PerPhase<Deciamps>;
  /** Since when its meter has said what is not true; null = it tells the truth, or there is none. */
  readonly liesSince: Milliseconds | null;
  /** How it lies, or lied last, and on which conductors. */
  readonly lie: MeterLie | null;
  readonly liesOn: readonly Phase[];
  /** When it last told the truth again after a lie; null = it never lied. */
  readonly truthSince: Milliseconds | null;
};

export type SystemTruth = {
  readonly slaves: readonly SlaveTruth[];
  readonly masters: readonly MasterTruth[];
  readonly others: readonly ProcessTruth[];
};

export type Moment = {
  readonly at: Milliseconds;
  readonly mode: 'smart' | 'normal';
  /** MIN: the least that a car which charges is given. */
  readonly min_dA: Deciamps;
  /** A: the oldest usable sample of this kind of meter. */
  readonly oldestSample_ms: Milliseconds;
  /** How long a car has its turn where not everyone's minimum fits. */
  readonly turn_ms: Milliseconds;
  /** The mains first, then what hangs below them. In one order for the whole run. */
  readonly circuits: readonly CircuitTruth[];
  /** In one order for the whole run. */
  readonly outlets: readonly OutletTruth[];
  readonly system: SystemTruth;
  /** A process is down or frozen, or a wire is worse than healthy. */
  readonly isDisturbed: boolean;
  /** When the last disturbance began or ended; null = never since the site first stood. */
  readonly disturbedAt: Milliseconds | null;
};

/** What a master knew of one circuit when it granted; truth beside it. */
export type Basis = {
  /** Of the newest sample it has: when the frame was spoken on the meter's line, and measured before that. */
  readonly spokenAt: Milliseconds;
  readonly measuredAt: Milliseconds;
  /** True then. */
  readonly house_dA: PerPhase<Deciamps>;
  readonly draws_dA: Readonly<Record<string, PerPhase<Deciamps>>>;
  /** The meter repeated an old reading: neither house nor draws were true. */
  readonly isLie: boolean;
  /** Whom the bridge's present life named when it published it, and since when without a break (true time). */
  readonly named: { readonly boot: string; readonly since: Milliseconds } | null;
  readonly publishedAt: Milliseconds;
};

export type Fact =
  /** A master put a grant on the wire. */
  | {
      readonly kind: 'granted';
      readonly at: Milliseconds;
      readonly master: string;
      readonly masterStartedAt: Milliseconds;
      readonly to: string;
      readonly id: GrantId;
      readonly limit_dA: Deciamps;
      readonly validFor_ms: Milliseconds;
      readonly raise: boolean;
      /** True time of the moment that the echoed report was made (its `t`); null: that boot is unknown. */
      readonly echoAt: Milliseconds | null;
      /** The echoed report reached this life of the master as a live message, not only as a retained one. */
      readonly isEchoLive: boolean;
      /** Of the mains; null in Normal mode. */
      readonly basis: Basis | null;
      /** Of the other circuits that have a meter: the newest sample that had reached it; null = none yet. */
      readonly circuitBases: Readonly<Record<string, Basis | null>>;
      /**
       * What its book reserves of each slave of the roster, this grant included; empty for the later grants of one
       * decision that raise nobody.
       */
      readonly reserved_dA: Readonly<Record<string, Deciamps>>;
      /** Draws that it counted as ours in the sample of a circuit (drawLow of the answers); empty if nothing is raised. */
      readonly counted_dA: Readonly<Record<string, Readonly<Record<string, PerPhase<Deciamps>>>>>;
    }
  /** A slave took a grant as its lease. */
  | {
      readonly kind: 'accepted';
      readonly at: Milliseconds;
      readonly slave: string;
      readonly from: string;
      readonly pairedMaster: string | null;
      readonly id: GrantId;
      /** As the message says; `held_dA` is what the slave makes of it. */
      readonly limit_dA: Deciamps;
      readonly held_dA: Deciamps;
      readonly heldBefore_dA: Deciamps;
      readonly validFor_ms: Milliseconds;
      readonly raise: boolean;
      readonly retained: boolean;
      readonly echoBoot: string;
      readonly boot: string;
      readonly echo_t: Milliseconds;
      /** The slave's own clock now, and its error: true ms = (local - zero) / rate. */
      readonly local: Milliseconds;
      /** True time at which echo.t + V falls on the slave's clock. */
      readonly endsAt: Milliseconds;
    }
  /** A bridge read a beacon. */
  | {
      readonly kind: 'beacon-heard';
      readonly at: Milliseconds;
      readonly bridge: string;
      readonly boot: string;
      readonly seq: number;
    }
  /** A bridge published a sample, naming this master and echoing that beacon of it. */
  | {
      readonly kind: 'sampled';
      readonly at: Milliseconds;
      readonly bridge: string;
      readonly echo: { readonly boot: string; readonly seq: number } | null;
    }
  /** A process began (again). */
  | { readonly kind: 'started'; readonly at: Milliseconds; readonly who: string; readonly boot: string }
  | { readonly kind: 'killed'; readonly at: Milliseconds; readonly who: string }
  /** A board output was commanded by the slave's process. */
  | {
      readonly kind: 'commanded';
      readonly at: Milliseconds;
      readonly outlet: string;
      /** locked, unlocked: a pulse of the lock toward it. test: of the residual-current monitor. */
      readonly output: 'close' | 'open' | 'X1' | 'F' | 'pwm' | 'locked' | 'unlocked' | 'test';
    }
  /** For people and the picture: why a limit is what it is, an alarm, an error. */
  | { readonly kind: 'said'; readonly at: Milliseconds; readonly who: string; readonly text: string };

/** Beside the invariants, what people would rightly complain of. */
export type Manner = 'trip' | 'swinging' | 'turns' | 'unused-room';

export type Violation = { readonly invariant: Invariant | Manner; readonly at: Milliseconds; readonly detail: string };

/** One invariant's watch. Stateful and cheap: `look` runs at every step of the plant. */
export interface Checker {
  readonly invariant: Violation['invariant'];
  hear(fact: Fact): void;
  look(moment: Moment): void;
}

/** Told once an episode: a condition that ends and begins again is a new one. */
export type Accuse = (violation: Violation) => void;
