// Whose turn it is: where not everyone's minimum fits, some cars wait, and none waits longer than each of those that it
// waits for has its turn. Judged is who could be served if they did not charge: beside the house and whoever goes before
// it (a higher priority) its minimum fits. Who fits beside all of them is I15's.
import { type Milliseconds, type Phase } from '@fairamp/units';
import { Pace } from './calm.js';
import { Episodes } from './episode.js';
import { fits, Hunger, mayUse, type NeedOf } from './hunger.js';
import type { Accuse, Checker, Moment, OutletTruth } from './moment.js';
import { SERVED_WITHIN_ms } from './starving.js';
import { Unruled } from './unruled.js';

/** Beside the turn itself: it is stopped softly, its reservation ends, and the next one starts. */
const HANDED_OVER_WITHIN_ms: Milliseconds = 30_000;

export class Turns implements Checker {
  readonly invariant = 'turns';
  readonly #pace = new Pace();
  readonly #waiting = new Episodes();
  readonly #hunger = new Hunger();
  readonly #unruled = new Unruled();
  /** In the order of the outlets: the most that each has waited for at once. */
  readonly #rivals: number[] = [];

  constructor(private readonly accuse: Accuse) {}

  hear(): void {}

  look(moment: Moment): void {
    const { at, outlets, turn_ms } = moment;
    if (!this.#pace.isDue(at)) return;
    this.#hunger.look(moment);
    this.#unruled.look(moment);
    for (let index = 0; index < outlets.length; index += 1) {
      const outlet = outlets[index];
      if (outlet === undefined) continue;
      const waits = this.#hunger.waits(index, moment) && fits(index, moment, this.#needsBefore(outlet, index, moment));
      const rivals = waits ? Math.max(this.#rivals[index] ?? 0, rivalsOf(index, moment)) : 0;
      this.#rivals[index] = rivals;
      const bound_ms = SERVED_WITHIN_ms + rivals * (turn_ms + HANDED_OVER_WITHIN_ms);
      if (!this.#waiting.of(index).look(waits, at, bound_ms)) continue;
      const detail = `the car of ${outlet.id} has waited for ${Math.round(bound_ms / 1000)} s, for ${rivals} others`;
      this.accuse({ invariant: 'turns', at, detail });
    }
  }

  /** Who does not go before it needs only what no grant rules, or what it takes without being hungry. */
  #needsBefore(own: OutletTruth, place: number, { min_dA }: Moment): NeedOf {
    return (outlet, index, phase) => {
      if (!mayUse(outlet, phase)) return outlet.draw_dA[phase];
      const unruled_dA = this.#unruled.on(phase, index);
      const goesFirst = index === place || outlet.priority > own.priority;
      return goesFirst ? min_dA + unruled_dA : unruled_dA;
    };
  }
}

/** Who is hungry too, and shares a conductor of a circuit with it. */
function rivalsOf(index: number, moment: Moment): number {
  const own = moment.outlets[index];
  const shared = moment.circuits.filter(({ outlets }) => outlets.includes(index)).flatMap(({ outlets }) => outlets);
  const others = [...new Set(shared)].filter((other) => other !== index);
  return others.filter((other) => {
    const rival = moment.outlets[other];
    return rival !== undefined && own?.wired.some((phase: Phase) => mayUse(rival, phase)) === true;
  }).length;
}
