import { PHASES, type Deciamps, type PerPhase, type Phase } from '@fairamp/units';
import { scenarioOf } from '../../test/scenario-files.js';
import { Dice } from '../random.js';
import { houseFor, houseNotes, stepsFor, type Mains, type Step } from './draw-house.js';
import type { Scenario } from './schema.js';

const MAINS: Mains = { mains_dA: 250, phases: PHASES, simulated_ms: 3_600_000 };
const ONE_PHASE: Mains = { ...MAINS, phases: ['L1'] };

function house(over: object): Scenario['house'] {
  return scenarioOf({ house: over }).house;
}
function drawnSteps(over: object, mains = MAINS): readonly Step[] {
  return stepsFor(house(over), mains, new Dice(1, 9));
}
/** What the house takes at these seconds. */
function currents(over: object, seconds: readonly number[], mains = MAINS): readonly PerPhase<Deciamps>[] {
  const steps = drawnSteps(over, mains);
  const drawn = houseFor(house(over), mains, { seed: 1, dice: new Dice(1, 5), steps });
  return seconds.map((second) => drawn.currentsAt(Math.round(second * 1000)));
}
const everyTenSeconds = Array.from({ length: 360 }, (_, index) => 10 * index);
const QUIET = { kind: 'flat', flat_A: 5, steps: null, ceiling_permille: 1000 };
const scripted = (...script: readonly (readonly [at_s: number, for_s: number, by_A: number, ...on: Phase[]])[]) => ({
  ...QUIET,
  script: script.map(([at_s, for_s, by_A, ...on]) => ({ at_s, for_s, by_A, on })),
});

describe('a flat house', () => {
  test.each([
    ['takes the same all the time', QUIET, [0, 1, 3599], [50, 50, 50]],
    [
      'takes more from the step on until its end',
      scripted([10, 5, 8, 'L1']),
      [9.999, 10, 14.999, 15],
      [50, 130, 130, 50],
    ],
    ['takes less by a step down', scripted([10, 5, -2, 'L1']), [9, 10, 15], [50, 30, 50]],
    [
      'has the sum of steps that overlap',
      scripted([10, 20, 4, 'L1'], [15, 5, 3, 'L1']),
      [10, 15, 20, 30],
      [90, 120, 90, 50],
    ],
    ['begins with a step', scripted([0, 5, 4, 'L1']), [0, 4, 5], [90, 90, 50]],
    ['never takes more than its ceiling', scripted([10, 5, 80, 'L1']), [10, 15], [250, 50]],
    ['never gives back', scripted([10, 5, -80, 'L1']), [10, 15], [0, 50]],
    ['gives back as much as it may', { ...scripted([10, 5, -80, 'L1']), export_permille: 1200 }, [10, 15], [-300, 50]],
    ['has a ceiling above its fuse', { ...scripted([10, 5, 80, 'L1']), ceiling_permille: 1300 }, [10], [325]],
    ['takes tenths of an ampere', scripted([10, 5, 0.25, 'L1']), [10], [53]],
  ])('%s', (_, over, seconds, expected) => {
    expect(currents(over, seconds).map(({ L1 }) => L1)).toEqual(expected);
  });

  test('takes more only on the phases of its step', () => {
    expect(currents(scripted([10, 5, 8, 'L2', 'L3']), [10])).toEqual([{ L1: 50, L2: 130, L3: 130 }]);
  });

  test('takes nothing on a conductor that is not there', () => {
    expect(currents(QUIET, [0], ONE_PHASE)).toEqual([{ L1: 50, L2: 0, L3: 0 }]);
  });
});

