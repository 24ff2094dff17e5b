// How many packets a client may still send: a store that fills at the role's rate up to a burst. Pure: the moment comes
// with each question.
import { type Milliseconds } from '@fairamp/units';
import { BURST_S } from './roles.js';

export class TokenBucket {
  #rate_per_s: number;
  #tokens: number;
  #filledAt: Milliseconds;

  constructor(rate_per_s: number, now: Milliseconds) {
    this.#rate_per_s = rate_per_s;
    this.#tokens = rate_per_s * BURST_S;
    this.#filledAt = now;
  }

  /** From now on at another rate; what was used up stays used up, in proportion. */
  changeRate(rate_per_s: number): void {
    this.#tokens *= rate_per_s / this.#rate_per_s;
    this.#rate_per_s = rate_per_s;
  }

  /** @returns false when there are too few */
  take(cost: number, now: Milliseconds): boolean {
    const filled = this.#tokens + ((now - this.#filledAt) * this.#rate_per_s) / 1000;
    this.#tokens = Math.min(filled, this.#rate_per_s * BURST_S) - cost;
    this.#filledAt = now;
    return this.#tokens >= 0;
  }
}
