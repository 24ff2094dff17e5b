// When a checker speaks: once for each stretch of time in which something is wrong, and again only after it has been
// right in between. Every checker asks one of these before it accuses; they judge nothing.
import type { Milliseconds } from '@fairamp/units';

/** Of a condition that is looked at, and may hold for a while. */
export class Episode {
  #since: Milliseconds | null = null;
  #isTold = false;

  /**
   * True at the one look at which it has held for longer than its bound (0: at once). It counts from the first look that found it,
   * so never longer than it really was.
   */
  look(holds: boolean, at: Milliseconds, bound_ms: Milliseconds): boolean {
    if (!holds) {
      this.#since = null;
      this.#isTold = false;
      return false;
    }
    this.#since ??= at;
    if (this.#isTold || (bound_ms > 0 && at - this.#since <= bound_ms)) return false;
    this.#isTold = true;
    return true;
  }
}

/** One for each outlet (or whatever has a place in a list). */
export class Episodes {
  readonly #episodes: Episode[] = [];

  of(index: number): Episode {
    return (this.#episodes[index] ??= new Episode());
  }
}

/** Of facts: a row of wrong ones about one subject is one episode, which the first right one ends. */
export class WrongRows {
  readonly #wrong = new Set<string>();

  begins(subject: string, isWrong: boolean): boolean {
    if (!isWrong) {
      this.#wrong.delete(subject);
      return false;
    }
    if (this.#wrong.has(subject)) return false;
    this.#wrong.add(subject);
    return true;
  }
}
