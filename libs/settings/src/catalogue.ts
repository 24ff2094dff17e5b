// All settings in the order of the menu: the manual's as its menu has them, then ours.
import { MANUAL_SETTINGS } from './manual-settings.js';
import { OWN_SETTINGS } from './own-settings.js';
import type { Catalogue, Setting, SettingKey, Settings, WrittenKey } from './setting.js';

export const CATALOGUE: Catalogue = { ...MANUAL_SETTINGS, ...OWN_SETTINGS };

export const SETTINGS: readonly Setting[] = Object.values(CATALOGUE);

/** A charge point as it leaves the box. */
export function defaults(): Settings {
  // One cast: TypeScript does not follow that each key meets its own default.
  return Object.fromEntries(SETTINGS.map((setting) => [setting.key, setting.default])) as Settings;
}

/** Those that have an effect now, in the order of the menu. */
export function visible(settings: Settings): readonly Setting[] {
  return SETTINGS.filter(({ shown }) => shown.holds(settings));
}

/** The same with the default in place of each that has no effect: what is hidden must not act. */
export function inEffect(settings: Settings): Settings {
  const hidden = SETTINGS.filter(({ shown }) => !shown.holds(settings));
  return { ...settings, ...Object.fromEntries(hidden.map((setting) => [setting.key, setting.default])) };
}

/** As in a file or a message; null = there is none of that name. */
export function settingWrittenAs(name: string): Setting | null {
  return SETTINGS.find(({ writtenAs }) => writtenAs === name) ?? null;
}

export function writtenKeyOf(key: SettingKey): WrittenKey {
  return CATALOGUE[key].writtenAs;
}
