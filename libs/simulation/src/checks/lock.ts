// I14: the lock never opens under a closed contactor, whatever becomes of the processes: by the truth of the bolt, and by
// what its process asks of the actuator. A pulse counts as it moves the bolt: where the wires are swapped, the other way.
import { Episodes, WrongRows } from './episode.js';
import type { Accuse, Checker, Fact, Moment } from './moment.js';
import { outletOf } from './truth.js';

export class Lock implements Checker {
  readonly invariant = 'I14';
  readonly #open = new Episodes();
  readonly #pulses = new WrongRows();
  #moment: Moment | null = null;

  constructor(private readonly accuse: Accuse) {}

  /** Whatever moves a contactor is a look, so the newest one knows whether it is closed. */
  hear(fact: Fact): void {
    if (fact.kind !== 'commanded' || (fact.output !== 'locked' && fact.output !== 'unlocked')) return;
    const outlet = this.#moment === null ? undefined : outletOf(this.#moment, fact.outlet);
    if (outlet === undefined) return;
    const opens = outlet.isLockReversed ? fact.output === 'locked' : fact.output === 'unlocked';
    if (!this.#pulses.begins(outlet.id, opens && outlet.isClosed)) return;
    this.accuse({ invariant: 'I14', at: fact.at, detail: `${outlet.id} is told to unlock under a closed contactor` });
  }

  look(moment: Moment): void {
    this.#moment = moment;
    const { at, outlets } = moment;
    for (let index = 0; index < outlets.length; index += 1) {
      const outlet = outlets[index];
      const isWrong = outlet?.lock === 'unlocked' && outlet.isClosed;
      if (!this.#open.of(index).look(isWrong, at, 0)) continue;
      this.accuse({ invariant: 'I14', at, detail: `${outlet?.id} is unlocked under a closed contactor` });
    }
  }
}
