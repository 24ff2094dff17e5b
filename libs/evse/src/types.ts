// The vocabulary of one charge point on one screen: what its board says (events), what it is told (commands), what
// it answers (view). IEC 61851-1 suffixes: 1 = no PWM, 2 = PWM.
import type { Deciamps, Fault, Milliseconds, Millivolts, PerPhase, Permille } from '@fairamp/units';

/** Meaning of the control pilot's high level (IEC 61851-1 Table A.4); `invalid` is every level between the states. */
export type PilotState = 'A' | 'B' | 'C' | 'D' | 'E' | 'F' | 'invalid';

/** What the charge point puts on the pilot: X1 = steady +12 V (present, nothing offered), F = steady -12 V (not available). */
export type PilotOutput =
  { readonly kind: 'X1' } | { readonly kind: 'F' } | { readonly kind: 'pwm'; readonly duty_permille: Permille };

/** What a board senses. */
export type BoardReading =
  /** One pair of peak readings; low is null while the pilot is steady, when the diode cannot be seen. */
  | {
      readonly kind: 'pilot-sampled';
      readonly at: Milliseconds;
      readonly high_mV: Millivolts;
      readonly low_mV: Millivolts | null;
    }
  /** null = open circuit. */
  | { readonly kind: 'proximity-sampled'; readonly at: Milliseconds; readonly ohm: number | null }
  /** The contactor's feedback contact. */
  | { readonly kind: 'contactor-confirmed'; readonly at: Milliseconds; readonly closed: boolean }
  /** The board's process or socket is gone or back. */
  | { readonly kind: 'board-changed'; readonly at: Milliseconds; readonly lost: boolean }
  /** The lock's feedback contact, terminal B: what its level means depends on the actuator. */
  | { readonly kind: 'lock-sensed'; readonly at: Milliseconds; readonly high: boolean }
  /** The switch at terminal SW, free of bounce. */
  | { readonly kind: 'switch-sensed'; readonly at: Milliseconds; readonly pressed: boolean }
  /** The residual-current input. A board reads an open input as tripped: a broken wire must stop. */
  | { readonly kind: 'residual-sensed'; readonly at: Milliseconds; readonly tripped: boolean }
  | { readonly kind: 'temperature-sensed'; readonly at: Milliseconds; readonly celsius: number }
  /** The board's own supply goes; what it has stored lasts for a pulse of the lock. */
  | { readonly kind: 'supply-sensed'; readonly at: Milliseconds; readonly failing: boolean };

/** By the charge point's own terminals, in their order; the wiring to the mains' L1 L2 L3 is configuration. */
export type DrawMetered = {
  readonly kind: 'draw-metered';
  readonly at: Milliseconds;
  readonly draw_dA: PerPhase<Deciamps>;
};

/** All that a board says. */
export type BoardEvent = BoardReading | DrawMetered;

export type EvseEvent =
  | BoardEvent
  /** What the lease allows from now on: 0, or 60 to 800 dA. */
  | {
      readonly kind: 'limit-changed';
      readonly at: Milliseconds;
      readonly limit_dA: Deciamps;
      /** When the lease ended, if that was noticed late: what a stall has taken is taken from the soft stop. */
      readonly since?: Milliseconds;
      /** There is not enough even for this car alone; who only waits for its turn is not short. */
      readonly isShort?: boolean;
    }
  /** No lease is alive and nobody is heard (true), or one was accepted again (false): ERROR NO SERIAL COM. */
  | { readonly kind: 'link-changed'; readonly at: Milliseconds; readonly silent: boolean }
  /** A person has read of a latched fault, and pressed a button of the module. */
  | { readonly kind: 'acknowledged'; readonly at: Milliseconds }
  | { readonly kind: 'tick'; readonly at: Milliseconds };

export type OpenReason = 'start' | 'car-stopped' | 'car-left' | 'soft-stop-over' | 'fault' | 'supply-failing';

