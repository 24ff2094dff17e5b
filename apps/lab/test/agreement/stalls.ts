// When the computer stood still: a timer that comes late says so. A report that came a third of a second late is no proof
// for the decision that waited for it, and a raise is then made in two steps.
import type { Milliseconds } from '@fairamp/units';

const TURN_ms: Milliseconds = 20;
/** Well below the 300 ms for which a decision waits for answers. */
const LEAST_ms: Milliseconds = 150;

export class Stalls {
  readonly #ends: Milliseconds[] = [];
  #before = performance.now();
  readonly #timer = setInterval(() => {
    const now = performance.now();
    if (now - this.#before > TURN_ms + LEAST_ms) this.#ends.push(now);
    this.#before = now;
  }, TURN_ms);

  /** @returns when each ended, by `performance.now()` */
  end(): readonly Milliseconds[] {
    clearInterval(this.#timer);
    return this.#ends;
  }
}
