import { sumOf } from '@fairamp/units';
import fc from 'fast-check';
import { runs } from '../../../test/runs.js';
import { type ClassicBalance, type ClassicOccasion, type ClassicRecord, type ClassicSettings } from '../src/index.js';
import { CLASSIC_MODULES, regulate } from '../src/index.js';

const amperes = (min: number, max: number): fc.Arbitrary<number> => fc.integer({ min, max });
const settings: fc.Arbitrary<ClassicSettings> = fc.record({
  mode: fc.constantFrom('normal', 'smart'),
  loadbl: fc.constantFrom('disabled', 'master'),
  mains_A: amperes(10, 100),
  max_A: amperes(10, 80),
  min_A: amperes(6, 16),
  cable_A: amperes(13, 80),
});
const records = fc.record<ClassicRecord>({
  state: fc.constantFrom('idle', 'requesting', 'charging'),
  share_A: amperes(0, 80),
  maximum_A: amperes(10, 80),
});
const balances: fc.Arbitrary<ClassicBalance> = fc.record({
  measured_dA: amperes(0, 2500),
  iset_dA: amperes(0, 3200),
  noCurrent: amperes(0, 255),
  chargeCurrent_A: amperes(0, 80),
  records: fc.array(records, { minLength: CLASSIC_MODULES, maxLength: CLASSIC_MODULES }),
});
const occasions: fc.Arbitrary<ClassicOccasion> = fc.constantFrom('periodic', 'newcomer');

function always(holds: (after: ClassicBalance, before: ClassicBalance) => boolean): void {
  const step = fc.property(balances, settings, occasions, (before, set, occasion) =>
    holds(regulate(before, set, occasion), before),
  );
  fc.assert(step, runs(3000));
}
const active = ({ records: all }: ClassicBalance): readonly ClassicRecord[] =>
  all.filter(({ state }) => state === 'charging');

test('the shares of those who charge are the whole amperes of Iset, to the last', () => {
  always((after) => {
    const charging = active(after);
    return charging.length === 0 || sumOf(charging, ({ share_A }) => share_A) === Math.trunc(after.iset_dA / 10);
  });
});

test('nobody has more than its maximum, and who has less has as much as any other, or an ampere less', () => {
  always((after) => {
    const charging = active(after);
    const most = Math.max(...charging.map(({ share_A }) => share_A));
    return charging.every(
      ({ share_A, maximum_A }) => share_A === maximum_A || (share_A < maximum_A && share_A >= most - 1),
    );
  });
});

test('the share of who does not charge never changes', () => {
  always((after, before) =>
    after.records.every(({ state, share_A }, index) => {
      return state === 'charging' || share_A === before.records[index]?.share_A;
    }),
  );
});

test('nobody begins or stops but a slave of a module that has none', () => {
  always((after, before) =>
    after.records.every(({ state }, index) => {
      return state === before.records[index]?.state || (index > 0 && state === 'idle');
    }),
  );
});

test('a regulator that has run once without time passing in Normal mode has nothing more to change', () => {
  fc.assert(
    fc.property(balances, settings, (before, set) => {
      const dedicated = { ...set, mode: 'normal' as const };
      const once = regulate(before, dedicated, 'periodic');
      expect(regulate(once, dedicated, 'periodic').records).toEqual(once.records);
    }),
  );
});
