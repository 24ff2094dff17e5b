// The one place where a process learns the time. It is the kernel's monotonic clock, which neither a person nor NTP can
// set back (reliability.md I13); who needs a moment gets it from here as an event's `at`, and pure rooms get no clock.
import { type Milliseconds } from '@fairamp/units';

export interface Clock {
  /** Whole milliseconds since some fixed moment of this process. Never goes back. */
  now(): Milliseconds;
  /** @returns how to stop it */
  every(period_ms: Milliseconds, callback: () => void): () => void;
}

export const systemClock: Clock = {
  now: () => Math.floor(performance.now()),
  every: (period_ms, callback) => {
    const timer = setInterval(callback, period_ms);
    return () => clearInterval(timer);
  },
};
