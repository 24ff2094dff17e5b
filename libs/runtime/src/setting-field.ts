// Settings as keys of a configuration: range, words, default and help come from libs/settings, which knows of no
// configuration. The check of the file, the table of --help and the texts of mistakes follow from them.
import {
  SETTINGS,
  settingWrittenAs,
  wordOf,
  wordsOf,
  writtenDefault,
  writtenRange,
  type Setting,
  type WrittenKey,
  type WrittenSettings,
} from '@fairamp/settings';
import { assert } from '@fairamp/units';
import { z } from 'zod';

export type SettingField<Key extends WrittenKey> = z.ZodDefault<z.ZodType<WrittenSettings[Key]>>;
export type SettingFields<Key extends WrittenKey> = { readonly [Each in Key]: SettingField<Each> };

/** @param ownDefault where a participant has another than the setting */
export function settingField<Key extends WrittenKey>(key: Key, ownDefault?: WrittenSettings[Key]): SettingField<Key> {
  const setting = settingWrittenAs(key);
  assert(setting !== null, `${key}: no setting is written so`);
  const field = valueField(setting)
    .default(ownDefault ?? writtenDefault(setting))
    .describe(`${setting.option}: ${setting.means}`);
  // One cast: a setting's kind follows from the type of its value, which is lost on the way.
  return field as unknown as SettingField<Key>;
}

/** All but some, which stand elsewhere. */
export function settingFields<Left extends WrittenKey>(
  left: readonly Left[],
  ownDefaults: Partial<WrittenSettings> = {},
): SettingFields<Exclude<WrittenKey, Left>> {
  const others: readonly WrittenKey[] = left;
  const keys = SETTINGS.map(({ writtenAs }) => writtenAs).filter((key) => !others.includes(key));
  const fields = keys.map((key) => [key, settingField(key, ownDefaults[key])]);
  // One cast: TypeScript does not follow that each key meets its own field.
  return Object.fromEntries(fields) as SettingFields<Exclude<WrittenKey, Left>>;
}

function valueField(setting: Setting): z.ZodType<string | number> {
  if (setting.kind === 'choice') return z.enum(wordsOf(setting)).overwrite((word) => wordOf(setting, word) ?? word);
  const { lowest, highest, step } = writtenRange(setting);
  const number = step === 1 ? z.int() : z.number().multipleOf(step);
  return number.min(lowest).max(highest);
}
