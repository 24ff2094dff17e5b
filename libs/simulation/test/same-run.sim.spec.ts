// A scenario and a seed are one run, to the last integer of its trace: whoever plays it again, whatever zero the clocks
// began at. And 2.07 plays every scenario to its end, whatever is done to it.
import type { Outcome } from '../src/outcome.js';
import { drawWorld, type WorldConfig } from '../src/scenario/draw.js';
import { simulate, simulateWorld } from '../src/simulate.js';
import { PATIENCE_ms } from './every-scenario.js';
import { scenarioNamed, SCENARIOS } from './scenario-files.js';

const TWO_MINUTES_ms = 120_000;
const world = (name: string, seed: number): WorldConfig => drawWorld(scenarioNamed(name), seed, TWO_MINUTES_ms);
const played = (config: WorldConfig): Outcome => {
  return simulateWorld(config, { strategy: 'fairamp', rowsEach_ms: null }).outcome;
};

/** As if every computer had been started at another time than it was: by days, by milliseconds, at this very moment. */
function withZeros(config: WorldConfig, zeroOf: (who: string, zero_ms: number) => number): WorldConfig {
  const { clockOf } = config;
  return {
    ...config,
    clockOf: (who) => ({ ...clockOf(who), zero_ms: zeroOf(who, clockOf(who).zero_ms) }),
  };
}

describe.each(['healthy', 'everything', 'clock-error', 'normal-mode'])('%s', (name) => {
  let first: Outcome;
  beforeAll(() => {
    first = played(world(name, 3));
  }, PATIENCE_ms);

  test(
    'is the same run when it is played again, whether or not somebody records it',
    () => {
      const scenario = scenarioNamed(name);
      const run = { scenario, seed: 3, simulated_ms: TWO_MINUTES_ms, strategy: 'fairamp', recording: true } as const;
      expect(simulate(run).outcome).toEqual(first);
    },
    PATIENCE_ms,
  );

  test.each<[string, (who: string, zero_ms: number) => number]>([
    ['at zero', () => 0],
    ['each at another', (who, zero_ms) => zero_ms + 86_399_999 * who.length + 7 * who.charCodeAt(who.length - 1)],
  ])(
    'I13: is the same run with all clocks started %s',
    (_, zeroOf) => {
      expect(played(withZeros(world(name, 3), zeroOf))).toEqual(first);
    },
    PATIENCE_ms,
  );

  test(
    'is another run with another seed',
    () => {
      expect(played(world(name, 4)).hash).not.toBe(first.hash);
    },
    PATIENCE_ms,
  );
});

test(
  'a world that was drawn once can be played twice',
  () => {
    const drawn = world('everything', 5);
    expect(played(drawn)).toEqual(played(drawn));
  },
  PATIENCE_ms,
);

test.each(SCENARIOS.map(({ name }) => name))(
  'classic plays %s to its end, and charges',
  (name) => {
    const run = { scenario: scenarioNamed(name), seed: 1, simulated_ms: 300_000, recording: false } as const;
    const { outcome } = simulate({ ...run, strategy: 'classic' });
    expect(outcome).toMatchObject({ scenario: name, strategy: 'classic', simulated_ms: 300_000 });
    // W7: beside a house on another conductor 2.07 refuses its only car.
    expect(outcome.energy_Wh > 0).toBe(name !== 'w7');
  },
  PATIENCE_ms,
);
