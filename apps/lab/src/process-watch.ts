// Since when each process is down or frozen, when the site was last disturbed, and which ends nobody asked for: what the
// checks need to know of the processes, and what makes a run fail.
import { PROCESSES, type ProcessName } from './actions.js';

export class ProcessWatch {
  readonly #downSince_s = new Map<ProcessName, number>();
  readonly #unexpected: string[] = [];
  #disturbedAt_s: number | null = null;

  get downSince_s(): ReadonlyMap<ProcessName, number> {
    return this.#downSince_s;
  }

  get disturbedAt_s(): number | null {
    return this.#disturbedAt_s;
  }

  /** Ends that nobody asked for, in words. */
  get unexpected(): readonly string[] {
    return this.#unexpected;
  }

  ended(name: string, at_s: number): void {
    this.#disturbedAt_s = at_s;
    const process = PROCESSES.find((known) => known === name);
    if (process !== undefined && !this.#downSince_s.has(process)) this.#downSince_s.set(process, at_s);
  }

  /** The first start of all disturbs nobody. */
  runs(name: string, at_s: number): void {
    const process = PROCESSES.find((known) => known === name);
    if (process !== undefined && this.#downSince_s.delete(process)) this.#disturbedAt_s = at_s;
  }

  /** Something else than a process has come or gone. */
  disturbed(at_s: number): void {
    this.#disturbedAt_s = at_s;
  }

  blame(words: string): void {
    this.#unexpected.push(words);
  }
}
