// All real processes of the lab under their names. None of them outlives it: on an orderly stop each is asked and then
// made to end; when the lab exits in any other way they are killed at once; and should the lab itself be killed by -9,
// their standard input ends and the plant sees to those that do not watch it (plant/guard.ts).
import { Child, type ChildEvent, type ChildSpec } from './child.js';
import { type ProcessState } from '../view/snapshot.js';

export class Supervisor {
  readonly #children = new Map<string, Child>();
  readonly #notify: (event: ChildEvent) => void;
  readonly #killAtExit = (): void => this.killAll();

  constructor(notify: (event: ChildEvent) => void) {
    this.#notify = notify;
    process.once('exit', this.#killAtExit);
  }

  add(spec: ChildSpec): Child {
    const child = new Child(spec, this.#notify);
    this.#children.set(spec.name, child);
    return child;
  }

  /** null: this lab has no such process (a broker of somebody else's, a bridge in Normal mode). */
  find(name: string): Child | null {
    return this.#children.get(name) ?? null;
  }

  states(): readonly { readonly name: string; readonly state: ProcessState }[] {
    return [...this.#children].map(([name, { state }]) => ({ name, state }));
  }

  pids(): readonly number[] {
    return [...this.#children.values()].map(({ pid }) => pid).filter((pid) => pid !== null);
  }

  /** Group after group: slaves let go of their cars before the plant that holds them goes. */
  async stop(groups: readonly (readonly string[])[]): Promise<void> {
    for (const group of groups) {
      const children = group.map((name) => this.find(name)).filter((child) => child !== null);
      for (const child of children) child.end();
      await Promise.all(children.map((child) => child.ended()));
    }
    process.removeListener('exit', this.#killAtExit);
  }

  /** Synchronous, for the last moment. */
  killAll(): void {
    for (const child of this.#children.values()) child.kill9();
  }
}
