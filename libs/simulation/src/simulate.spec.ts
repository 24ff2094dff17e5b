import { scenarioOf } from '../test/scenario-files.js';
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
