// Which scenario a seed of `--scenario all` plays: by weight, and always the same for the same list.
import { assert, sumOf } from '@fairamp/units';
import { Dice } from '../random.js';
import type { Scenario } from './schema.js';

const CHOICE = 8;

/** @param scenarios in any order: names decide, not the order in which files were found */
export function drawScenario(seed: number, scenarios: readonly Scenario[]): Scenario {
  const inOrder = [...scenarios].sort((a, b) => (a.name < b.name ? -1 : 1));
  const weights = inOrder.map(({ weight }) => Math.round(weight * 100));
  let ticket = new Dice(seed, CHOICE).between(
    1,
    Math.max(
      1,
      sumOf(weights, (weight) => weight),
    ),
  );
  const drawn = inOrder.find((_, index) => (ticket -= weights[index] ?? 0) <= 0);
  assert(drawn !== undefined, 'no scenario has a weight above 0');
  return drawn;
}
