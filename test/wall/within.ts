// Waiting with a bound that a stalling computer does not use up: each turn of the wait counts with what it was to take,
// or a little more. Time in which this process did not run was nobody's time.
import { setTimeout as pause } from 'node:timers/promises';
import type { Milliseconds } from '@fairamp/units';

const TURN_ms: Milliseconds = 20;

class Stopwatch {
  passed_ms: Milliseconds = 0;
  #before = performance.now();

  async turn(): Promise<void> {
    await pause(TURN_ms);
    const now = performance.now();
    this.passed_ms += Math.min(now - this.#before, 2 * TURN_ms);
    this.#before = now;
  }
}

/** @throws when it does not hold within so many seconds, net of the computer's stalls */
export async function within(seconds: number, holds: () => boolean, what: () => string): Promise<void> {
  for (const watch = new Stopwatch(); !holds(); await watch.turn())
    if (watch.passed_ms > seconds * 1000) throw new Error(`not within ${seconds} s: ${what()}`);
}

/** It goes on to hold for as long. */
export async function holdsFor(seconds: number, holds: () => boolean, what: () => string): Promise<void> {
  for (const watch = new Stopwatch(); watch.passed_ms < seconds * 1000; await watch.turn())
    if (!holds()) throw new Error(`not for ${seconds} s: ${what()}`);
}
