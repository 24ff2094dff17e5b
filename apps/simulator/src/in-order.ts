// Answers come in any order; people read them in the order of the seeds.

export class InOrder<T> {
  readonly #deliver: (item: T) => void;
  readonly #waiting = new Map<number, T>();
  #next = 0;

  constructor(deliver: (item: T) => void) {
    this.#deliver = deliver;
  }

  add(index: number, item: T): void {
    this.#waiting.set(index, item);
    for (let next = this.#take(); next !== undefined; next = this.#take()) this.#deliver(next);
  }

  /** Whatever is there, over the gaps: nothing more will come. */
  flush(): void {
    const late = [...this.#waiting].sort(([one], [other]) => one - other);
    this.#waiting.clear();
    for (const [, item] of late) this.#deliver(item);
  }

  #take(): T | undefined {
    const item = this.#waiting.get(this.#next);
    if (item !== undefined) {
      this.#waiting.delete(this.#next);
      this.#next += 1;
    }
    return item;
  }
}
