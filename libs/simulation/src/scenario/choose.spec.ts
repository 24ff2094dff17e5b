import { SCENARIOS, scenarioOf } from '../../test/scenario-files.js';
import { drawScenario } from './choose.js';

const scenarios = (weights: Readonly<Record<string, number>>) =>
  Object.entries(weights).map(([name, weight]) => scenarioOf({ name, weight }));
const SEEDS = Array.from({ length: 2000 }, (_, index) => index + 1);

/** How often each name comes in 2,000 seeds. */
function counted(from: Parameters<typeof drawScenario>[1]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const seed of SEEDS) {
    const { name } = drawScenario(seed, from);
    counts[name] = (counts[name] ?? 0) + 1;
  }
  return counts;
}

describe('which scenario a seed plays', () => {
  // Four deviations of 2,000 draws at a half are 90, at a quarter 78.
  test.each<[string, Record<string, number>, Record<string, number>]>([
    ['alike', { a: 1, b: 1 }, { a: 1000, b: 1000 }],
    ['one three times as often', { a: 3, b: 1 }, { a: 1500, b: 500 }],
    ['in hundredths', { a: 0.25, b: 0.25, c: 0.5 }, { a: 500, b: 500, c: 1000 }],
    ['never what weighs nothing', { a: 0, b: 1, c: 0 }, { b: 2000 }],
    ['the only one', { a: 0.01 }, { a: 2000 }],
  ])('goes by weight: %s', (_, weights, expected) => {
    const counts = counted(scenarios(weights));
    expect(Object.keys(counts).sort()).toEqual(Object.keys(expected));
    for (const [name, often] of Object.entries(expected)) {
      expect(Math.abs((counts[name] ?? 0) - often)).toBeLessThanOrEqual(often === 2000 ? 0 : 90);
    }
  });

  test('is the same for the same seed, in whatever order the files were found', () => {
    const found = SEEDS.slice(0, 300).map((seed) => drawScenario(seed, SCENARIOS).name);
    const backwards = SEEDS.slice(0, 300).map((seed) => drawScenario(seed, SCENARIOS.toReversed()).name);
    expect(backwards).toEqual(found);
  });

  test('is each one of the project that weighs something, within 2,000 seeds', () => {
    const drawable = SCENARIOS.filter(({ weight }) => weight > 0).map(({ name }) => name);
    expect(Object.keys(counted(SCENARIOS)).sort()).toEqual(drawable.sort());
  });

  test('cannot be told where nothing weighs anything', () => {
    expect(() => drawScenario(1, scenarios({ a: 0 }))).toThrow('no scenario has a weight above 0');
  });
});
