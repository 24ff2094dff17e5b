// The vocabulary of one charge point on one screen: what its board says (events), what it is told (commands), what
// it remembers (state). IEC 61851-1 suffixes: 1 = no PWM, 2 = PWM.
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
  | { readonly kind: 'board-changed'; readonly at: Milliseconds; readonly lost: boolean };

/** By the charge point's own terminals, in their order; the wiring to the mains' L1 L2 L3 is configuration. */
export type DrawMetered = {
  readonly kind: 'draw-metered';
  readonly at: Milliseconds;
  readonly draw_dA: PerPhase<Deciamps>;
};

/** All that a board says; what a car draws is for the node, which knows the wiring, and not for the charge point. */
export type BoardEvent = BoardReading | DrawMetered;

export type EvseEvent =
  | BoardReading
  /** What the lease allows from now on: 0, or 60 to 800 dA. */
  | {
      readonly kind: 'limit-changed';
      readonly at: Milliseconds;
      readonly limit_dA: Deciamps;
      /** When the lease ended, if that was noticed late: what a stall has taken is taken from the soft stop. */
      readonly since?: Milliseconds;
    }
  /** No lease is alive and nobody is heard (true), or one was accepted again (false): ERROR NO SERIAL COM. */
  | { readonly kind: 'link-changed'; readonly at: Milliseconds; readonly silent: boolean }
  | { readonly kind: 'tick'; readonly at: Milliseconds };

export type OpenReason = 'start' | 'car-stopped' | 'car-left' | 'soft-stop-over' | 'fault';

/** In the order of execution: opening a contactor stands before anything that tells of it. */
export type EvseCommand =
  | { readonly kind: 'open-contactor'; readonly reason: OpenReason }
  | { readonly kind: 'close-contactor' }
  | { readonly kind: 'set-pilot'; readonly pilot: PilotOutput }
  | { readonly kind: 'note'; readonly text: string };

/**
 * idle: no car. connected: a car, nothing offered (X1). offering: PWM on, contactor open. charging: contactor closed.
 * stopping: PWM off, waiting up to 6 s for the car to stop drawing (soft stop). blocked: a fault holds it.
 */
export type SessionPhase = 'idle' | 'connected' | 'offering' | 'charging' | 'stopping' | 'blocked';

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
};
