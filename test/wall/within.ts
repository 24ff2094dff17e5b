// Waiting with a bound that a stalling computer does not use up: each turn of the wait counts with what it was to take,
// or a little more. Time in which this process did not run was nobody's time.
import { setTimeout as pause } from 'node:timers/promises';
import type { Milliseconds } from '@fairamp/units';

const TURN_ms: Milliseconds = 20;

/** @throws when it does not hold within so many seconds, net of the computer's stalls */
export async function within(seconds: number, holds: () => boolean, what: () => string): Promise<void> {
  let passed_ms = 0;
  let before = performance.now();
  while (!holds()) {
    if (passed_ms > seconds * 1000) throw new Error(`not within ${seconds} s: ${what()}`);
    await pause(TURN_ms);
    const now = performance.now();
    passed_ms += Math.min(now - before, 2 * TURN_ms);
    before = now;
  }
}

/** It goes on to hold for as long. */
export async function holdsFor(seconds: number, holds: () => boolean, what: () => string): Promise<void> {
  const end = performance.now() + seconds * 1000;
  while (performance.now() < end) {
    if (!holds()) throw new Error(`not for ${seconds} s: ${what()}`);
    await pause(TURN_ms);
  }
}
