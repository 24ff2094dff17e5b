// What is wrong with the world at this moment, and when it last changed: the checkers give a disturbed site more time. What
// breaks at a charge point is its own affair, and no reason for anybody else to be late.
import type { Milliseconds } from '@fairamp/units';
import type { Deed, Episode } from '../scenario/draw-faults.js';
import { isMeterLie } from '../meter-lies.js';
import type { SensorboxConfig } from '../sensorbox15.js';
import { isHealthy, type LinkProfile } from './network.js';

export class Disturbances {
  #running = 0;
  /** Wires that are never healthy, the meter's among them, disturb always. */
  readonly #isAlways: boolean;
  at: Milliseconds | null = null;
  liesSince: Milliseconds | null = null;
  truthSince: Milliseconds | null = null;

  constructor(link: LinkProfile, { broken }: Pick<SensorboxConfig, 'broken'>) {
    this.#isAlways = !isHealthy(link) || broken > 0;
  }

  get isDisturbed(): boolean {
    return this.#isAlways || this.#running > 0;
  }

  begin(now: Milliseconds, { begin }: Episode): void {
    if (isLocal(begin)) return;
    this.#running += 1;
    this.at = now;
    if (isLie(begin)) this.liesSince = now;
  }

  end(now: Milliseconds, { begin }: Episode): void {
    if (isLocal(begin)) return;
    this.#running -= 1;
    this.at = now;
    if (!isLie(begin)) return;
    this.liesSince = null;
    this.truthSince = now;
  }
}

function isLocal({ kind }: Deed): boolean {
  return kind === 'board' || kind === 'press';
}

function isLie(deed: Deed): boolean {
  return deed.kind === 'meter' && isMeterLie(deed.health);
}
