// The tree of circuits of a site, and where its charge points hang; by dice of their own, so that a site without a tree
// is drawn as it always was.
import { assert, MAINS, PHASES, perPhase, type Deciamps, type PerPhase } from '@fairamp/units';
import type { PlantCircuit } from '../plant-circuits.js';
import { type Dice } from '../random.js';
import { pointsBelow } from '../world/circuits.js';
import type { CircuitConfig, PointConfig, SiteConfig } from '../world/system.js';
import { wholeAmps_dA } from './ranges.js';
import type { Scenario } from './schema.js';

type Circuit = Scenario['site']['circuits'][number];

export function circuitsOf({ circuits }: Scenario['site'], dice: Dice): readonly CircuitConfig[] {
  return circuits.map(({ id, parent, limit_A, curve, metered, allowance_A }) => {
    const limit_dA = limitOf(limit_A, dice);
    const allowance_dA = wholeAmps_dA(allowance_A, dice);
    const isMetered = metered === 'either' ? dice.happens(500) : metered;
    const isAllowed = !isMetered || allowance_dA > 0;
    const rated_dA = Math.max(...PHASES.map((phase) => limit_dA[phase]));
    return {
      id,
      parent,
      limit_dA,
      device: { curve, rated_dA },
      isMetered,
      allowance_dA: isAllowed ? perPhase((phase) => Math.min(allowance_dA, limit_dA[phase])) : null,
    };
  });
}

function limitOf(limit_A: Circuit['limit_A'], dice: Dice): PerPhase<Deciamps> {
  if (typeof limit_A === 'object' && 'L1' in limit_A) return perPhase((phase) => wholeAmps_dA(limit_A[phase], dice));
  const drawn_dA = wholeAmps_dA(limit_A, dice);
  return perPhase(() => drawn_dA);
}

type Place = Required<Pick<PointConfig, 'circuit' | 'priority'>>;

export function placeOf({ hangs, circuits, priorities }: Scenario['site'], index: number, dice: Dice): Place {
  const priority = priorities[dice.between(0, priorities.length - 1)] ?? 0;
  const all = [MAINS, ...circuits.map(({ id }) => id)];
  const drawn = all[dice.between(0, all.length - 1)];
  const circuit = hangs === 'drawn' ? drawn : (hangs[index] ?? MAINS);
  assert(circuit !== undefined, 'a charge point that hangs nowhere');
  return { circuit, priority };
}

/** How far apart meters tick that were switched on at different times: up to a tick of a Sensorbox. */
const EARLY_MAX_ms = 900;

export function plantCircuitsOf(
  site: SiteConfig,
  { meter }: Scenario,
  seed: number,
  dice: Dice,
): readonly PlantCircuit[] {
  return (site.circuits ?? []).map(({ id, isMetered }, index) => {
    const early_ms = dice.between(0, EARLY_MAX_ms);
    const sensorbox = { seed: seed + 1000 * (index + 1), ...meter };
    return { id, outlets: pointsBelow(id, site), meter: isMetered ? { sensorbox, early_ms } : null };
  });
}
