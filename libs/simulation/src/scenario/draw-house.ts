// The house of a scenario: the built-in household from a moment of its own, or a flat one, with steps of appliances
// large enough to make the cars give way; never more than the scenario allows.
import { clamp, mapPhases, PHASES, perPhase, type Deciamps, type Milliseconds, type Phase } from '@fairamp/units';
import { modelHouse, startingAt, type House } from '../house.js';
import { type Dice } from '../random.js';
import { drawn_ms, tenths } from './ranges.js';
import type { Scenario } from './schema.js';

type Step = {
  readonly from: Milliseconds;
  readonly to: Milliseconds;
  readonly by_dA: Deciamps;
  readonly on: readonly Phase[];
};
type Mains = { readonly mains_dA: Deciamps; readonly phases: readonly Phase[]; readonly simulated_ms: Milliseconds };

export function houseFor(house: Scenario['house'], mains: Mains, { seed, dice }: { seed: number; dice: Dice }): House {
  const base = house.kind === 'model' ? anyMoment(modelHouse(seed), dice) : flatHouse(tenths(house.flat_A, dice));
  const steps = [...scriptOf(house), ...stepsOf(house, mains, dice)].sort((a, b) => a.from - b.from);
  const ceiling_dA = Math.floor((mains.mains_dA * house.ceiling_permille) / 1000);
  let first = 0;
  const currentsAt = (at: Milliseconds) => {
    // Asked in the order of time; steps that are over are not looked at again.
    for (let step = steps[first]; step !== undefined && step.to <= at; step = steps[first]) first += 1;
    const added = perPhase(() => 0) as Record<Phase, Deciamps>;
    for (let index = first; index < steps.length; index += 1) {
      const step = steps[index];
      if (step === undefined || step.from > at) break;
      if (at < step.to) for (const phase of step.on) added[phase] += step.by_dA;
    }
    return mapPhases(base.currentsAt(at), (current, phase) => {
      return mains.phases.includes(phase) ? clamp(current + added[phase], 0, ceiling_dA) : 0;
    });
  };
  return { label: base.label, duration_ms: base.duration_ms, currentsAt };
}

function anyMoment(house: House, dice: Dice): House {
  return startingAt(house, dice.between(0, house.duration_ms - 1));
}

function flatHouse(current_dA: Deciamps): House {
  const currents = perPhase(() => current_dA);
  return { label: `flat house of ${current_dA} dA`, duration_ms: 1000, currentsAt: () => currents };
}

function scriptOf({ script }: Scenario['house']): readonly Step[] {
  return script.map(({ at_s, for_s, by_A, on }) => {
    return { from: at_s * 1000, to: (at_s + for_s) * 1000, by_dA: Math.round(by_A * 10), on };
  });
}

function stepsOf({ steps }: Scenario['house'], { phases, simulated_ms }: Mains, dice: Dice): readonly Step[] {
  if (steps === null) return [];
  const drawn: Step[] = [];
  for (let from = drawn_ms(steps.each_s, dice); from < simulated_ms; from += drawn_ms(steps.each_s, dice)) {
    const on = dice.happens(300) ? PHASES : PHASES.slice(dice.between(0, 2)).slice(0, 1);
    const present = on.filter((phase) => phases.includes(phase));
    drawn.push({ from, to: from + drawn_ms(steps.for_s, dice), by_dA: tenths(steps.by_A, dice), on: present });
  }
  return drawn;
}
