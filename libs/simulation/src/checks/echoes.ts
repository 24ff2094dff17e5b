// I5, the master's side of it: a grant answers a report that came live to this very life of the master. A retained one
// may speak of a life that is long over; it is for people (design 3 rule 1).
import { WrongRows } from './episode.js';
import type { Accuse, Checker, Fact } from './moment.js';

export class Echoes implements Checker {
  readonly invariant = 'I5';
  readonly #rows = new WrongRows();

  constructor(private readonly accuse: Accuse) {}

  hear(fact: Fact): void {
    if (fact.kind !== 'granted') return;
    const { at, master, to, id, isEchoLive } = fact;
    if (!this.#rows.begins(`${master} ${to}`, !isEchoLive)) return;
    const grant = `grant ${id.epoch.count}.${id.n}`;
    this.accuse({
      invariant: 'I5',
      at,
      detail: `${grant} of ${master} answers a report of ${to} that never came live`,
    });
  }

  look(): void {}
}