describe('the built-in household', () => {
  const LIVELY = { kind: 'model', steps: { each_s: [30, 300], for_s: [5, 120], by_A: [2, 14] }, ceiling_permille: 850 };

  test('changes all the time, and stays at or under its ceiling on every phase', () => {
    const taken = currents(LIVELY, everyTenSeconds);
    expect(new Set(taken.map(({ L1 }) => L1)).size).toBeGreaterThan(20);
    expect(taken.every((at) => PHASES.every((phase) => at[phase] >= 0 && at[phase] <= 212))).toBe(true);
  });

  test('begins at a moment of its own for each seed', () => {
    const start = (seed: number): unknown => {
      const drawn = houseFor(house({ ...LIVELY, steps: null }), MAINS, { seed: 1, dice: new Dice(seed, 5), steps: [] });
      return [0, 60_000, 120_000].map((at) => drawn.currentsAt(at));
    };
    expect(start(1)).toEqual(start(1));
    expect(start(1)).not.toEqual(start(2));
  });
});

describe('the steps of a house', () => {
  const STEPS = { ...QUIET, steps: { each_s: [30, 60], for_s: [5, 120], by_A: [2, 14] } };

  test('come as often, last as long and are as large as their ranges say', () => {
    const steps = drawnSteps(STEPS);
    expect(steps.length).toBeGreaterThan(60);
    const gaps = steps.map(({ from }, index) => from - (steps[index - 1]?.from ?? 0));
    const ranges = [
      [gaps, 30_000, 60_000],
      [steps.map(({ from, to }) => to - from), 5000, 120_000],
      [steps.map(({ by_dA }) => by_dA), 20, 140],
    ] as const;
    for (const [values, lowest, highest] of ranges) {
      expect(Math.min(...values)).toBeGreaterThanOrEqual(lowest);
      expect(Math.max(...values)).toBeLessThanOrEqual(highest);
    }
  });

  test('are on all phases three times in ten, else on any one of them', () => {
    const kinds = drawnSteps({ ...STEPS, steps: { each_s: 3, for_s: 5, by_A: 2 } }).map(({ on }) => on.join(''));
    expect(new Set(kinds)).toEqual(new Set(['L1', 'L2', 'L3', 'L1L2L3']));
    expect(Math.abs(kinds.filter((on) => on === 'L1L2L3').length / kinds.length - 0.3)).toBeLessThan(0.05);
  });

  test('are only on conductors that are there', () => {
    expect(drawnSteps(STEPS, ONE_PHASE).every(({ on }) => on.every((phase) => phase === 'L1'))).toBe(true);
  });

  test('come beside those of the script, and both are followed', () => {
    const both = { ...STEPS, script: [{ at_s: 1, for_s: 2, by_A: 3, on: ['L1'] }] };
    expect(drawnSteps(both).slice(1)).toEqual(drawnSteps(STEPS));
    expect(drawnSteps(both)[0]).toEqual({ from: 1000, to: 3000, by_dA: 30, on: ['L1'] });
  });
});

test.each([
  ['on one phase', [60, 30, 5, 'L1'], ['the house takes 5 A more on L1', 'the house takes 5 A less on L1']],
  [
    'on two',
    [60, 30, -14, 'L1', 'L2'],
    ['the house takes 14 A less on L1 and L2', 'the house takes 14 A more on L1 and L2'],
  ],
  ['on all', [60, 30, 2.5, ...PHASES], ['the house takes 2.5 A more', 'the house takes 2.5 A less']],
] as const)('what the script does is told in words, at both ends: %s', (_, step, words) => {
  const over = scripted([...step]);
  const notes = houseNotes(house(over), drawnSteps(over));
  expect(new Set(notes.map(({ pair }) => pair)).size).toBe(1);
  expect(notes).toMatchObject([
    { at: 60_000, text: words[0] },
    { at: 90_000, text: words[1] },
  ]);
});

test('of what is drawn only steps of 3 A and more are told, of the script all', () => {
  const over = { ...scripted([1, 2, 2, 'L1']), steps: { each_s: [30, 60], for_s: [5, 120], by_A: [2, 14] } };
  const steps = drawnSteps(over);
  const large = steps.slice(1).filter(({ by_dA }) => by_dA >= 30);
  expect(large.length).toBeLessThan(steps.length - 1);
  const times = houseNotes(house(over), steps).map(({ at }) => at);
  expect(times).toEqual([1000, 3000, ...large.flatMap(({ from, to }) => [from, to])]);
});
