// I12: a contactor that does not follow its coil is a fault that its slave shows, and none is held closed while its car
// does not ask. What a dead or frozen process leaves closed is I3's.
import type { Milliseconds } from '@fairamp/units';
import { Episodes } from './episode.js';
import type { Accuse, Checker, Moment, OutletTruth } from './moment.js';
import { slaveAt } from './truth.js';

const FOLLOWS_WITHIN_ms: Milliseconds = 500;
/** After that the slave's own half second of doubt, its samples and its start. */
const TOLD_WITHIN_ms: Milliseconds = 1_000;
/** The plant's step. */
const STEP_ms: Milliseconds = 250;

export class WrongContactor implements Checker {
  readonly invariant = 'I12';
  readonly #stuck = new Episodes();
  readonly #unasked = new Episodes();

  constructor(private readonly accuse: Accuse) {}

  hear(): void {}

  look(moment: Moment): void {
    const { at, outlets } = moment;
    for (let index = 0; index < outlets.length; index += 1) {
      const outlet = outlets[index];
      if (outlet === undefined) continue;
      const isUp = slaveAt(moment, index)?.life.state === 'up';
      const untold = outlet.isClosed && isUp && !outlet.isPowerAllowed && !showsFault(moment, index);
      if (this.#stuck.of(index).look(untold, at, FOLLOWS_WITHIN_ms + TOLD_WITHIN_ms + STEP_ms)) {
        this.#blame(at, `the contactor of ${outlet.id} is closed, its coil is off and nobody is told`);
      }
      if (this.#unasked.of(index).look(isUp && isUnasked(outlet), at, FOLLOWS_WITHIN_ms)) {
        this.#blame(at, `the contactor of ${outlet.id} is held closed with the pilot at ${outlet.pilot}`);
      }
    }
  }

  #blame(at: Milliseconds, detail: string): void {
    this.accuse({ invariant: 'I12', at, detail });
  }
}

/** Asked only of the rare contactor that is closed without its coil: the answer costs something. */
function showsFault(moment: Moment, index: number): boolean {
  return slaveAt(moment, index)?.faults.includes('contactor') === true;
}

function isUnasked({ isClosed, isPowerAllowed, pilot }: OutletTruth): boolean {
  return isClosed && isPowerAllowed && pilot !== 'C' && pilot !== 'D';
}
