// What of the house hangs on which circuit: a share of all that the site's house takes, and what is switched there
// beside it. What hangs below a circuit flows through it too, and where nobody measures it stays below the allowance.
import { mapPhases, type Deciamps, type Milliseconds, type PerPhase, type Phase } from '@fairamp/units';
import type { House } from '../house.js';
import { NOTHING_dA, type PlantTree } from '../plant-circuits.js';
import { type Dice } from '../random.js';
import type { CircuitConfig } from '../world/system.js';
import { addedAt, addedBy, scriptOf, stepsOf, type Mains, type Step } from './draw-house.js';
import type { Scenario } from './schema.js';

/** Of one circuit, without what hangs below it. */
type Own = {
  readonly share_permille: number;
  readonly tracks: ReturnType<typeof addedBy>;
  /** Never more than this. */
  readonly cap_dA: PerPhase<Deciamps>;
  /** Places of the circuits directly below it. */
  readonly children: readonly number[];
};
export type CircuitHouses = readonly Own[];

export function circuitHousesOf(
  { site, house }: Scenario,
  circuits: readonly CircuitConfig[],
  mains: Mains,
  dice: Dice,
): { readonly houses: CircuitHouses; readonly steps: readonly (readonly Step[])[] } {
  const caps = capsOf(circuits, house.ceiling_permille);
  const steps = site.circuits.map((circuit) => {
    return [...scriptOf(house, circuit.id), ...stepsOf(circuit.house.steps, mains, dice)];
  });
  const houses = site.circuits.map(({ id, house: { share_permille } }, index): Own => {
    const children = circuits.flatMap(({ parent }, place) => (parent === id ? [place] : []));
    return { share_permille, tracks: addedBy(steps[index] ?? []), cap_dA: caps[index] ?? NOTHING_dA, children };
  });
  return { houses, steps };
}

/**
 * With an allowance so much, in equal parts for itself and each circuit below it, which is then all that they have;
 * without, so much of its limit as of MAINS.
 */
function capsOf(circuits: readonly CircuitConfig[], ceiling_permille: number): readonly PerPhase<Deciamps>[] {
  const given = new Map<string, PerPhase<Deciamps>>();
  return circuits.map(({ id, parent, limit_dA, allowance_dA }) => {
    const above = given.get(parent);
    const own = allowance_dA ?? mapPhases(limit_dA, (limit) => Math.floor((limit * ceiling_permille) / 1000));
    const whole = above === undefined ? own : mapPhases(own, (cap, phase) => Math.min(cap, above[phase]));
    if (allowance_dA === null && above === undefined) return whole;
    const parts = 1 + circuits.filter((circuit) => circuit.parent === id).length;
    const part = mapPhases(whole, (cap) => Math.floor(cap / parts));
    given.set(id, part);
    return part;
  });
}

/** The whole house with what is switched on the circuits. */
export function wholeHouse(house: House, houses: CircuitHouses): House {
  if (houses.length === 0) return house;
  const currentsAt = (at: Milliseconds): PerPhase<Deciamps> =>
    mapPhases(house.currentsAt(at), (current, phase) => {
      let sum_dA = current;
      for (const own of houses) sum_dA += switchedOn(own, current, phase, at);
      return sum_dA;
    });
  return { ...house, currentsAt };
}

/** Never below nothing, never beyond its cap together with its share of the house. */
function switchedOn(
  { tracks, share_permille, cap_dA }: Own,
  house_dA: Deciamps,
  phase: Phase,
  at: Milliseconds,
): Deciamps {
  const share_dA = shareOf(house_dA, share_permille, cap_dA[phase]);
  return Math.min(Math.max(share_dA + addedAt(tracks[phase], at), 0), cap_dA[phase]) - share_dA;
}

function shareOf(house_dA: Deciamps, share_permille: number, cap_dA: Deciamps): Deciamps {
  return Math.min(Math.floor((house_dA * share_permille) / 1000), cap_dA);
}

/** @param house without what is switched on the circuits */
export function housesBelow(house: House, houses: CircuitHouses): PlantTree['housesAt'] {
  return (at) => {
    const base_dA = house.currentsAt(at);
    const flows: PerPhase<Deciamps>[] = [];
    // From the leaves up: parents stand first in the list.
    for (let place = houses.length - 1; place >= 0; place -= 1) {
      const own = houses[place];
      if (own === undefined) continue;
      flows[place] = mapPhases(base_dA, (current, phase) => {
        let sum_dA = shareOf(current, own.share_permille, own.cap_dA[phase]) + switchedOn(own, current, phase, at);
        for (const child of own.children) sum_dA += flows[child]?.[phase] ?? 0;
        return sum_dA;
      });
    }
    return flows;
  };
}

/** A house is a function of time alone, and is asked for the same moment by each who looks at it. */
export function remembered(house: House): House {
  let newest: { readonly at: Milliseconds; readonly currents_dA: PerPhase<Deciamps> } | null = null;
  const currentsAt = (at: Milliseconds): PerPhase<Deciamps> => {
    if (newest?.at !== at) newest = { at, currents_dA: house.currentsAt(at) };
    return newest.currents_dA;
  };
  return { ...house, currentsAt };
}
