// The port to a charge point's hardware (io.md 6.2). Every board, simulated or real, stands behind this interface and
// passes the same conformance suite. A board may open the contactor by itself at any moment; nothing makes it close
// one by itself. Its outputs may stay latched when the process that drives it dies: `failSafe` says what happens then.
import type { BoardEvent, EvseConfig, Indicator, LockState, PilotOutput } from '@fairamp/evse';
import type { Deciamps, FailSafe, Milliseconds } from '@fairamp/units';

export type BoardCapabilities = {
  readonly connector: 'socket' | 'fixed';
  readonly min_dA: Deciamps;
  readonly max_dA: Deciamps;
  /** How many conductors the contactor switches. */
  readonly phases: 1 | 3;
  readonly contactorFeedback: boolean;
  /** Does it measure what the car draws? */
  readonly meter: boolean;
  readonly failSafe: FailSafe;
  /** Its contactor is open at the latest so long after the last heartbeat, at most 6 s; null with `none`, and only then. */
  readonly failSafe_ms: Milliseconds | null;
  /** Which of the manual's terminals it has: R W B of a lock, SW, IO3. */
  readonly lock: boolean;
  readonly switch: boolean;
  /** disabled = it has no such input. */
  readonly residual: EvseConfig['residual'];
  readonly temperature: boolean;
  /** Honest worst case from a change on the pilot to an event, in ms. */
  readonly reaction_ms: Milliseconds;
};

export interface BoardSupport {
  readonly capabilities: BoardCapabilities;
  /** Ends in the safe state (contactor open, pilot X1) and then begins to send events. */
  start(): Promise<void>;
  /** Safe state first, then lets go of the hardware. */
  stop(): Promise<void>;
  setPilot(pilot: PilotOutput): void;
  /** A permission: the board closes the contactor, or refuses, and says which by `contactor-confirmed`. */
  allowPower(on: boolean): void;
  /** One pulse of the plug's lock; one that runs is cut short by the next. */
  pulseLock(toward: LockState, for_ms: Milliseconds): void;
  /** The residual-current monitor is made to trip, where `capabilities.residual` is `tested`. */
  testResidual(): void;
  setIndicator(indicator: Indicator): void;
  /** The dead-man's handle: after a completed sample and decision, where the charge point vouches; never by a bare timer. */
  heartbeat(): void;
  /** Contactor open, pilot X1 (F where the board has it): synchronous, idempotent, never throws. For the last gasp. */
  safeStateSync(reason: string): void;
  /** @returns how to stop listening */
  on(listener: (event: BoardEvent) => void): () => void;
}
