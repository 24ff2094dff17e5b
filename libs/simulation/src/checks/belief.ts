// I7: whether a meter is believed. One that lies is found in the time of docs/meter-trust.md and 17 s of our cars' draw on
// a conductor; one that has never lied is always believed, and one that has is believed again within an hour. Behind a
// battery there is no such time: no scenario has one.
import { PHASES, type Milliseconds } from '@fairamp/units';
import { Episodes } from './episode.js';
import { isDistrustedNow, Lied } from './lied.js';
import type { Accuse, Checker, CircuitTruth, Fact, Moment } from './moment.js';
import { branchName } from './truth.js';

/** The longest that the next chance waits, and what was begun. */
const TRIED_AGAIN_ms: Milliseconds = 3_600_000 + 60_000;

export class Belief implements Checker {
  readonly invariant = 'I7';
  readonly #lied = new Lied();
  readonly #overdue = new Episodes();
  readonly #wrongly = new Episodes();

  constructor(private readonly accuse: Accuse) {}

  hear(fact: Fact): void {
    this.#lied.hear(fact);
  }

  look(moment: Moment): void {
    const { at } = moment;
    this.#lied.look(moment);
    moment.circuits.forEach((circuit, place) => {
      const late = PHASES.find((phase) => this.#lied.isOverdue(circuit, place, phase, moment));
      if (this.#overdue.of(place).look(late !== undefined, at, 0)) {
        const where = branchName(circuit, late ?? 'L1');
        this.accuse({
          invariant: 'I7',
          at,
          detail: `the meter of ${where} lies (${circuit.lie}) and is believed still`,
        });
      }
      if (!this.#wrongly.of(place).look(isWronglyDistrusted(circuit, moment), at, 0)) return;
      this.accuse({ invariant: 'I7', at, detail: `the meter of ${circuit.id} tells the truth and is not believed` });
    });
  }
}

function isWronglyDistrusted(circuit: CircuitTruth, moment: Moment): boolean {
  const { liesSince, truthSince } = circuit;
  if (liesSince !== null || (truthSince !== null && moment.at - truthSince <= TRIED_AGAIN_ms)) return false;
  return isDistrustedNow(circuit, moment);
}
