import { PHASES, type PerPhase, type Phase, sumOf } from '@fairamp/units';
import fc from 'fast-check';
import { runs } from '../../../test/runs.js';
import { type Demand, type Turn, allocate } from '../src/index.js';

const often = runs(500);
const SETS: readonly (readonly Phase[])[] = [['L1'], ['L2'], ['L3'], ['L1', 'L2'], ['L2', 'L3'], ['L1', 'L2', 'L3']];

const demand = (id: string, turns: readonly Turn[], sets = SETS): fc.Arbitrary<Demand> =>
  fc
    .record({
      turn: fc.constantFrom(...turns),
      phases: fc.constantFrom(...sets),
      since: fc.integer({ min: 0, max: 5 }),
      minimum_dA: fc.integer({ min: 60, max: 100 }),
      uses_dA: fc.integer({ min: 0, max: 200 }),
      more_dA: fc.constantFrom(0, 0, 1, 40, 200),
    })
    .map(({ uses_dA, more_dA, ...rest }) => {
      const wants_dA = rest.minimum_dA + uses_dA;
      return { id, ...rest, wants_dA, maximum_dA: wants_dA + more_dA, maximumBecause: 'setting-max' as const };
    });
const demands = (turns: readonly Turn[], sets = SETS): fc.Arbitrary<readonly Demand[]> =>
  fc
    .integer({ min: 1, max: 6 })
    .chain((count) => fc.tuple(...Array.from({ length: count }, (_, index) => demand(`cp${index}`, turns, sets))));
const ANYBODY: readonly Turn[] = ['keeps', 'queues', 'rests', 'absent'];
const amount = fc.integer({ min: -50, max: 900 });
const capacities: fc.Arbitrary<PerPhase<number>> = fc.record({ L1: amount, L2: amount, L3: amount });

const allocated = (capacity_dA: PerPhase<number>, asked: readonly Demand[]) =>
  allocate(capacity_dA, asked).map(({ of, target_dA, because }) => ({ ...of, target_dA, because }));

const takenOn = (phase: Phase, targets: readonly (Demand & { target_dA: number })[]) =>
  sumOf(targets, ({ phases, target_dA }) => (phases.includes(phase) ? target_dA : 0));

test('what is shared out fits every phase; each gets 0 or its minimum to its maximum', () => {
  fc.assert(
    fc.property(capacities, demands(ANYBODY), (capacity_dA, asked) => {
      const targets = allocated(capacity_dA, asked);
      expect(targets.map(({ id }) => id).sort()).toEqual(asked.map(({ id }) => id));
      for (const phase of PHASES) expect(takenOn(phase, targets)).toBeLessThanOrEqual(Math.max(0, capacity_dA[phase]));
      for (const { target_dA, minimum_dA, maximum_dA } of targets.filter((one) => one.target_dA !== 0)) {
        expect(target_dA).toBeGreaterThanOrEqual(minimum_dA);
        expect(target_dA).toBeLessThanOrEqual(maximum_dA);
      }
    }),
    often,
  );
});

test('max-min: who could use more has a full phase on which nobody has more than it, but for a minimum', () => {
  fc.assert(
    fc.property(capacities, demands(['keeps', 'queues']), (capacity_dA, asked) => {
      const targets = allocated(capacity_dA, asked).filter(({ target_dA }) => target_dA > 0);
      for (const one of targets.filter(({ target_dA, wants_dA }) => target_dA < wants_dA)) {
        // One deciampere cannot be divided: the other may be that much ahead.
        const isBound = one.phases.some(
          (phase) =>
            takenOn(phase, targets) === capacity_dA[phase] &&
            targets
              .filter(({ phases }) => phases.includes(phase))
              .every((other) => other.target_dA <= Math.max(one.target_dA + 1, other.minimum_dA)),
        );
        expect(isBound).toBe(true);
      }
    }),
    often,
  );
});

test('nothing that somebody may have is left over', () => {
  fc.assert(
    fc.property(capacities, demands(['keeps', 'queues']), (capacity_dA, asked) => {
      const targets = allocated(capacity_dA, asked).filter(({ target_dA }) => target_dA > 0);
      for (const one of targets.filter(({ target_dA, maximum_dA }) => target_dA < maximum_dA))
        expect(one.phases.some((phase) => takenOn(phase, targets) === capacity_dA[phase])).toBe(true);
    }),
    often,
  );
});

test('who waits would not fit beside those who were served before it', () => {
  fc.assert(
    fc.property(capacities, demands(['keeps', 'queues', 'rests']), (capacity_dA, asked) => {
      const targets = allocated(capacity_dA, asked);
      const minima = targets.filter(({ target_dA, turn }) => target_dA > 0 && turn !== 'rests');
      const seated = minima.map((one) => ({ ...one, target_dA: one.minimum_dA }));
      for (const one of targets.filter(({ target_dA, turn }) => target_dA === 0 && turn !== 'rests')) {
        const lacks = (phase: Phase) => capacity_dA[phase] - takenOn(phase, seated) < one.minimum_dA;
        expect(one.phases.some(lacks)).toBe(true);
        expect(one.because).toContain(
          one.phases.every((phase) => capacity_dA[phase] >= one.minimum_dA) ? 'waiting-turn' : 'no-current',
        );
      }
    }),
    often,
  );
});

test('on one phase and for fixed cars, more capacity lowers nobody', () => {
  const fits = demands(['keeps'], [['L2']]).chain((asked) => {
    const minima = sumOf(asked, ({ minimum_dA }) => minimum_dA);
    return fc.record({
      asked: fc.constant(asked),
      least: fc.integer({ min: minima, max: 1200 }),
      more: fc.integer({ min: 0, max: 50 }),
    });
  });
  fc.assert(
    fc.property(fits, ({ asked, least, more }) => {
      const scarce = allocated({ L1: 0, L2: least, L3: 0 }, asked);
      const ample = new Map(allocated({ L1: 0, L2: least + more, L3: 0 }, asked).map((one) => [one.id, one.target_dA]));
      for (const { id, target_dA } of scarce) expect(ample.get(id)).toBeGreaterThanOrEqual(target_dA);
    }),
    often,
  );
});

test('for fixed cars on any phases, more capacity anywhere never lowers the one that has least', () => {
  const eager = demands(['keeps']).map((asked) => asked.map((one) => ({ ...one, wants_dA: one.maximum_dA })));
  const more = fc.tuple(...PHASES.map(() => fc.integer({ min: 0, max: 400 })));
  const least = (asked: readonly Demand[], [L1 = 0, L2 = 0, L3 = 0]: readonly number[]) =>
    Math.min(...allocated({ L1, L2, L3 }, asked).map(({ target_dA }) => target_dA));
  fc.assert(
    fc.property(eager, more, more, (asked, first, then) => {
      const scarce = first.map((amount_dA) => amount_dA + sumOf(asked, ({ minimum_dA }) => minimum_dA));
      const ample = scarce.map((amount_dA, index) => amount_dA + (then[index] ?? 0));
      expect(least(asked, ample)).toBeGreaterThanOrEqual(least(asked, scarce));
    }),
    often,
  );
});

test('the order of the demands changes nothing', () => {
  fc.assert(
    fc.property(capacities, demands(ANYBODY), (capacity_dA, asked) => {
      const byId = (list: readonly Demand[]) =>
        [...allocated(capacity_dA, list)].sort((a, b) => (a.id < b.id ? -1 : 1));
      expect(byId([...asked].reverse())).toEqual(byId(asked));
    }),
    often,
  );
});
