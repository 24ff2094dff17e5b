// What is wrong with the world at this moment, and when it last changed: the checkers give a disturbed site more time. What
// breaks at a charge point is its own affair, and no reason for anybody else to be late.
import type { Milliseconds } from '@fairamp/units';
import type { CircuitTruth } from '../checks/moment.js';
import type { Deed, Episode } from '../scenario/draw-faults.js';
import { isMeterLie, type MeterLie } from '../meter-lies.js';
import type { SensorboxConfig } from '../sensorbox15.js';
import { isHealthy, type LinkProfile } from './network.js';

type Lies = Pick<CircuitTruth, 'liesSince' | 'truthSince' | 'lie'>;
const HONEST: Lies = { liesSince: null, truthSince: null, lie: null };

export class Disturbances {
  #running = 0;
  /** Wires that are never healthy, the meter's among them, disturb always. */
  readonly #isAlways: boolean;
  at: Milliseconds | null = null;
  /** By circuit. */
  readonly #lies = new Map<string, Lies>();

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
    if (!isLie(begin)) return;
    const { circuit, health: lie } = begin;
    this.#lies.set(circuit, { ...this.liesOf(circuit), liesSince: now, lie });
  }

  end(now: Milliseconds, { begin }: Episode): void {
    if (isLocal(begin)) return;
    this.#running -= 1;
    this.at = now;
    if (isLie(begin)) this.#lies.set(begin.circuit, { liesSince: null, truthSince: now, lie: begin.health });
  }

  readonly liesOf = (circuit: string): Lies => this.#lies.get(circuit) ?? HONEST;
}

function isLocal({ kind }: Deed): boolean {
  return kind === 'board' || kind === 'press';
}

type Lie = Extract<Deed, { kind: 'meter' }> & { readonly health: MeterLie };

function isLie(deed: Deed): deed is Lie {
  return deed.kind === 'meter' && isMeterLie(deed.health);
}
