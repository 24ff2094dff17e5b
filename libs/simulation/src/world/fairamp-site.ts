// What the processes of a Fairamp site share in the simulator: the configurations that the apps would read from files,
// the keys, the boots, the store, and the wires. The nodes themselves are the shipped ones.
import { PLAIN } from '@fairamp/evse';
import {
  PLAIN_POINT,
  PLAIN_SITE,
  TURN_ms,
  type BridgeConfig,
  type MasterConfig,
  type SlaveConfig,
} from '@fairamp/nodes';
import { AS_LABELLED, isRotation, MAINS, type Milliseconds, type Phase } from '@fairamp/units';
import type { Basis } from '../checks/moment.js';
import { type Dice } from '../random.js';
import { type MemoryBroker } from './broker.js';
import { bridgeOf, circuitOf } from './circuits.js';
import type { PointConfig, SiteConfig, Surroundings } from './system.js';
import { type Timeline } from './timeline.js';

export const SITE = 'sim';
export const MASTERS = ['master', 'standby'] as const;

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

/** Of the bridges: the mains' first, then those of the circuits in their order. */
const bridgeKeyOf = (index: number): Uint8Array => keyOf(200 + index);

export function slaveConfig(site: SiteConfig, point: PointConfig, index: number): SlaveConfig {
  return {
    site: SITE,
    id: point.id,
    key: keyOf(index),
    pairedMaster: site.mode === 'normal' ? MASTERS[0] : null,
    failSafe: point.failSafe,
    wired: wiredOf(site, point),
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
    bridge: site.mode === 'smart' ? { id: bridgeOf(MAINS), key: bridgeKeyOf(0) } : null,
    roster: site.points.map((point, index) => {
      const { id: slave, maximum_dA, failSafe } = point;
      return { id: slave, key: keyOf(index), maximum_dA, failSafe, fallback_dA: 0, ...placeConfigOf(site, point) };
    }),
    ...circuitsConfigOf(site),
    oldestSample_ms: site.oldestSample_ms,
  };
}

/** With the circuit that each measures; none in Normal mode. */
export function bridgesOf({ mode, circuits = [] }: SiteConfig): readonly (readonly [string, BridgeConfig])[] {
  if (mode === 'normal') return [];
  return [MAINS, ...circuits.map(({ id }) => id)].flatMap((circuit, index) => {
    const isMetered = circuits[index - 1]?.isMetered ?? true;
    const config = { site: SITE, id: bridgeOf(circuit), key: bridgeKeyOf(index), ical: 3 };
    return isMetered ? [[circuit, config] as const] : [];
  });
}

/** What the master is told of the tree. */
function circuitsConfigOf(
  site: SiteConfig,
): Pick<MasterConfig, 'circuits' | 'mainsDevice' | 'turn_ms' | 'generation' | 'source'> {
  const { circuits = [], mainsDevice = null, turn_ms = TURN_ms, oldestSample_ms } = site;
  const { generation = 'none', source = PLAIN_SITE.source } = site;
  return {
    generation,
    source,
    circuits: circuits.map(({ id, parent, limit_dA, device, isMetered, allowance_dA }, index) => {
      const meter = isMetered ? { id: bridgeOf(id), key: bridgeKeyOf(index + 1), oldestSample_ms, source } : null;
      return { id, parent, limit_dA, device, meter, allowance_dA };
    }),
    mainsDevice,
    turn_ms,
  };
}

function placeConfigOf({ names }: SiteConfig, point: PointConfig): typeof PLAIN_POINT {
  const isRotationConfirmed = names === 'own' && isRotation(point.wired);
  const rotation = names === 'own' && isRotation(point.wired) ? point.wired : AS_LABELLED;
  return { ...PLAIN_POINT, circuit: circuitOf(point), rotation, isRotationConfirmed, priority: point.priority ?? 0 };
}

/** What a charge point calls its conductors in its reports. */
function wiredOf({ names }: SiteConfig, { wired }: PointConfig): readonly Phase[] {
  return names === 'own' ? AS_LABELLED.slice(0, wired.length) : wired;
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
