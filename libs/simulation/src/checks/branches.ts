// What a checker keeps of each branch: one conductor of one circuit, by the circuit's place in the list.
import { perPhase, type PerPhase, type Phase } from '@fairamp/units';

export class Branches<T> {
  readonly #kept: PerPhase<T>[] = [];

  constructor(private readonly make: () => T) {}

  of(place: number, phase: Phase): T {
    return (this.#kept[place] ??= perPhase(() => this.make()))[phase];
  }
}
