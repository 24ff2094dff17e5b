// What our cars draw beyond all that a grant can rule, which to everybody else is house: through a board without a
// fail-safe whose process is gone (design 3 rule 6), through contacts that hang together, and what a car takes beyond
// its offer that ought to follow it. That one is excused for as long as it disobeys, and for the 5 s after it in which any
// car may follow (E of design 3).
import { PHASES, type Deciamps, type Milliseconds, type Phase } from '@fairamp/units';
import type { CircuitTruth, Moment, OutletTruth } from './moment.js';
import { outputsOn, slaveAt } from './truth.js';

const FOLLOWS_WITHIN_ms: Milliseconds = 5_000;

export class Unruled {
  /** In the order of the outlets: when their car last disobeyed. */
  readonly #disobeyedAt: Milliseconds[] = [];
  #moment: Moment | null = null;

  look(moment: Moment): void {
    this.#moment = moment;
    const { at, outlets } = moment;
    for (let index = 0; index < outlets.length; index += 1) {
      const outlet = outlets[index];
      if (outlet === undefined || outlet.broken.length === 0) continue;
      // Through contacts that hang together a car goes on as it began.
      const goesOn = isWelded(outlet) && this.#isRecent(index, at);
      if (goesOn || outlet.broken.includes('car-disobeys')) this.#disobeyedAt[index] = at;
    }
  }

  disobeys(index: number): boolean {
    return this.#isRecent(index, this.#moment?.at ?? 0);
  }

  #isRecent(index: number, at: Milliseconds): boolean {
    const last = this.#disobeyedAt[index];
    return last !== undefined && at - last < FOLLOWS_WITHIN_ms;
  }

  /** Of one outlet. */
  on(phase: Phase, index: number): Deciamps {
    const outlet = this.#moment?.outlets[index];
    if (this.#moment === null || outlet?.isClosed !== true) return 0;
    const drawn_dA = outlet.draw_dA[phase];
    if (drawn_dA === 0) return 0;
    if (isWelded(outlet) || isLatched(this.#moment, index)) return drawn_dA;
    return this.disobeys(index) ? Math.max(0, drawn_dA - outlet.offered_dA) : 0;
  }

  /** Of all that hang on a circuit. */
  of(phase: Phase, { outlets }: CircuitTruth): Deciamps {
    let sum_dA = 0;
    for (const index of outlets) sum_dA += this.on(phase, index);
    return sum_dA;
  }

  /** What it can draw there by its grant: all that its outputs let it (truth.ts), without its car's own excess. */
  ruledOn(phase: Phase, index: number): Deciamps {
    const outlet = this.#moment?.outlets[index];
    if (outlet === undefined) return 0;
    if (!this.disobeys(index)) return outputsOn(outlet, phase);
    return outlet.phases.includes(phase) ? outlet.offered_dA : 0;
  }

  /** The same on the phase where it is most. */
  ruledOf(index: number): Deciamps {
    let most_dA = 0;
    for (const phase of PHASES) most_dA = Math.max(most_dA, this.ruledOn(phase, index));
    return most_dA;
  }
}

export function isWelded({ isPowerAllowed, broken }: OutletTruth): boolean {
  return !isPowerAllowed && broken.includes('contactor-welded');
}

function isLatched(moment: Moment, index: number): boolean {
  const slave = slaveAt(moment, index);
  return slave?.failSafe === 'none' && slave.life.state !== 'up';
}
