// Five simulated minutes of every scenario that a seed may draw, one seed in each spec file, as two files share two
// cores. The shipped nodes may be accused of nothing by any checker; a failure names the command that plays it again.
import type { Outcome } from '../src/outcome.js';
import { simulate } from '../src/simulate.js';
import { SCENARIOS } from './scenario-files.js';

const DRAWABLE = SCENARIOS.filter(({ weight }) => weight > 0);
const HOURS = 0.0834;
const MINUTES_ms = Math.round(HOURS * 3_600_000);
/** A second or two where nothing else runs; where much else does, a run may take longer than jest's 5 s. */
export const PATIENCE_ms = 60_000;

export function violatesNothing(seed: number): void {
  const outcomes: Outcome[] = [];

  test.each(DRAWABLE.map((scenario) => [scenario.name, scenario] as const))(
    `five minutes of %s with seed ${seed} violate nothing`,
    (_, scenario) => {
      const run = { scenario, seed, simulated_ms: MINUTES_ms, strategy: 'fairamp', recording: false } as const;
      const { outcome } = simulate(run);
      outcomes.push(outcome);
      expect(accusations(outcome)).toEqual([]);
    },
    PATIENCE_ms,
  );

  test('and cars charge in each of them', () => {
    expect(outcomes.map(({ scenario, energy_Wh }) => [scenario, energy_Wh > 0])).toEqual(
      DRAWABLE.map(({ name }) => [name, true]),
    );
  });
}

function accusations({ scenario, seed, violations }: Outcome): readonly string[] {
  const again = `npm run simulate -- --scenario ${scenario} --seed ${seed} --hours ${HOURS}`;
  return violations.map(({ invariant, at, detail }) => `${invariant} at ${at} ms: ${detail}; again: ${again}`);
}
