// What happens next: a heap of moments in true time. Two that fall on one millisecond happen in the order in which they
// were asked for, so that a run is the same whenever it is run.
import { assert, type Milliseconds } from '@fairamp/units';

type Entry = { readonly at: Milliseconds; readonly order: number; readonly run: () => void };

export class Timeline {
  now: Milliseconds = 0;
  readonly #heap: Entry[] = [];
  #order = 0;

  schedule(at: Milliseconds, run: () => void): void {
    this.#order += 1;
    this.#rise({ at: Math.max(at, this.now), order: this.#order, run });
  }

  /** Runs everything up to and at `until`, then stands there. */
  runUntil(until: Milliseconds): void {
    assert(until >= this.now, `run until ${until} ms from ${this.now} ms: time never goes back`);
    for (let first = this.#heap[0]; first !== undefined && first.at <= until; first = this.#heap[0]) {
      this.#removeFirst();
      this.now = first.at;
      first.run();
    }
    this.now = until;
  }

  #rise(entry: Entry): void {
    const heap = this.#heap;
    let index = heap.length;
    heap.push(entry);
    while (index > 0) {
      const above = (index - 1) >> 1;
      const parent = heap[above];
      if (parent === undefined || isBefore(parent, entry)) break;
      heap[index] = parent;
      index = above;
    }
    heap[index] = entry;
  }

  #removeFirst(): void {
    const heap = this.#heap;
    const last = heap.pop();
    if (last === undefined || heap.length === 0) return;
    let index = 0;
    for (let below = 1; below < heap.length; below = 2 * index + 1) {
      const child = this.#earlier(below, below + 1);
      const entry = heap[child];
      if (entry === undefined || isBefore(last, entry)) break;
      heap[index] = entry;
      index = child;
    }
    heap[index] = last;
  }

  #earlier(left: number, right: number): number {
    const [one, other] = [this.#heap[left], this.#heap[right]];
    return one !== undefined && other !== undefined && isBefore(other, one) ? right : left;
  }
}

function isBefore(one: Entry, other: Entry): boolean {
  return one.at === other.at ? one.order < other.order : one.at < other.at;
}
