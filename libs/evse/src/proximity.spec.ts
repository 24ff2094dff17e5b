import { CONFIG } from '../test/rig.js';
import { cableOf, ratingOf } from './proximity.js';

test.each([
  ['an open circuit', null, null, null],
  ['a short', 0, null, null],
  ['a contact with 79 Ohm', 79, null, null],
  ['the lower end of 63 A', 80, 630, 630],
  ['100 Ohm', 100, 630, 630],
  ['the upper end of 63 A', 140, 630, 630],
  ['the gap above, as the weaker cable', 141, 320, 320],
  ['220 Ohm', 220, 320, 320],
  ['the upper end of 32 A', 308, 320, 320],
  ['the gap above, as the weaker cable', 309, 160, 200],
  ['680 Ohm', 680, 160, 200],
  ['the upper end of 20 A', 936, 160, 200],
  ['the gap above, as the weaker cable', 937, 130, 130],
  ['1500 Ohm', 1500, 130, 130],
  ['the upper end of 13 A', 2460, 130, 130],
  ['what is above, as no plug', 2461, null, null],
  ['the button of a plug that is being pulled', 4500, null, null],
])('%s: %p Ohm', (_, ohm, manual_dA, standard_dA) => {
  expect(ratingOf(ohm, 'manual')).toBe(manual_dA);
  expect(ratingOf(ohm, 'standard')).toBe(standard_dA);
});

test.each([null, 0, 100])('a fixed cable carries its setting, whatever the resistor of %p Ohm says', (ohm) => {
  expect(cableOf(ohm, { ...CONFIG, connector: 'fixed', cable_dA: 200 })).toBe(200);
});

test('a socket reads the plug', () => {
  expect(cableOf(680, CONFIG)).toBe(160);
  expect(cableOf(680, { ...CONFIG, proximity: 'standard' })).toBe(200);
});
