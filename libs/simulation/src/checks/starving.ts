// I15: when faults have ended, every car that fits charges again by itself. Starving is a car that could draw, is given
// nothing, and has been so for 95 s in which nothing was disturbed and everyone's minimum fitted, at every look, on each
// of its phases and circuits. A rest of its own making (full, or it cannot ask) is not hunger.
import type { Milliseconds } from '@fairamp/units';
import { Episodes } from './episode.js';
import { fits, Hunger, mayUse, type NeedOf } from './hunger.js';
import type { Accuse, Checker, Moment } from './moment.js';
import { Unruled } from './unruled.js';

/** 60 s NO CURRENT, a silence of 17 s, and a newcomer's turn (design 3). */
export const SERVED_WITHIN_ms: Milliseconds = 95_000;

export class Starving implements Checker {
  readonly invariant = 'I15';
  readonly #hungry = new Episodes();
  readonly #hunger = new Hunger();
  readonly #unruled = new Unruled();

  constructor(private readonly accuse: Accuse) {}

  hear(): void {}

  look(moment: Moment): void {
    const { at, outlets, min_dA } = moment;
    this.#hunger.look(moment);
    this.#unruled.look(moment);
    // Everyone who is hungry there gets the minimum, and keeps what no grant rules; who is not and draws nevertheless
    // keeps that.
    const needOf: NeedOf = (outlet, index, phase) => {
      return mayUse(outlet, phase) ? min_dA + this.#unruled.on(phase, index) : outlet.draw_dA[phase];
    };
    for (let index = 0; index < outlets.length; index += 1) {
      const isStarving = this.#hunger.waits(index, moment) && fits(index, moment, needOf);
      if (!this.#hungry.of(index).look(isStarving, at, SERVED_WITHIN_ms)) continue;
      const detail = `the car of ${outlets[index]?.id} fits and has been given nothing for ${SERVED_WITHIN_ms / 1000} s`;
      this.accuse({ invariant: 'I15', at, detail });
    }
  }
}
