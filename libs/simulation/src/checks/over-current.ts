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

  constructor(private readonly accuse: Accuse) {}

  hear(): void {}

  look(moment: Moment): void {
    const { at, outlets } = moment;
    for (let index = 0; index < outlets.length; index += 1) {
      const outlet = outlets[index];
      if (outlet === undefined) continue;
      const isOver = drawsTooMuch(outlet) && slaveAt(moment, index)?.life.state === 'up';
      if (!this.#over.of(index).look(isOver, at, STOPPED_WITHIN_ms)) continue;
      const detail = `the car of ${outlet.id} draws ${amps(drawnMost(outlet))} A, its pilot says ${amps(outlet.offered_dA)} A`;
      this.accuse({ invariant: 'I12', at, detail });
    }
  }
}

/** A tenth and half an ampere above the grant, and what the meter may miss. A weld obeys nobody. */
function drawsTooMuch(outlet: OutletTruth): boolean {
  const { isMetered, isPowerAllowed, offered_dA } = outlet;
  if (!isMetered || !isPowerAllowed) return false;
  const drawn_dA = drawnMost(outlet);
  return drawn_dA > 0 && drawn_dA > leastSeen(offered_dA + offered_dA / 10 + 5);
}

function leastSeen(current_dA: Deciamps): Deciamps {
  return current_dA * (1 + READING_ERROR) + ROUNDING_dA;
}
