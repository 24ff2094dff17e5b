// I16 as well: what else protects a charge point ends a session. At 65 degrees it ends softly; a supply that fails, a plug without
// contact and a pilot without a diode open at once, as soon as a board can see it.
import type { Milliseconds } from '@fairamp/units';
import { Episodes } from './episode.js';
import type { Accuse, Checker, Moment, OutletTruth } from './moment.js';
import { slaveAt } from './truth.js';

const HOT_celsius = 65;
/** A soft stop by a slow clock, the contactor and a step. */
const COOLS_WITHIN_ms: Milliseconds = 6_450;
/** A diode changes nothing that would make the board here look sooner: two samples, each half a second and at most a step
 * of the plant after the one before, the contactor, and the milliseconds in which the steps fall. */
const SAMPLED_TWICE_ms: Milliseconds = 2 * (500 + 250) + 100;
/** 100 ms, the slowest contactor, and the milliseconds in which the plant's steps fall. */
const AT_ONCE_ms: Milliseconds = 160;

type Rule = {
  readonly what: string;
  readonly holds: (outlet: OutletTruth) => boolean;
  readonly within_ms: Milliseconds;
};

const RULES: readonly Rule[] = [
  { what: 'although it is too hot', holds: ({ celsius }) => celsius >= HOT_celsius, within_ms: COOLS_WITHIN_ms },
  { what: 'although its supply fails', holds: ({ isSupplyFailing }) => isSupplyFailing, within_ms: AT_ONCE_ms },
  {
    what: 'although its plug has lost its contact',
    holds: ({ broken }) => broken.includes('proximity-lost'),
    within_ms: AT_ONCE_ms,
  },
  {
    what: 'although its pilot shows no diode',
    holds: ({ broken, output }) => output === 'pwm' && broken.includes('diode-missing'),
    within_ms: SAMPLED_TWICE_ms,
  },
];

export class Protections implements Checker {
  readonly invariant = 'I16';
  readonly #closed = RULES.map((rule) => ({ rule, episodes: new Episodes() }));

  constructor(private readonly accuse: Accuse) {}

  hear(): void {}

  look(moment: Moment): void {
    const { at, outlets } = moment;
    for (let index = 0; index < outlets.length; index += 1) {
      const outlet = outlets[index];
      if (outlet === undefined) continue;
      const isLive = outlet.isClosed && outlet.isPowerAllowed && slaveAt(moment, index)?.life.state === 'up';
      for (const { rule, episodes } of this.#closed) {
        if (!episodes.of(index).look(isLive && rule.holds(outlet), at, rule.within_ms)) continue;
        this.accuse({ invariant: 'I16', at, detail: `${outlet.id} is closed ${rule.what}` });
      }
    }
  }
}
