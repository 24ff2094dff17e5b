// Pulses for the plug's lock. One pulse at a time: the next cuts the one before short, both lines are never on together,
// and none is given while the contactor is closed (I14), whoever asks.
import type { LockState } from '@fairamp/evse';
import type { Milliseconds } from '@fairamp/units';
import type { DigitalOut, Schedule } from './ports.js';

export type LockParts = {
  readonly lock: DigitalOut;
  readonly unlock: DigitalOut;
  readonly longest_ms: Milliseconds;
  readonly schedule: Schedule;
  readonly isContactorClosed: () => boolean;
  readonly onFailure: (error: unknown) => void;
};

export class LockDrive {
  readonly #parts: LockParts;
  #callOff: (() => void) | null = null;

  constructor(parts: LockParts) {
    this.#parts = parts;
  }

  pulse(toward: LockState, for_ms: Milliseconds): void {
    const { schedule, longest_ms, isContactorClosed } = this.#parts;
    this.rest();
    // Either way: with its wires swapped the one that locks unlocks.
    if (isContactorClosed()) return;
    (toward === 'locked' ? this.#parts.lock : this.#parts.unlock).set(true);
    this.#callOff = schedule.after(Math.min(for_ms, longest_ms), () => this.#end());
  }

  /** Nothing driven: a line that fails keeps the other from nothing. */
  rest(): void {
    this.#callOff?.();
    this.#callOff = null;
    try {
      this.#parts.lock.set(false);
    } finally {
      this.#parts.unlock.set(false);
    }
  }

  #end(): void {
    try {
      this.rest();
    } catch (error) {
      this.#parts.onFailure(error);
    }
  }
}
