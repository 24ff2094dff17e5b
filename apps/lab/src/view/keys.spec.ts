import { PHYSICAL_FAULTS } from '@fairamp/simulation';
import { FAULT_KEYS, keyPress, LEGEND, type KeyPress } from './keys.js';

test.each<[string, KeyPress | null]>([
  ['1', { kind: 'toggle-car', car: 1 }],
  ['m', { kind: 'toggle-process', process: 'master', hard: false }],
  ['M', { kind: 'toggle-process', process: 'master', hard: true }],
  [' ', { kind: 'house-step', step_A: 10 }],
  ['\u007f', { kind: 'house-step', step_A: -10 }],
  ['\t', { kind: 'select-next' }],
  ['s', { kind: 'press-switch' }],
  ['?', { kind: 'toggle-page' }],
  ['l', { kind: 'toggle-fault', fault: 'lock-jammed' }],
  ['g', { kind: 'toggle-fault', fault: 'pilot-shorted' }],
  ['\u0003', { kind: 'quit' }],
  ['L', null],
  ['4', null],
  ['\u001b', null],
])('%j does %j', (character, expected) => {
  expect(keyPress(character)).toEqual(expected);
});

test('every fault has a key that nothing else has', () => {
  for (const fault of PHYSICAL_FAULTS) expect(keyPress(FAULT_KEYS[fault])).toEqual({ kind: 'toggle-fault', fault });
});

test('the legend fits on the smallest terminal', () => {
  for (const line of LEGEND) expect([...line].length).toBeLessThanOrEqual(80);
});
