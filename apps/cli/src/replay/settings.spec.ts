import { parseAssignment, settingsWords } from './settings.js';

test.each([
  ['MAINS=20', { mains_dA: 200 }],
  ['mains=100', { mains_dA: 1000 }],
  ['MIN=6', { min_dA: 60 }],
  ['MODE=Normal', { mode: 'normal' }],
  ['MODE=smart', { mode: 'smart' }],
])('%s', (text, value) => expect(parseAssignment(text)).toEqual({ ok: true, value }));

test.each([
  ['MAINS=9', '10 to 100'],
  ['MAINS=101', '10 to 100'],
  ['MAINS=20.5', 'whole number'],
  ['MAINS=', 'NAME=VALUE'],
  ['MAINS', 'NAME=VALUE'],
  ['=20', 'NAME=VALUE'],
  ['MAINS=lots', '10 to 100'],
  ['MAINS=1e2', '10 to 100'],
  ['MIN=17', '6 to 16'],
  ['MODE=fast', '"normal" or "smart"'],
  ['MAX=16', 'MAINS, MIN'],
  ['FOO=1', 'MAINS, MIN'],
  ['__proto__=1', 'NAME=VALUE'],
])('%s is refused with its value and what is allowed', (text, allowed) => {
  const parsed = parseAssignment(text);
  expect(parsed).toMatchObject({ ok: false, detail: expect.stringContaining(allowed) });
  expect(parsed).toMatchObject({ detail: expect.stringContaining(`"${text}"`) });
});

test('settings are said as a person writes them', () => {
  expect(settingsWords({ mains_dA: 250, min_dA: 60, mode: 'smart' })).toBe('MAINS 25 A, MIN 6 A, MODE Smart');
});
