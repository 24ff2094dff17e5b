// A switch or a contact as people mean it: a level counts when it has stood for a while. Some levels must not wait (a trip
// of the residual-current monitor): they count at once, and only their end is waited for.
import type { Milliseconds } from '@fairamp/units';

export class Debounced {
  #settled: boolean | null = null;
  #doubtedSince: Milliseconds | null = null;

  constructor(
    private readonly stands_ms: Milliseconds,
    private readonly atOnce: boolean | null = null,
  ) {}

  /** @returns the level that counts, when it has just become another one; else null */
  hear(level: boolean, at: Milliseconds): boolean | null {
    if (level === this.#settled) {
      this.#doubtedSince = null;
      return null;
    }
    this.#doubtedSince ??= at;
    const isSettled = this.#settled === null || level === this.atOnce || at - this.#doubtedSince >= this.stands_ms;
    if (!isSettled) return null;
    this.#settled = level;
    this.#doubtedSince = null;
    return level;
  }
}
