// The lowest value of a quantity over the last seconds, of any length up to a span, without a list that grows: one value
// for each quarter of a second. A quarter that has begun before the time that is asked for counts whole, so an answer
// errs to the low side.
import type { Milliseconds } from '@fairamp/units';

export const BUCKET_ms: Milliseconds = 250;
const { floor, min } = Math;

export class Lowest {
  readonly #numbers: Int32Array;
  readonly #values: Int32Array;

  constructor(span_ms: Milliseconds) {
    const buckets = floor(span_ms / BUCKET_ms) + 2;
    this.#numbers = new Int32Array(buckets).fill(-1);
    this.#values = new Int32Array(buckets);
  }

  note(at: Milliseconds, value: number): void {
    const number = floor(at / BUCKET_ms);
    const place = number % this.#values.length;
    const known = this.#numbers[place] === number ? (this.#values[place] ?? value) : value;
    this.#numbers[place] = number;
    this.#values[place] = min(known, value);
  }

  /** Infinity where nothing was noted since. */
  since(from: Milliseconds, at: Milliseconds): number {
    let lowest = Infinity;
    for (let number = floor(from / BUCKET_ms); number <= floor(at / BUCKET_ms); number += 1) {
      const place = number % this.#values.length;
      if (this.#numbers[place] === number) lowest = min(lowest, this.#values[place] ?? lowest);
    }
    return lowest;
  }
}
