// What a store says when the disk does not do as it should: each kind once, until the disk works again.
import { codeOf, messageOf } from './system-error.js';

/** kind: the system's code (`ENOSPC`), or a word of ours (`from-the-future`). */
export type Trouble = { readonly kind: string; readonly detail: string };

export class Troubles {
  readonly #told = new Set<string>();
  #newest: Trouble | null = null;

  constructor(private readonly onTrouble: (trouble: Trouble) => void) {}

  /** null = the last attempt succeeded. */
  get newest(): Trouble | null {
    return this.#newest;
  }

  has(trouble: Trouble): void {
    this.#newest = trouble;
    if (this.#told.has(trouble.kind)) return;
    this.#told.add(trouble.kind);
    this.onTrouble(trouble);
  }

  over(): void {
    this.#newest = null;
    this.#told.clear();
  }
}

export function troubleOf(error: unknown, file: string): Trouble {
  return { kind: codeOf(error), detail: `${file}: ${messageOf(error)}` };
}
