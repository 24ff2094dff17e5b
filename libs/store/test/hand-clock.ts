import type { StoreClock } from '../src/clock.js';

/** A clock that goes when it is told to. */
export class HandClock implements StoreClock {
  #now = 0;
  readonly #timers = new Set<{ readonly period: number; at: number; readonly callback: () => void }>();

  now(): number {
    return this.#now;
  }

  every(period: number, callback: () => void): () => void {
    const timer = { period, at: this.#now + period, callback };
    this.#timers.add(timer);
    return () => this.#timers.delete(timer);
  }

  /** How many wait. */
  get timers(): number {
    return this.#timers.size;
  }

  pass(duration: number): void {
    const end = this.#now + duration;
    for (let due = this.#firstBy(end); due !== undefined; due = this.#firstBy(end)) {
      this.#now = due.at;
      due.at += due.period;
      due.callback();
    }
    this.#now = end;
  }

  #firstBy(end: number) {
    return [...this.#timers].filter(({ at }) => at <= end).sort((one, other) => one.at - other.at)[0];
  }
}
