import { defaults, parseSettings, writtenSettings } from './index.js';

const detailOf = (given: unknown): string => {
  const parsed = parseSettings(given);
  return parsed.ok ? 'no mistake' : parsed.detail;
};

describe('settings as people write them', () => {
  test('are in amperes, and in deciamperes inside; what is missing has its default', () => {
    expect(parseSettings({ max_A: 32, lock: 'motor', stopRestart_s: 15 })).toEqual({
      ok: true,
      value: { ...defaults(), max_dA: 320, lock: 'motor', stopRestart_s: 15 },
    });
    expect(parseSettings({ max_A: undefined })).toEqual({ ok: true, value: defaults() });
  });

  test('the manual says ACCESS Enabled, the display Switch: both are taken, the second is written', () => {
    const parsed = parseSettings({ access: 'enabled' });
    expect(parsed.ok && writtenSettings(parsed.value).access).toBe('switch');
  });

  test.each<[string, unknown, string]>([
    ['MAINS 9 A', { mains_A: 9 }, 'mains_A: 9 is not allowed; allowed: a whole number, 10 to 100'],
    ['MAINS 101 A', { mains_A: 101 }, 'mains_A: 101 is not allowed; allowed: a whole number, 10 to 100'],
    ['half an ampere', { max_A: 16.5 }, 'max_A: 16.5 is not allowed; allowed: a whole number, 10 to 80'],
    ['a number as a text', { max_A: '16' }, 'max_A: "16" is not allowed; allowed: a whole number, 10 to 80'],
    ['no number', { min_A: NaN }, 'min_A: NaN is not allowed; allowed: a whole number, 6 to 16'],
    ['nothing', { min_A: null }, 'min_A: null is not allowed; allowed: a whole number, 6 to 16'],
    ['a gain of 0', { cal: 0 }, 'cal: 0 is not allowed; allowed: a number, 0.1 to 30, in steps of 0.001'],
    [
      'a gain without end',
      { cal: Infinity },
      'cal: Infinity is not allowed; allowed: a number, 0.1 to 30, in steps of 0.001',
    ],
    ['a fine gain', { cal: 3.0001 }, 'cal: 3.0001 is not allowed; allowed: a number, 0.1 to 30, in steps of 0.001'],
    [
      'more than an hour',
      { stopRestart_s: 3601 },
      'stopRestart_s: 3601 is not allowed; allowed: a whole number, 0 to 3600',
    ],
    ['a word', { lock: 'Motor' }, 'lock: "Motor" is not allowed; allowed: "disabled" or "solenoid" or "motor"'],
    ['a fourth slave', { loadbl: ['slave4'] }, 'loadbl: a list is not allowed; allowed: "disabled" or "master"'],
    ['a deep value', { access: {} }, 'access: a map is not allowed; allowed: "disabled" or "switch" or "enabled"'],
    ['a big integer', { access: 1n }, 'access: 1 is not allowed'],
    ['a function', { access: () => 1 }, 'access: a function is not allowed'],
    ['a long text', { access: 'x'.repeat(60) }, `access: "${'x'.repeat(37)}..." is not allowed`],
    ['an unknown key', { maximum_A: 16 }, 'maximum_A: unknown key; known here: config, mode, loadbl, mains_A, max_A'],
    ['the name that is used inside', { max_dA: 160 }, 'max_dA: unknown key'],
    ['a name of every object', JSON.parse('{"__proto__":{"max_A":16}}'), '__proto__: unknown key'],
    ['a list', [], 'settings: a list is not allowed; allowed: a map of settings'],
    ['nothing at all', null, 'settings: null is not allowed'],
    ['a text', 'max_A', 'settings: "max_A" is not allowed'],
  ])('%s is refused with key, value and what is allowed', (_case, given, line) => {
    expect(detailOf(given)).toContain(line);
  });

  test('every mistake has a line of its own', () => {
    const parsed = parseSettings({ max_A: 9, min_A: 5, mode: 'smart', speed: 1 });
    expect(parsed).toMatchObject({
      ok: false,
      reason: 'settings',
      mistakes: [
        { key: 'max_A', value: '9', allowed: 'a whole number, 10 to 80' },
        { key: 'min_A', value: '5', allowed: 'a whole number, 6 to 16' },
        { key: 'speed', value: null },
      ],
    });
    expect(parsed.ok ? 0 : parsed.detail.split('\n').length).toBe(3);
  });
});
