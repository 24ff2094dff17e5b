// The measure itself, on histories that anybody can check by eye. Here, because it is a part of that test alone.
import { differenceOf, type History } from './tube.js';

const TUBE = { time_ms: 2000, current_dA: 10 };
const SPAN = { from: 0, to: 60_000 };
const steps = (...rows: readonly (readonly [at: number, limit_dA: number])[]): History =>
  rows.map(([at, limit_dA]) => ({ at, limit_dA }));
const raised = steps([0, 60], [30_000, 160]);

test.each([
  ['the same', raised, { time_ms: 0, current_dA: 0 }],
  ['a raise 1.9 s later', steps([0, 60], [31_900, 160]), { time_ms: 1900, current_dA: 0 }],
  ['a raise 2.5 s later', steps([0, 60], [32_500, 160]), { time_ms: 2500, current_dA: 100 }],
  ['a raise 2.5 s earlier', steps([0, 60], [27_500, 160]), { time_ms: 2500, current_dA: 100 }],
  ['a raise to 0.9 A more', steps([0, 60], [30_000, 169]), { time_ms: 0, current_dA: 9 }],
  ['a raise to 1.1 A more', steps([0, 60], [30_000, 171]), { time_ms: Infinity, current_dA: 11 }],
  [
    'a moment that only one has',
    steps([0, 60], [10_000, 0], [10_500, 60], [30_000, 160]),
    { time_ms: Infinity, current_dA: 60 },
  ],
])('%s is that far away, whoever is asked', (_, other, difference) => {
  expect(differenceOf(raised, other, { span: SPAN, tube: TUBE })).toEqual(difference);
  expect(differenceOf(other, raised, { span: SPAN, tube: TUBE })).toEqual(difference);
});
