import { SETTINGS, parseSettings, writtenDefault, type Setting } from '@fairamp/settings';
import { settingField } from './setting-field.js';

const byKey = SETTINGS.map((setting): [string, Setting] => [setting.writtenAs, setting]);
const outside = (setting: Setting): readonly unknown[] => {
  const range = setting.kind === 'choice' ? null : setting.range;
  const scale = setting.kind === 'amps' ? 10 : 1;
  const beyond = range === null ? [] : [range.lowest / scale - 0.1, range.highest / scale + 0.1, -1];
  return [...beyond, 'lots', null, true, [], {}];
};

describe('a setting as a key of a configuration', () => {
  test.each(byKey)('%s has the default of the setting', (_key, setting) => {
    expect(settingField(setting.writtenAs).parse(undefined)).toBe(writtenDefault(setting));
  });

  test.each(byKey)('%s refuses what the setting refuses', (_key, setting) => {
    for (const value of outside(setting)) {
      expect(settingField(setting.writtenAs).safeParse(value).success).toBe(false);
      expect(parseSettings({ [setting.writtenAs]: value }).ok).toBe(false);
    }
  });

  test.each([
    ['mains_A', 10],
    ['mains_A', 100],
    ['max_A', 80],
    ['min_A', 6],
    ['cal', 2.999],
    ['stopRestart_s', 3600],
    ['lock', 'motor'],
  ] as const)('%s takes %s', (key, value) => {
    expect(settingField(key).parse(value)).toBe(value);
  });

  test('the word of the manual becomes the one that is written', () => {
    expect(settingField('access').parse('enabled')).toBe('switch');
  });

  test('a participant may have a default of its own', () => {
    expect(settingField('mode', 'smart').parse(undefined)).toBe('smart');
  });
});
