import { PHASES, type PerPhase, type Phase, perPhase, sumOf } from '@fairamp/units';
import fc from 'fast-check';
import { runs } from '../../../test/runs.js';
import { PAUSE_TOLERANCE_dA, type Pausable, pauseFewest } from '../src/pause.js';

const often = runs(500);
const car = (sets: readonly (readonly Phase[])[]): fc.Arbitrary<Omit<Pausable, 'id'>> =>
  fc
    .record({
      phases: fc.constantFrom(...sets),
      floor_dA: fc.integer({ min: 60, max: 100 }),
      above_dA: fc.constantFrom(0, 0, 50),
      draw_dA: fc.integer({ min: 0, max: 150 }),
      since: fc.integer({ min: 0, max: 9 }),
    })
    .map(({ phases, floor_dA, above_dA, draw_dA, since }) => {
      const limit_dA = floor_dA + above_dA;
      const load_dA = perPhase((phase) => (phases.includes(phase) ? Math.min(draw_dA, limit_dA) : 0));
      return { phases, floor_dA, limit_dA, load_dA, pressedBy: [], point: { need: 'charging', since } };
    });
const cars = (sets: readonly (readonly Phase[])[]): fc.Arbitrary<readonly Pausable[]> =>
  fc.array(car(sets), { maxLength: 6 }).map((some) => some.map((one, index) => ({ ...one, id: `cp${index}` })));
const amount = fc.integer({ min: 0, max: 600 });
const needs = fc.record({ L1: amount, L2: amount, L3: amount });

/** Is what stays, with these paused and all others at their minimum, what a fuse carries? */
function suffices(all: readonly Pausable[], paused: readonly string[], need_dA: PerPhase<number>): boolean {
  const removed = (one: Pausable, phase: Phase): number => {
    const limit_dA = paused.includes(one.id) ? 0 : one.floor_dA;
    return Math.max(0, one.load_dA[phase] - limit_dA);
  };
  return PHASES.every((phase) => need_dA[phase] - sumOf(all, (one) => removed(one, phase)) <= PAUSE_TOLERANCE_dA);
}
const pausedOf = (all: readonly Pausable[], need_dA: PerPhase<number>): readonly string[] =>
  pauseFewest(all, need_dA)
    .filter(({ limit_dA }) => limit_dA === 0)
    .map(({ id }) => id);
const everyone = (all: readonly Pausable[]): readonly string[] => all.map(({ id }) => id);

test('on one phase no smaller number of pauses would do', () => {
  const subsets = (ids: readonly string[]): readonly (readonly string[])[] =>
    ids.reduce<readonly (readonly string[])[]>((sets, id) => [...sets, ...sets.map((set) => [...set, id])], [[]]);
  fc.assert(
    fc.property(cars([['L2']]), amount, (all, L2) => {
      const need_dA = { L1: 0, L2, L3: 0 };
      fc.pre(suffices(all, everyone(all), need_dA));
      const paused = pausedOf(all, need_dA);
      const fewer = subsets(everyone(all)).filter((set) => set.length < paused.length);
      return suffices(all, paused, need_dA) && !fewer.some((set) => suffices(all, set, need_dA));
    }),
    often,
  );
});

test('on any phases the pauses suffice, and none of them can be spared', () => {
  const anywhere = cars([['L1'], ['L2'], ['L3'], ['L1', 'L2'], ['L2', 'L3'], ['L1', 'L2', 'L3']]);
  fc.assert(
    fc.property(anywhere, needs, (all, need_dA) => {
      fc.pre(suffices(all, everyone(all), need_dA));
      const paused = pausedOf(all, need_dA);
      const sparing = paused.map((spared) => paused.filter((id) => id !== spared));
      return suffices(all, paused, need_dA) && !sparing.some((rest) => suffices(all, rest, need_dA));
    }),
    often,
  );
});

test('where one pause would do, one is paused', () => {
  const small = fc.integer({ min: 0, max: 100 });
  const little = fc.record({ L1: small, L2: small, L3: fc.constant(0) });
  fc.assert(
    fc.property(cars([['L1'], ['L2'], ['L1', 'L2', 'L3']]), little, (all, need_dA) => {
      fc.pre(all.some(({ id }) => suffices(all, [id], need_dA)));
      return pausedOf(all, need_dA).length <= 1;
    }),
    often,
  );
});
