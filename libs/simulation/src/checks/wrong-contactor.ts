// I12: a contactor that does not follow its coil is a fault that its slave shows, a weld is never closed again in the life
// that saw it, and none is held closed while its car does not ask. What a dead or frozen process leaves closed is I3's.
import type { Milliseconds } from '@fairamp/units';
import { Episodes, WrongRows } from './episode.js';
import type { Accuse, Checker, Fact, Moment, OutletTruth } from './moment.js';
import { slaveAt } from './truth.js';

const FOLLOWS_WITHIN_ms: Milliseconds = 500;
/** After that the slave's own half second of doubt, its samples and its start. */
const TOLD_WITHIN_ms: Milliseconds = 1_000;
/** The plant's step. */
const STEP_ms: Milliseconds = 250;
const SEEN_WITHIN_ms = FOLLOWS_WITHIN_ms + TOLD_WITHIN_ms + STEP_ms;

export class WrongContactor implements Checker {
  readonly invariant = 'I12';
  readonly #stuck = new Episodes();
  readonly #unasked = new Episodes();
  readonly #welds = new Episodes();
  readonly #rows = new WrongRows();
  /** Charge points whose present life has seen a weld. */
  readonly #seen = new Set<string>();

  constructor(private readonly accuse: Accuse) {}

  hear(fact: Fact): void {
    if (fact.kind === 'started') this.#seen.delete(fact.who);
    if (fact.kind !== 'commanded' || fact.output !== 'close') return;
    if (!this.#rows.begins(fact.outlet, this.#seen.has(fact.outlet))) return;
    this.#blame(fact.at, `the contactor of ${fact.outlet} is closed again, its contacts have hung together`);
  }

  look(moment: Moment): void {
    const { outlets } = moment;
    for (let index = 0; index < outlets.length; index += 1) {
      const outlet = outlets[index];
      const isUp = slaveAt(moment, index)?.life.state === 'up';
      if (outlet !== undefined) this.#lookAt(outlet, index, isUp, moment);
    }
  }

  #lookAt(outlet: OutletTruth, index: number, isUp: boolean, moment: Moment): void {
    const { at } = moment;
    const isWelded =
      isUp && outlet.isClosed && !outlet.isPowerAllowed && isSampled(outlet) && !isStopping(moment, index);
    if (this.#welds.of(index).look(isWelded, at, SEEN_WITHIN_ms)) this.#seen.add(outlet.id);
    const untold = isWelded && !showsFault(moment, index);
    if (this.#stuck.of(index).look(untold, at, SEEN_WITHIN_ms)) {
      this.#blame(at, `the contactor of ${outlet.id} is closed, its coil is off and nobody is told`);
    }
    if (this.#unasked.of(index).look(isUp && isUnasked(outlet), at, FOLLOWS_WITHIN_ms)) {
      this.#blame(at, `the contactor of ${outlet.id} is held closed with the pilot at ${outlet.pilot}`);
    }
  }

  #blame(at: Milliseconds, detail: string): void {
    this.accuse({ invariant: 'I12', at, detail });
  }
}

/** Its board may let go of the coil before the soft stop ends (decision 0012); it has told it nothing yet. */
function isStopping(moment: Moment, index: number): boolean {
  return slaveAt(moment, index)?.isStopping === true;
}

/** A feedback contact is believed only while samples come the same way (libs/evse/src/contactor.ts). */
function isSampled({ broken, isSupplyFailing }: OutletTruth): boolean {
  return !isSupplyFailing && !broken.includes('pilot-silent');
}

/** Asked only of the rare contactor that is closed without its coil: the answer costs something. */
function showsFault(moment: Moment, index: number): boolean {
  return slaveAt(moment, index)?.faults.includes('contactor') === true;
}

function isUnasked({ isClosed, isPowerAllowed, pilot, isVentilated, broken }: OutletTruth): boolean {
  if (!isClosed || !isPowerAllowed || pilot === 'C' || (pilot === 'D' && isVentilated)) return false;
  // Nobody sees what it asks; how long that may last is I3's.
  return !broken.includes('pilot-silent');
}
