// What a setting is, as data: its values, its words, and when it is shown. Menus, messages and checks are made from
// these entries and live elsewhere. A setting is what the manual calls an option, or one of ours of the same kind.
import type { Deciamps } from '@fairamp/units';

/** Inside: amperes in deciamperes, everything else as it is written. */
export type Settings = {
  readonly config: 'socket' | 'fixed';
  readonly mode: 'normal' | 'smart';
  readonly loadbl: 'disabled' | 'master' | 'slave1' | 'slave2' | 'slave3';
  readonly mains_dA: Deciamps;
  readonly max_dA: Deciamps;
  readonly min_dA: Deciamps;
  readonly lock: 'disabled' | 'solenoid' | 'motor';
  readonly cable_dA: Deciamps;
  /** Deciamperes a count of the Sensorbox. */
  readonly cal: number;
  readonly access: 'disabled' | 'switch';
  readonly rcmon: 'disabled' | 'enabled';
  readonly proximity: 'manual' | 'standard';
  readonly lockWires: 'normal' | 'swapped';
  readonly accessKind: 'momentary' | 'maintained';
  readonly stopRestart_s: number;
  readonly residualTest: 'disabled' | 'enabled';
  readonly ventilated: 'disabled' | 'enabled';
};
export type SettingKey = keyof Settings;

/** In files and messages amperes are amperes: `max_dA` is written `max_A`. */
export type WrittenAs<Key extends SettingKey> = Key extends `${infer Name}_dA` ? `${Name}_A` : Key;
export type WrittenSettings = { readonly [Key in SettingKey as WrittenAs<Key>]: Settings[Key] };
export type WrittenKey = keyof WrittenSettings;
export type WrittenValue = string | number;

/** When a setting has an effect. It is shown then, and only then. */
export type Condition = {
  /** For the table, after "when": null = always. */
  readonly words: string | null;
  readonly holds: (settings: Settings) => boolean;
  /** Which other setting takes the effect away, where it does not hold. */
  readonly hiddenBy: (settings: Settings) => SettingKey;
};

type Common<Key extends SettingKey> = {
  readonly key: Key;
  readonly writtenAs: WrittenAs<Key>;
  /** As the manual and the serial menu call it. */
  readonly option: string;
  /** As the display calls it: at most 8 characters, between two arrows. */
  readonly name: string;
  readonly isManual: boolean;
  readonly shown: Condition;
  /** For the display: at most 60 characters. */
  readonly help: string;
  /** What it means for the charge point, in one sentence. */
  readonly means: string;
  /** A paragraph for the documentation. */
  readonly about: string;
};

export type Choice<Value extends string> = {
  readonly value: Value;
  /** On the display: at most 8 characters. */
  readonly shown: string;
  /** Other words that are taken for it. */
  readonly also?: readonly string[];
};

export type Range = { readonly lowest: number; readonly highest: number; readonly step: number };

type ChoiceSetting<Key extends SettingKey> = Common<Key> & {
  readonly kind: 'choice';
  readonly choices: readonly Choice<Extract<Settings[Key], string>>[];
  readonly default: Settings[Key];
};
type AmpsSetting<Key extends SettingKey> = Common<Key> & {
  readonly kind: 'amps';
  /** In deciamperes, as the default is. */
  readonly range: Range;
  readonly unit: 'A';
  readonly default: Settings[Key];
};
type NumberSetting<Key extends SettingKey> = Common<Key> & {
  readonly kind: 'number';
  readonly range: Range;
  readonly unit: string;
  readonly default: Settings[Key];
};

/** Its value's type says which kind it may be. */
export type SettingOf<Key extends SettingKey> = Settings[Key] extends string
  ? ChoiceSetting<Key>
  : Key extends `${string}_dA`
    ? AmpsSetting<Key>
    : NumberSetting<Key>;
export type Setting = { [Key in SettingKey]: SettingOf<Key> }[SettingKey];
export type Catalogue<Key extends SettingKey = SettingKey> = { readonly [Each in Key]: SettingOf<Each> };
