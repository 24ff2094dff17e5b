// The tree of circuits of a site, the mains its root: who hangs where, and what of it the checkers are shown. Nothing
// is measured or decided here.
import { MAINS, perPhase, type Deciamps, type PerPhase } from '@fairamp/units';
import type { CircuitTruth } from '../checks/moment.js';
import { NOTHING_dA } from '../plant-circuits.js';
import type { CircuitConfig, PointConfig, SiteConfig } from './system.js';

/** The bridge at its meter. */
export function bridgeOf(circuit: string): string {
  return circuit === MAINS ? 'bridge' : `bridge-${circuit}`;
}

/** From where something hangs up to the mains. */
export function pathFrom(circuit: string, circuits: readonly CircuitConfig[]): readonly string[] {
  const parent = circuits.find(({ id }) => id === circuit)?.parent;
  return parent === undefined ? [MAINS] : [circuit, ...pathFrom(parent, circuits)];
}

export function circuitOf({ circuit = MAINS }: PointConfig): string {
  return circuit;
}

/** Places in the list of charge points of all that hang on it or below it. */
export function pointsBelow(circuit: string, { points, circuits = [] }: SiteConfig): readonly number[] {
  return points.flatMap((point, index) => (pathFrom(circuitOf(point), circuits).includes(circuit) ? [index] : []));
}

type Flows = { readonly house_dA: PerPhase<Deciamps>; readonly circuits: readonly PerPhase<Deciamps>[] };
type Lies = Pick<CircuitTruth, 'liesSince' | 'truthSince' | 'lie' | 'liesOn'>;
type Still = Omit<CircuitTruth, 'house_dA' | keyof Lies>;

/** What never changes of them is put together once: the truth is looked at many times a second. */
export class Circuits {
  readonly #mains: Still;
  readonly #below: readonly Still[];

  constructor(site: SiteConfig) {
    this.#mains = mainsOf(site);
    this.#below = (site.circuits ?? []).map(({ id, limit_dA, device, isMetered, allowance_dA }) => {
      const outlets = pointsBelow(id, site);
      return { id, limit_dA, device, isMetered, allowance_dA, outlets, phases: site.mainsPhases };
    });
  }

  /** The mains first. */
  truth({ house_dA, circuits }: Flows, liesOf: (circuit: string) => Lies): readonly CircuitTruth[] {
    const mains = { ...this.#mains, house_dA, ...liesOf(MAINS) };
    if (this.#below.length === 0) return [mains];
    const below = this.#below.map((still, index) => {
      return { ...still, house_dA: circuits[index] ?? NOTHING_dA, ...liesOf(still.id) };
    });
    return [mains, ...below];
  }
}

function mainsOf({ mode, mains_dA, mainsPhases, mainsDevice, points }: SiteConfig): Still {
  return {
    id: MAINS,
    limit_dA: perPhase(() => mains_dA),
    device: mainsDevice ?? null,
    phases: mainsPhases,
    // In Normal mode nobody measures, and nothing else hangs there.
    isMetered: mode === 'smart',
    allowance_dA: mode === 'smart' ? null : NOTHING_dA,
    outlets: points.map((_, index) => index),
  };
}
