// Time is brought in, so that a test can pass an hour in a line. The same shape as the runtime's clock, which this room
// may not import.
import type { Milliseconds } from '@fairamp/units';

export type StoreClock = {
  /** Never goes back. */
  now(): Milliseconds;
  /** @returns how to stop it */
  every(period_ms: Milliseconds, callback: () => void): () => void;
};

/** One thing to do later; what is set anew replaces what was. */
export class Appointment {
  #cancel: () => void = () => undefined;

  constructor(private readonly clock: StoreClock) {}

  in(wait_ms: Milliseconds, callback: () => void): void {
    this.cancel();
    this.#cancel = this.clock.every(Math.max(1, wait_ms), () => {
      this.cancel();
      callback();
    });
  }

  cancel(): void {
    this.#cancel();
    this.#cancel = () => undefined;
  }
}
