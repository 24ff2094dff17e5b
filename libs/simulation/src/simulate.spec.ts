import { scenarioNamed, scenarioOf } from '../test/scenario-files.js';
import { simulate } from './simulate.js';

test('a trip that the house explains is no violation, and stands in the recording all the same', () => {
  const house = {
    kind: 'flat',
    flat_A: 5,
    steps: null,
    script: [{ at_s: 20, for_s: 30, by_A: 70, on: ['L1'] }],
    ceiling_permille: 3000,
  };
  const scenario = scenarioOf({ site: { mode: 'smart', mains_A: 25, points: 1 }, house });
  const { outcome, recording } = simulate({
    scenario,
    seed: 1,
    simulated_ms: 60_000,
    strategy: 'classic',
    recording: true,
  });
  const trips = recording?.happenings.filter(({ kind }) => kind === 'trip') ?? [];
  const { 'mcb-fastest': ofTheFastest, ...others } = outcome.trips;
  expect(outcome.violations).toEqual([]);
  expect(ofTheFastest).toBeGreaterThan(0);
  for (const [device, count] of Object.entries(others)) {
    expect(trips.filter(({ who }) => who === device)).toHaveLength(count);
  }
  expect(trips.length).toBeGreaterThan(0);
  expect(trips.every(({ at, text }) => at > 20_000 && text === 'opens')).toBe(true);
});

test('a run that may end with the first accusation is the beginning of the whole one, as far as that second', () => {
  const run = { seed: 1, simulated_ms: 240_000, strategy: 'classic', recording: false } as const;
  const scenario = scenarioNamed('w3-slow');
  const whole = simulate({ ...run, scenario }).outcome;
  const [first] = whole.violations;
  expect(whole.violations.length).toBeGreaterThan(1);
  const ended = simulate({ ...run, scenario, endsAccused: true }).outcome;
  expect(ended.violations[0]).toEqual(first);
  expect(ended.simulated_ms).toBe(Math.ceil((first?.at ?? 0) / 1000) * 1000);
  expect(ended.hash).not.toBe(whole.hash);
});

test('and where nobody is accused it is the whole one', () => {
  const run = { seed: 1, simulated_ms: 60_500, strategy: 'fairamp', recording: false } as const;
  const scenario = scenarioNamed('healthy');
  const ended = simulate({ ...run, scenario, endsAccused: true });
  expect(ended.outcome.simulated_ms).toBe(60_500);
  expect(ended).toEqual(simulate({ ...run, scenario }));
});
