// What 2.07 did wrong when it wrote a number and this does not: an item of docs/defects.md.
import { amps } from './index.js';

test.each([
  [999, '99.9'],
  [1000, '100.0'],
  [1234, '123.4'],
])('13.2 item 14: %d dA is written %s, with all its digits', (value, written) => {
  expect(amps(value)).toBe(written);
});
