// I12, the other half of `does not follow`: a car that draws more than it was granted is stopped. Watched where a meter
// shows it to the charge point; elsewhere nobody but the mains' own meter can know.
import { amps, type Deciamps, type Milliseconds } from '@fairamp/units';
import { Episodes } from './episode.js';
import { READING_ERROR, ROUNDING_dA } from './meter-error.js';
import type { Accuse, Checker, Moment, OutletTruth } from './moment.js';
import { drawnMost, slaveAt } from './truth.js';

/** The 7 s of a slow clock, the meter's second, the contactor and a step. */
const STOPPED_WITHIN_ms: Milliseconds = 8_400;

export class OverCurrent implements Checker {
  readonly invariant = 'I12';
  readonly #over = new Episodes();
  /** In the order of the outlets: what the draw was too much for when that began. */
  readonly #most_dA: Deciamps[] = [];

  constructor(private readonly accuse: Accuse) {}

  hear(): void {}

  look(moment: Moment): void {
    const { at, outlets } = moment;
    for (let index = 0; index < outlets.length; index += 1) {
      const outlet = outlets[index];
      if (outlet === undefined) continue;
      const isUp = slaveAt(moment, index)?.life.state === 'up';
      if (!this.#over.of(index).look(isUp && this.#isStillOver(outlet, index), at, STOPPED_WITHIN_ms)) continue;
      const detail = `the car of ${outlet.id} draws ${amps(drawnMost(outlet))} A, its pilot says ${amps(outlet.offered_dA)} A`;
      this.accuse({ invariant: 'I12', at, detail });
    }
  }

  /** A car that is cut again while it comes down follows: below what it was above before, its time begins anew. */
  #isStillOver(outlet: OutletTruth, index: number): boolean {
    const drawn_dA = isRuled(outlet) ? drawnMost(outlet) : 0;
    const before_dA = this.#most_dA[index];
    const isOver = drawn_dA > mostOf(outlet);
    const isSame = before_dA !== undefined && drawn_dA > before_dA;
    if (!isOver) this.#most_dA[index] = Infinity;
    else if (!isSame) this.#most_dA[index] = mostOf(outlet);
    return isOver && isSame;
  }
}

/** A weld obeys nobody. */
function isRuled({ isMetered, isPowerAllowed }: OutletTruth): boolean {
  return isMetered && isPowerAllowed;
}

/** A tenth and half an ampere above the grant, and what the meter may miss. */
function mostOf({ offered_dA }: OutletTruth): Deciamps {
  return (offered_dA + offered_dA / 10 + 5) * (1 + READING_ERROR) + ROUNDING_dA;
}
