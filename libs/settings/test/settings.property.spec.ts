import fc from 'fast-check';
import { runs } from '../../../test/runs.js';
import type { EvseConfig } from '@fairamp/evse';
import {
  SETTINGS,
  checkTogether,
  complaintText,
  evseConfigOf,
  parseSettings,
  visible,
  wordsOf,
  writtenRange,
  writtenSettings,
  type Setting,
  type Settings,
  type SettingsBoard,
} from '../src/index.js';

fc.configureGlobal(runs(100));

/** As a person may write it, in range. */
function writtenOf(setting: Setting): fc.Arbitrary<string | number> {
  if (setting.kind === 'choice') return fc.constantFrom(...wordsOf(setting));
  const { lowest, highest, step } = writtenRange(setting);
  const perUnit = Math.round(1 / step);
  return fc.integer({ min: lowest * perUnit, max: highest * perUnit }).map((steps) => steps / perUnit);
}

/** Some are left out. */
const written: fc.Arbitrary<unknown> = fc.record(
  Object.fromEntries(SETTINGS.map((setting) => [setting.writtenAs, writtenOf(setting)])),
  { requiredKeys: [] },
);
const settings: fc.Arbitrary<Settings> = written.map((given) => {
  const parsed = parseSettings(given);
  if (!parsed.ok) throw new Error(parsed.detail);
  return parsed.value;
});
const board: fc.Arbitrary<SettingsBoard> = fc.record({
  max_dA: fc.integer({ min: 100, max: 800 }),
  contactorFeedback: fc.boolean(),
  lock: fc.boolean(),
  switch: fc.boolean(),
  residual: fc.constantFrom('disabled', 'monitored', 'tested'),
});

/** EvseConfig's own words on what it may hold. */
function isInRange(config: EvseConfig): boolean {
  const isWithin = (value: number, lowest: number, highest: number) =>
    Number.isInteger(value) && value >= lowest && value <= highest;
  return (
    isWithin(config.max_dA, 100, 800) && isWithin(config.cable_dA, 130, 800) && isWithin(config.stopRestart_s, 0, 3600)
  );
}

describe('any settings that pass', () => {
  test('are written and read back as they were', () => {
    fc.assert(
      fc.property(settings, (set) => expect(parseSettings(writtenSettings(set))).toEqual({ ok: true, value: set })),
    );
  });

  test('survive a file', () => {
    fc.assert(
      fc.property(settings, (set) => {
        expect(parseSettings(JSON.parse(JSON.stringify(writtenSettings(set))))).toEqual({ ok: true, value: set });
      }),
    );
  });

  test('make a charge point whose values are in range', () => {
    fc.assert(fc.property(settings, board, (set, of) => expect(isInRange(evseConfigOf(set, of))).toBe(true)));
  });

  test('make a charge point that drives no lock behind a fixed cable and trusts no monitor that was not asked for', () => {
    fc.assert(
      fc.property(settings, board, (set, of) => {
        const { connector, lock, residual, access } = evseConfigOf(set, of);
        if (connector === 'fixed') expect(lock.actuator).toBe('none');
        expect(residual === 'disabled').toBe(set.rcmon === 'disabled');
        expect(access === 'disabled').toBe(set.access === 'disabled');
        if (residual === 'tested') expect(of.residual).toBe('tested');
      }),
    );
  });

  test('make the same charge point whatever stands in those that are not shown', () => {
    fc.assert(
      fc.property(settings, settings, board, (set, other, of) => {
        const shown = new Set(visible(set).map(({ key }) => key));
        const hidden = SETTINGS.filter(({ key }) => !shown.has(key)).map(({ key }) => [key, other[key]]);
        expect(evseConfigOf({ ...set, ...Object.fromEntries(hidden) }, of)).toEqual(evseConfigOf(set, of));
      }),
    );
  });

  test('are complained of with the names and values of two settings', () => {
    fc.assert(
      fc.property(settings, (set) => {
        const all = writtenSettings(set);
        for (const complaint of checkTogether(set)) {
          expect(complaint.value).toBe(all[complaint.key]);
          expect('key' in complaint.against && all[complaint.against.key] === complaint.against.value).toBe(true);
          expect(complaintText(complaint)).toContain(`${complaint.key}: `);
        }
      }),
    );
  });
});

describe('anything else', () => {
  test('is refused and never throws', () => {
    fc.assert(
      fc.property(fc.anything(), (given) => {
        const parsed = parseSettings(given);
        if (!parsed.ok) expect(parsed.mistakes.length).toBeGreaterThan(0);
      }),
    );
  });

  test('in place of one value is a mistake of that key alone, or is in its range', () => {
    const swapped = fc.tuple(written, fc.constantFrom(...SETTINGS), fc.anything());
    fc.assert(
      fc.property(swapped, ([given, setting, value]) => {
        const parsed = parseSettings({ ...(given as object), [setting.writtenAs]: value });
        if (!parsed.ok) expect(parsed.mistakes.map(({ key }) => key)).toEqual([setting.writtenAs]);
      }),
    );
  });
});
