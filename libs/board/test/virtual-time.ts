// Time that passes when a test says so: every timer at its own millisecond, in order.
import type { Milliseconds } from '@fairamp/units';
import type { Schedule } from '../src/linux/ports.js';

type Timer = { readonly at: Milliseconds; readonly run: () => void };

export class VirtualTime implements Schedule {
  #now: Milliseconds = 0;
  #timers: Timer[] = [];

  readonly now = (): Milliseconds => this.#now;

  readonly after = (ms: Milliseconds, run: () => void): (() => void) => {
    const timer = { at: this.#now + ms, run };
    this.#timers.push(timer);
    return () => (this.#timers = this.#timers.filter((other) => other !== timer));
  };

  /** Nothing is waited for any more. */
  get isStill(): boolean {
    return this.#timers.length === 0;
  }

  pass(ms: Milliseconds): void {
    const end = this.#now + ms;
    for (let next = this.#dueBy(end); next !== undefined; next = this.#dueBy(end)) {
      this.#timers = this.#timers.filter((other) => other !== next);
      this.#now = Math.max(this.#now, next.at);
      next.run();
    }
    this.#now = end;
  }

  #dueBy(end: Milliseconds): Timer | undefined {
    return this.#timers.filter(({ at }) => at <= end).toSorted((one, other) => one.at - other.at)[0];
  }
}
