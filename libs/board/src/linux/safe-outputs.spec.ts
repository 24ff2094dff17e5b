import { described, FITTED, PLAIN, withValue } from '../../test/descriptions.js';
import { SAFE_FORM, safeOutputsOf, safeText, type SafeOutput } from './safe-outputs.js';

const textOf = (board: unknown): readonly string[] => safeText(safeOutputsOf(described(board))).split('\n');

test('a plain board: its coil off, its pilot steady', () => {
  expect(textOf(PLAIN)).toEqual(['fairamp-safe 1', 'gpio gpio 3 0', 'pwm pwm 0 full', '']);
});

test('one with everything: contactor first, then the pilot, then what must not stay driven', () => {
  expect(textOf(FITTED)).toEqual([
    SAFE_FORM,
    'gpio gpio 3 0',
    'gpio gpio 13 0',
    'pwm pwm 0 zero',
    'gpio gpio 14 1',
    'gpio gpio 6 0',
    'gpio gpio 7 0',
    'gpio gpio 11 0',
    '',
  ]);
});

test.each<[path: string, line: number, expected: string]>([
  ['contactor.coil.activeLow', 1, 'gpio gpio 3 1'],
  ['contactor.heartbeat.activeLow', 2, 'gpio gpio 13 1'],
  ['pilot.enable.activeLow', 4, 'gpio gpio 14 0'],
  ['lock.lock.activeLow', 5, 'gpio gpio 6 1'],
  ['lock.unlock.activeLow', 6, 'gpio gpio 7 1'],
  ['residual.test.activeLow', 7, 'gpio gpio 11 1'],
])('with %s it is the other level', (path, line, expected) => {
  expect(textOf(withValue(FITTED, path, true))[line]).toBe(expected);
});

test.each<[pilot: 'F' | 'X1', inverted: boolean, duty: string]>([
  ['F', false, 'zero'],
  ['F', true, 'full'],
  ['X1', false, 'full'],
  ['X1', true, 'zero'],
])('pilot %s, inverted %p: a duty of %s', (pilot, inverted, duty) => {
  const board = withValue(withValue(FITTED, 'safe.pilot', pilot) as object, 'pilot.pwm.inverted', inverted);
  expect(textOf(board)[3]).toBe(`pwm pwm 0 ${duty}`);
});

test('several models stand in one word', () => {
  const board = withValue(withValue(PLAIN, 'contactor.coil.chip', ['one', 'two']) as object, 'pilot.pwm.device', [
    'a.pwm',
    'b.pwm',
  ]);
  expect(textOf(board).slice(1, 3)).toEqual(['gpio one|two 3 0', 'pwm a.pwm|b.pwm 0 full']);
});

/** As the shell reads it: words between single spaces. */
function parsed(text: string): readonly SafeOutput[] {
  return text
    .split('\n')
    .slice(1, -1)
    .map((line): SafeOutput => {
      const [kind, names = '', number, value] = line.split(' ');
      if (kind === 'pwm')
        return { kind, device: names.split('|'), channel: Number(number), duty: value === 'full' ? 'full' : 'zero' };
      return { kind: 'gpio', chip: names.split('|'), offset: Number(number), level: value === '1' ? 1 : 0 };
    });
}

test.each([
  ['plain', PLAIN],
  ['fitted', FITTED],
])('the text of the %s board says what the outputs say', (_, board) => {
  const outputs = safeOutputsOf(described(board));
  expect(parsed(safeText(outputs))).toEqual(outputs);
});
