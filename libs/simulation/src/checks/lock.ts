// I14: the lock never opens under a closed contactor, whatever becomes of the processes.
import { Episodes } from './episode.js';
import type { Accuse, Checker, Moment } from './moment.js';

export class Lock implements Checker {
  readonly invariant = 'I14';
  readonly #open = new Episodes();

  constructor(private readonly accuse: Accuse) {}

  hear(): void {}

  look({ at, outlets }: Moment): void {
    for (let index = 0; index < outlets.length; index += 1) {
      const outlet = outlets[index];
      const isWrong = outlet?.lock === 'unlocked' && outlet.isClosed;
      if (!this.#open.of(index).look(isWrong, at, 0)) continue;
      this.accuse({ invariant: 'I14', at, detail: `${outlet?.id} is unlocked under a closed contactor` });
    }
  }
}
