// What is wrong with the world at this moment, and when it last changed: the checkers give a disturbed site more time. What
// breaks at a charge point is its own affair, and no reason for anybody else to be late.
import type { Milliseconds } from '@fairamp/units';
import type { CircuitTruth } from '../checks/moment.js';
import type { Deed, Episode } from '../scenario/draw-faults.js';
import { isMeterLie, liedOn, type MeterLie } from '../meter-lies.js';
import type { Seed } from '../random.js';
import type { SensorboxConfig } from '../sensorbox15.js';
import { isHealthy, type LinkProfile } from './network.js';

type Lies = Pick<CircuitTruth, 'liesSince' | 'truthSince' | 'lie' | 'liesOn'>;
const HONEST: Lies = { liesSince: null, truthSince: null, lie: null, liesOn: [] };

export class Disturbances {
  #running = 0;
  /** Wires that are never healthy, the meter's among them, disturb always. */
  readonly #isAlways: boolean;
  at: Milliseconds | null = null;
  /** By circuit. */
  readonly #lies = new Map<string, Lies>();

  /** @param seedOf of the meter of a circuit: it says which of its transformers a lie is about */
  constructor(
    link: LinkProfile,
    { broken }: Pick<SensorboxConfig, 'broken'>,
    private readonly seedOf: (circuit: string) => Seed,
  ) {
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
    const liesOn = liedOn(lie, this.seedOf(circuit));
    this.#lies.set(circuit, { ...this.liesOf(circuit), liesSince: now, lie, liesOn });
  }

  end(now: Milliseconds, { begin }: Episode): void {
    if (isLocal(begin)) return;
    this.#running -= 1;
    this.at = now;
    if (!isLie(begin)) return;
    this.#lies.set(begin.circuit, { ...this.liesOf(begin.circuit), liesSince: null, truthSince: now });
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