/** In the order of execution: opening a contactor stands before anything that tells of it. */
export type EvseCommand =
  | { readonly kind: 'open-contactor'; readonly reason: OpenReason }
  | { readonly kind: 'close-contactor' }
  | { readonly kind: 'set-pilot'; readonly pilot: PilotOutput }
  /** One pulse of the actuator; a board never gives one by itself but on power failure. */
  | { readonly kind: 'pulse-lock'; readonly toward: LockState; readonly for_ms: Milliseconds }
  /** Ask the residual-current monitor to trip, so that it is seen to work. */
  | { readonly kind: 'test-residual' }
  | { readonly kind: 'set-indicator'; readonly indicator: Indicator }
  | { readonly kind: 'note'; readonly text: string };

export type LockState = 'locked' | 'unlocked';

/** What the LED shows; INDICATORS has their times. */
export type Indicator = 'off' | 'dim' | 'on' | 'breathing' | 'flash' | 'blink-slow' | 'blink' | 'blink-fast';

/**
 * idle: no car. connected: a car, nothing offered (X1). offering: PWM on, contactor open. charging: contactor closed.
 * stopping: PWM off, waiting up to 6 s for the car to stop drawing (soft stop). blocked: a fault holds it.
 * denied: access was not granted. stopped: a person pressed the switch.
 */
export type SessionPhase =
  'idle' | 'connected' | 'offering' | 'charging' | 'stopping' | 'blocked' | 'denied' | 'stopped';

export type EvseConfig = {
  readonly connector: 'socket' | 'fixed';
  /** Setting MAX, 100 to 800 dA. */
  readonly max_dA: Deciamps;
  /** Setting CABLE, of a fixed cable, 130 to 800 dA; a socket reads the proximity resistor instead. */
  readonly cable_dA: Deciamps;
  /** 680 Ohm means 16 A in the manual, 20 A in the standard. */
  readonly proximity: 'manual' | 'standard';
  /** Does the board confirm the contactor with a feedback contact? */
  readonly contactorFeedback: boolean;
  /** Setting LOCK; a fixed cable has nothing to lock. swapped: its wires R and W are. */
  readonly lock: { readonly actuator: 'none' | 'solenoid' | 'motor'; readonly swapped: boolean };
  /** Setting ACCESS. disabled: the switch stops. momentary: each press grants or denies. maintained: closed grants. */
  readonly access: 'disabled' | 'momentary' | 'maintained';
  /** After so long a stop by the switch is over by itself; 0 = never (behaviour.md 14 row 7). */
  readonly stopRestart_s: number;
  /** Setting RCMON. tested: the board can make its monitor trip. */
  readonly residual: 'disabled' | 'monitored' | 'tested';
  /** Is there ventilation for a car that asks for it (state D)? */
  readonly ventilated: boolean;
  /** The settings could not be read: safe ones stand in, and nothing charges by them. */
  readonly settingsDamaged: boolean;
};

/** What the charge point can be asked at any time; EvseState holds more, for the machines alone. */
export type EvseView = {
  readonly pilot: PilotState;
  readonly session: SessionPhase;
  /** What the pilot offers now; 0 without PWM. */
  readonly offered_dA: Deciamps;
  /** The board lives and has shown the pilot since the output last changed: what was commanded is what is there. */
  readonly confirmed: boolean;
  /** A soft stop runs: the car may go on drawing for up to 6 s. */
  readonly stopping: boolean;
  /** Commanded open, and confirmed open where there is a feedback contact. The safe reading of a doubt is closed. */
  readonly contactorOpen: boolean;
  /** min(MAX, cable) while a car is connected, else 0. */
  readonly demand_dA: Deciamps;
  readonly faults: readonly Fault[];
  /** null = there is no lock, or it has not been heard. */
  readonly lock: LockState | null;
  readonly indicator: Indicator;
  /** When it tries again by itself after NO CURRENT or a stop; null = it does not wait for a time. */
  readonly retriesAt: Milliseconds | null;
};
