// What the processes of a Fairamp site share in the simulator: the configurations that the apps would read from files,
// the keys, the boots, the store, and the wires. The nodes themselves are the shipped ones.
import { PLAIN } from '@fairamp/evse';
import { PLAIN_POINT, PLAIN_SITE, type BridgeConfig, type MasterConfig, type SlaveConfig } from '@fairamp/nodes';
import { perPhase, type Deciamps, type Milliseconds, type PerPhase } from '@fairamp/units';
import type { Basis } from '../checks/moment.js';
import { type Dice } from '../random.js';
import { type MemoryBroker } from './broker.js';
import type { PointConfig, SiteConfig, Surroundings } from './system.js';
import { type Timeline } from './timeline.js';

export const SITE = 'sim';
export const MASTERS = ['master', 'standby'] as const;
export const BRIDGE = 'bridge';

export type Around = {
  readonly timeline: Timeline;
  readonly surroundings: Surroundings;
  readonly broker: MemoryBroker;
  readonly dice: Dice;
  readonly site: SiteConfig;
  /** Samples on their way, with the truth behind them. */
  readonly samples: SampleBook;
};

export function keyOf(index: number): Uint8Array {
  return new Uint8Array(32).fill(index + 1);
}

const BRIDGE_KEY = keyOf(200);

export function slaveConfig(site: SiteConfig, point: PointConfig, index: number): SlaveConfig {
  return {
    site: SITE,
    id: point.id,
    key: keyOf(index),
    pairedMaster: site.mode === 'normal' ? MASTERS[0] : null,
    failSafe: point.failSafe,
    wired: point.wired,
    evse: {
      connector: 'socket',
      max_dA: point.maximum_dA,
      cable_dA: point.cable_dA,
      proximity: 'manual',
      contactorFeedback: true,
      ...PLAIN,
      ...optionsOf(point),
    },
  };
}

function optionsOf({ options }: PointConfig): Partial<SlaveConfig['evse']> {
  if (options === undefined) return {};
  const { lock, residual, access, stopRestart_s, ventilated } = options;
  return { lock, residual, access, stopRestart_s, ventilated };
}

export function masterConfig(site: SiteConfig, id: string): MasterConfig {
  return {
    ...PLAIN_SITE,
    site: SITE,
    id,
    mode: site.mode,
    mains_dA: site.mains_dA,
    min_dA: site.min_dA,
    mainsPhases: site.mainsPhases,
    bridge: site.mode === 'smart' ? { id: BRIDGE, key: BRIDGE_KEY } : null,
    roster: site.points.map(({ id: slave, maximum_dA, failSafe }, index) => {
      return { ...PLAIN_POINT, id: slave, key: keyOf(index), maximum_dA, failSafe, fallback_dA: 0 };
    }),
    oldestSample_ms: site.oldestSample_ms,
  };
}

export function bridgeConfig(): BridgeConfig {
  return { site: SITE, id: BRIDGE, key: BRIDGE_KEY, ical: 3 };
}

/** 64 bits, in the form of the messages. */
export function bootOf(dice: Dice): string {
  const word = (): string => dice.between(0, 0xffffffff).toString(16).padStart(8, '0');
  return word() + word();
}

export type Names = { readonly boot: string; readonly since: Milliseconds };

/** The truth behind each sample that the bridge published; the newest are enough. */
export class SampleBook {
  readonly #basis = new Map<string, Basis>();

  note(boot: string, seq: number, basis: Basis): void {
    this.#basis.set(`${boot}:${seq}`, basis);
    const oldest = this.#basis.keys().next().value;
    if (this.#basis.size > SAMPLES_KEPT && oldest !== undefined) this.#basis.delete(oldest);
  }

  find(boot: string, seq: number): Basis | null {
    return this.#basis.get(`${boot}:${seq}`) ?? null;
  }
}
const SAMPLES_KEPT = 200;

export const NOTHING_dA: PerPhase<Deciamps> = perPhase(() => 0);
