import { type Sample, remember, restOf } from './samples.js';

const ALWAYS = { since: 0, until: Infinity };
const sample = (measuredAt: number, L1: number): Sample => ({ measuredAt, current_dA: { L1, L2: 50, L3: 300 } });

test.each<[string, readonly Sample[], number | null]>([
  ['two alike', [sample(1000, 100), sample(2000, 104)], 102],
  ['the newest two, whatever was before', [sample(0, 400), sample(1000, 100), sample(2000, 100)], 100],
  ['a load between them', [sample(1000, 100), sample(2000, 120)], null],
  ['a difference that 40 A may waver by', [sample(1000, 400), sample(2000, 420)], 410],
  ['one alone', [sample(1000, 100)], null],
  ['two too far apart', [sample(1000, 100), sample(27_000, 100)], null],
])('%s', (_case, samples, L1) => {
  expect(restOf(samples, ALWAYS)?.current_dA.L1 ?? null).toBe(L1);
});

test('only what was measured in the span', () => {
  const samples = [sample(1000, 100), sample(2000, 100), sample(3000, 200), sample(4000, 200)];
  expect(restOf(samples, { since: 0, until: 2500 })?.current_dA.L1).toBe(100);
  expect(restOf(samples, { since: 2500, until: 9000 })?.current_dA.L1).toBe(200);
  expect(restOf(samples, { since: 2000, until: 3000 })).toBeNull();
});

test('eight samples are kept, and one that is not newer is none', () => {
  let samples: readonly Sample[] = [];
  for (let at = 1; at <= 20; at += 1)
    samples = remember(samples, { ...sample(1000 * at, 100), kind: 'sample', at: 1000 * at, signed: true });
  expect(samples).toHaveLength(8);
  expect(remember(samples, { ...sample(20_000, 9), kind: 'sample', at: 21_000, signed: true })).toBe(samples);
});
