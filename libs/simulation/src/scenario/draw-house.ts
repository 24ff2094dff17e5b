// The house of a scenario: the built-in household from a moment of its own, or a flat one, with steps of appliances
// large enough to make the cars give way; never more than the scenario allows.
import {
  clamp,
  MAINS,
  mapPhases,
  PHASES,
  perPhase,
  type Deciamps,
  type Milliseconds,
  type PerPhase,
  type Phase,
} from '@fairamp/units';
import { currentIn, indexAt, modelHouse, startingAt, type House, type Track } from '../house.js';
import { ampsOf } from '../picture/axes.js';
import { type Dice } from '../random.js';
import { drawn_ms, tenths } from './ranges.js';
import type { Scenario } from './schema.js';

export type Step = {
  readonly from: Milliseconds;
  readonly to: Milliseconds;
  readonly by_dA: Deciamps;
  readonly on: readonly Phase[];
};
export type Mains = {
  readonly mains_dA: Deciamps;
  readonly phases: readonly Phase[];
  readonly simulated_ms: Milliseconds;
};

/** Everything that is switched beside the household's own life; the script's steps first. */
export function stepsFor(house: Scenario['house'], mains: Mains, dice: Dice): readonly Step[] {
  return [...scriptOf(house, MAINS), ...stepsOf(house.steps, mains, dice)];
}

type Drawn = { readonly seed: number; readonly dice: Dice; readonly steps: readonly Step[] };

export function houseFor(house: Scenario['house'], mains: Mains, { seed, dice, steps }: Drawn): House {
  const base = house.kind === 'model' ? anyMoment(modelHouse(seed), dice) : flatHouse(tenths(house.flat_A, dice));
  const added = addedBy(steps);
  const ceiling_dA = Math.floor((mains.mains_dA * house.ceiling_permille) / 1000);
  const floor_dA = 0 - Math.floor((mains.mains_dA * house.export_permille) / 1000);
  const currentsAt = (at: Milliseconds) =>
    mapPhases(base.currentsAt(at), (current, phase) => {
      return mains.phases.includes(phase) ? clamp(current + addedAt(added[phase], at), floor_dA, ceiling_dA) : 0;
    });
  return { label: base.label, duration_ms: base.duration_ms, currentsAt };
}

/** What all steps together add on each phase, from each of their beginnings and ends on. */
export function addedBy(steps: readonly Step[]): PerPhase<Track> {
  return perPhase((phase) => {
    const edges = steps
      .filter(({ on }) => on.includes(phase))
      .flatMap(({ from, to, by_dA }) => [
        { at: from, by_dA },
        { at: to, by_dA: -by_dA },
      ])
      .sort((one, other) => one.at - other.at);
    let sum_dA = 0;
    const currents_dA = edges.map(({ by_dA }) => (sum_dA += by_dA));
    return { times: [0, ...edges.map(({ at }) => at)], currents_dA: [0, ...currents_dA] };
  });
}

export function addedAt(track: Track, at: Milliseconds): Deciamps {
  return currentIn(track, indexAt(track, at));
}

function anyMoment(house: House, dice: Dice): House {
  return startingAt(house, dice.between(0, house.duration_ms - 1));
}

function flatHouse(current_dA: Deciamps): House {
  const currents = perPhase(() => current_dA);
  return { label: `flat house of ${current_dA} dA`, duration_ms: 1000, currentsAt: () => currents };
}

/** A drawn step from which on the picture speaks of it: half of the least that a car can use. */
const NOTED_dA: Deciamps = 30;

/** What is switched, in words for the picture: all of the script, for it is the story, and of what is drawn the large. */
export function houseNotes(house: Scenario['house'], steps: readonly Step[], where = MAINS): readonly HouseNote[] {
  const scripted = scriptOf(house, where).length;
  const noted = steps.filter(({ by_dA, on }, index) => on.length > 0 && (index < scripted || by_dA >= NOTED_dA));
  const taker = where === MAINS ? 'the house takes' : `on ${where} the house takes`;
  return noted.flatMap(({ from, to, by_dA, on }) => {
    const phases = on.length === PHASES.length ? '' : ` on ${on.join(' and ')}`;
    const words = (more_dA: Deciamps): string =>
      `${taker} ${ampsOf(Math.abs(more_dA))} ${more_dA < 0 ? 'less' : 'more'}${phases}`;
    const pair = `${from} ${words(by_dA)}`;
    return [
      { at: from, text: words(by_dA), pair },
      { at: to, text: words(-by_dA), pair },
    ];
  });
}

/** Its beginning and its end are a pair. */
export type HouseNote = { readonly at: Milliseconds; readonly text: string; readonly pair: string };

/** What of the script happens on that circuit. */
export function scriptOf({ script }: Scenario['house'], where: string): readonly Step[] {
  return script.flatMap(({ at_s, for_s, by_A, on, circuit = MAINS }) => {
    const step = { from: at_s * 1000, to: (at_s + for_s) * 1000, by_dA: Math.round(by_A * 10), on };
    return circuit === where ? [step] : [];
  });
}

export function stepsOf(
  steps: Scenario['house']['steps'],
  { phases, simulated_ms }: Mains,
  dice: Dice,
): readonly Step[] {
  if (steps === null) return [];
  const drawn: Step[] = [];
  for (let from = drawn_ms(steps.each_s, dice); from < simulated_ms; from += drawn_ms(steps.each_s, dice)) {
    const on = dice.happens(300) ? PHASES : PHASES.slice(dice.between(0, 2)).slice(0, 1);
    const present = on.filter((phase) => phases.includes(phase));
    drawn.push({ from, to: from + drawn_ms(steps.for_s, dice), by_dA: tenths(steps.by_A, dice), on: present });
  }
  return drawn;
}
