import { perPhase } from '@fairamp/units';
import { type Noise, assumedNoise, hearPair, surpriseOn } from './noise.js';
import type { Reading } from './samples.js';

const rest = (L1: number): Reading => ({ from: 0, to: 1000, current_dA: { L1, L2: 100, L3: 100 } });

/** So many pairs of which every `each`th shows a load on L1. */
function heard(pairs: number, each: number): Noise {
  let noise = assumedNoise();
  for (let pair = 1; pair <= pairs; pair += 1) noise = hearPair(noise, rest(100), rest(pair % each === 0 ? 160 : 103));
  return noise;
}

test('what is a load and what is noise are learnt by conductor', () => {
  const noise = heard(100, 4);
  expect(noise.loads).toEqual({ L1: 25, L2: 0, L3: 0 });
  expect(noise.variance.L1).toBeCloseTo(9, -1);
});

test.each<[string, number, number, number]>([
  ['a restless house makes an unexplained load less surprising', 100, 2, 3],
  ['a longer step too', 100, 50, 3],
])('%s', (_case, pairs, each, factor) => {
  const quiet = surpriseOn(heard(100, 1000), 10_000).L1(60, 60);
  const span_ms = each === 50 ? 60_000 : 10_000;
  expect(surpriseOn(heard(pairs, each), span_ms).L1(60, 60)).toBeGreaterThan(factor * quiet);
});

test('however quiet it was, a load is not impossible, nor a large one', () => {
  const { L2 } = surpriseOn(heard(100, 1000), 1000);
  expect(L2(60, 0)).toBeGreaterThan(1e-4);
  expect(L2(600, 0)).toBeGreaterThan(1e-6);
});

test('old pairs count less and less', () => {
  expect(heard(5000, 1000).pairs).toBeLessThanOrEqual(200);
});

test('two meters may disagree by a share of a large change', () => {
  const { L1 } = surpriseOn({ pairs: 100, loads: perPhase(() => 0), variance: perPhase(() => 12) }, 10_000);
  expect(L1(10, 320)).toBeGreaterThan(5 * L1(10, 60));
});
