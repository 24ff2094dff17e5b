import { DEFAULT_ICAL } from '@fairamp/protocol';
import {
  CATALOGUE,
  SETTINGS,
  checkTogether,
  choicesOf,
  defaults,
  settingWrittenAs,
  visible,
  writtenSettings,
  type Setting,
  type Settings,
} from './index.js';

const byOption = SETTINGS.map((setting): [string, Setting] => [setting.option, setting]);
const optionsOf = (changed: Partial<Settings>): string[] =>
  visible({ ...defaults(), ...changed }).map(({ option }) => option);

describe('the settings', () => {
  test("are the manual's eleven in the order of its menu, then ours", () => {
    expect(SETTINGS.filter(({ isManual }) => isManual).map(({ option }) => option)).toEqual(
      'CONFIG MODE LOADBL MAINS MAX MIN LOCK CABLE CAL ACCESS RCMON'.split(' '),
    );
    expect(SETTINGS.slice(11).every(({ isManual }) => !isManual)).toBe(true);
  });

  test("have the manual's defaults", () => {
    expect(writtenSettings(defaults())).toEqual({
      ...{ config: 'socket', mode: 'normal', loadbl: 'disabled', mains_A: 25, max_A: 13, min_A: 6, lock: 'disabled' },
      ...{ cable_A: 13, cal: DEFAULT_ICAL, access: 'disabled', rcmon: 'disabled', proximity: 'manual' },
      ...{ lockWires: 'normal', accessKind: 'momentary', stopRestart_s: 0, residualTest: 'enabled' },
      ventilated: 'disabled',
    });
  });

  test('as they are by default nobody complains', () => {
    expect(checkTogether(defaults())).toEqual([]);
  });

  test.each([
    ['MAINS', 100, 1000],
    ['MAX', 100, 800],
    ['MIN', 60, 160],
    ['CABLE', 130, 800],
  ])('%s goes from %i to %i dA in whole amperes', (option, lowest, highest) => {
    const setting = SETTINGS.find((one) => one.option === option);
    expect(setting).toMatchObject({ kind: 'amps', range: { lowest, highest, step: 10 } });
  });

  test.each(byOption)('%s stands under its own key and under the name that is written', (_option, setting) => {
    expect(CATALOGUE[setting.key]).toBe(setting);
    expect(settingWrittenAs(setting.writtenAs)).toBe(setting);
    expect(setting.writtenAs).toBe(setting.key.replace(/_dA$/, '_A'));
  });

  test.each(byOption)('%s fits the display, and has its words', (_option, setting) => {
    expect(setting.name).toMatch(/^[A-Z0-9 ]{2,8}$/);
    expect(setting.help).toMatch(/^[ -~]{10,60}$/);
    expect(setting.means.length).toBeGreaterThan(20);
    expect(setting.about).toMatch(/^[A-Z].{40,}\.$/);
  });

  test.each(byOption)('%s has a default within its range', (_option, setting) => {
    if (setting.kind === 'choice') {
      const choices = choicesOf(setting);
      expect(choices.map(({ value }) => value)).toContain(setting.default);
      for (const { shown } of choices) expect(shown).toMatch(/^[A-Za-z0-9 ]{2,8}$/);
      return;
    }
    const { lowest, highest, step } = setting.range;
    expect(setting.default).toBeGreaterThanOrEqual(lowest);
    expect(setting.default).toBeLessThanOrEqual(highest);
    expect(highest - lowest).toBeGreaterThan(step);
  });

  test('no name, key or option stands twice', () => {
    for (const field of ['key', 'writtenAs', 'option', 'name'] as const) {
      expect(new Set(SETTINGS.map((setting) => setting[field])).size).toBe(SETTINGS.length);
    }
  });
});

describe('a setting is shown where it has an effect', () => {
  const ALWAYS = ['CONFIG', 'MODE', 'LOADBL', 'MAX', 'ACCESS', 'RCMON', 'VENTILATED'];
  test.each<[string, Partial<Settings>, string[]]>([
    ['by default', {}, ['LOCK', 'PROXIMITY', 'STOPRESTART']],
    ['with a fixed cable', { config: 'fixed', lock: 'motor' }, ['CABLE', 'STOPRESTART']],
    ['with a lock', { lock: 'motor' }, ['LOCK', 'PROXIMITY', 'LOCKWIRES', 'STOPRESTART']],
    ['in Smart mode', { mode: 'smart' }, ['MAINS', 'MIN', 'LOCK', 'CAL', 'PROXIMITY', 'STOPRESTART']],
    ['on a master', { loadbl: 'master' }, ['MAINS', 'MIN', 'LOCK', 'PROXIMITY', 'STOPRESTART']],
    ['13.2 item 24: on a Smart slave', { loadbl: 'slave1', mode: 'smart' }, ['LOCK', 'PROXIMITY', 'STOPRESTART']],
    ['with a switch for access', { access: 'switch' }, ['LOCK', 'PROXIMITY', 'ACCESSKIND']],
    ['with a monitor', { rcmon: 'enabled' }, ['LOCK', 'PROXIMITY', 'STOPRESTART', 'RCTEST']],
  ])('%s', (_case, changed, options) => {
    expect(new Set(optionsOf(changed))).toEqual(new Set([...ALWAYS, ...options]));
  });

  test('in the order of the menu', () => {
    expect(optionsOf({ mode: 'smart' }).slice(0, 9)).toEqual(
      'CONFIG MODE LOADBL MAINS MAX MIN LOCK CAL ACCESS'.split(' '),
    );
  });
});
