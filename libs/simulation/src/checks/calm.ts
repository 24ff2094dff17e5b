// Since when nothing has happened to a site: no fault is felt, every meter tells the truth, the house holds still but for
// its noise, and the same cars charge, wait and rest. What the master makes of such a time is its own doing. Asked by
// the checkers of manners, which look twice a second: nothing that they watch is quicker.
import { PHASES, type Deciamps, type Milliseconds } from '@fairamp/units';
import { Branches } from './branches.js';
import { isDistrustedNow } from './lied.js';
import type { Moment, OutletTruth } from './moment.js';

/** 17 s until nothing is reserved any more, and the steps of a new start. */
const FELT_ms: Milliseconds = 30_000;
/** What a house may wander without being another one. */
export const WANDERS_dA: Deciamps = 10;
const LOOK_ms: Milliseconds = 500;

/** When to look again. */
export class Pace {
  #nextAt: Milliseconds = 0;

  isDue(at: Milliseconds): boolean {
    if (at < this.#nextAt) return false;
    this.#nextAt = at + LOOK_ms;
    return true;
  }
}

export class Calm {
  #since: Milliseconds = 0;
  readonly #houses = new Branches<{ dA: Deciamps }>(() => ({ dA: 0 }));
  readonly #cars: string[] = [];

  /** @returns since when; never later than now */
  look(moment: Moment): Milliseconds {
    const { at } = moment;
    // Each is asked, so that each knows what it compares the next look with.
    const isAnother = [this.#isAnotherHouse(moment), this.#areOtherCars(moment), isTroubled(moment)].includes(true);
    if (isAnother) this.#since = at;
    return this.#since;
  }

  #isAnotherHouse({ circuits }: Moment): boolean {
    let isAnother = false;
    circuits.forEach(({ house_dA }, place) => {
      for (const phase of PHASES) {
        const anchor = this.#houses.of(place, phase);
        if (Math.abs(house_dA[phase] - anchor.dA) <= WANDERS_dA) continue;
        anchor.dA = house_dA[phase];
        isAnother = true;
      }
    });
    return isAnother;
  }

  #areOtherCars({ outlets }: Moment): boolean {
    let areOther = false;
    outlets.forEach((outlet, index) => {
      const car = carOf(outlet);
      areOther ||= this.#cars[index] !== car;
      this.#cars[index] = car;
    });
    return areOther;
  }
}

function carOf({ pilot, isClosed, isHungry, broken }: OutletTruth): string {
  return `${pilot} ${isClosed} ${isHungry} ${broken.length}`;
}

function isTroubled(moment: Moment): boolean {
  const { at, isDisturbed, disturbedAt, circuits } = moment;
  if (isDisturbed || (disturbedAt !== null && at - disturbedAt < FELT_ms)) return true;
  return circuits.some((circuit) => {
    const { liesSince, truthSince } = circuit;
    if (liesSince !== null || isDistrustedNow(circuit, moment)) return true;
    return truthSince !== null && at - truthSince < FELT_ms;
  });
}
