// Between what people write (amperes, words) and what is used (deciamperes): one value, or all of them. What comes from
// outside is hostile: every mistake is told with its key, its value and what is allowed, and nothing throws.
import { failure, ok, type Failure } from '@fairamp/units';
import { SETTINGS, defaults, settingWrittenAs } from './catalogue.js';
import type { Choice, Range, Setting, Settings, WrittenSettings, WrittenValue } from './setting.js';

/** value: null = there is no setting of that name, and `allowed` are those that there are. */
export type Mistake = { readonly key: string; readonly value: string | null; readonly allowed: string };
export type ParsedSettings =
  { readonly ok: true; readonly value: Settings } | (Failure<'settings'> & { readonly mistakes: readonly Mistake[] });

/** More are none of ours: at least one of them is a mistake, and that is told. */
const ENTRIES_MAX = 2 * SETTINGS.length;

/** What is missing has its default. */
export function parseSettings(given: unknown): ParsedSettings {
  if (typeof given !== 'object' || given === null || Array.isArray(given)) {
    return refused([{ key: 'settings', value: valueText(given), allowed: 'a map of settings' }]);
  }
  const parsed = Object.entries(given)
    .filter(([, value]) => value !== undefined)
    .slice(0, ENTRIES_MAX)
    .map(([name, value]) => parseOne(name, value));
  const mistakes = parsed.flatMap((one) => ('allowed' in one ? [one] : []));
  if (mistakes.length > 0) return refused(mistakes);
  const entries = parsed.flatMap((one) => ('allowed' in one ? [] : [[one.setting.key, one.value] as const]));
  return ok({ ...defaults(), ...Object.fromEntries(entries) });
}

/** The inverse of parseSettings. */
export function writtenSettings(settings: Settings): WrittenSettings {
  // One cast: TypeScript does not follow that each key meets its own value.
  return Object.fromEntries(
    SETTINGS.map((setting) => [setting.writtenAs, writtenValue(setting, settings)]),
  ) as WrittenSettings;
}

export function writtenValue(setting: Setting, settings: Settings): WrittenValue {
  return written(setting, settings[setting.key]);
}

export function writtenDefault(setting: Setting): WrittenValue {
  return written(setting, setting.default);
}

/** `10 to 80`, in the unit in which it is written. */
export function writtenRange(setting: Extract<Setting, { readonly range: Range }>): Range {
  const { lowest, highest, step } = setting.range;
  return setting.kind === 'amps' ? { lowest: lowest / 10, highest: highest / 10, step: step / 10 } : setting.range;
}

/** Each choice apart from whose it is. */
export function choicesOf({ choices }: Extract<Setting, { readonly kind: 'choice' }>): readonly Choice<string>[] {
  return choices;
}

/** Every word that is taken, the one that is written first. */
export function wordsOf(setting: Extract<Setting, { readonly kind: 'choice' }>): readonly string[] {
  return choicesOf(setting).flatMap(({ value, also = [] }) => [value, ...also]);
}

/** The one that is written, of any that is taken; null = it is none of them. */
export function wordOf(setting: Extract<Setting, { readonly kind: 'choice' }>, given: unknown): string | null {
  return (
    choicesOf(setting).find(({ value, also = [] }) => [value, ...also].some((word) => word === given))?.value ?? null
  );
}

export function allowedText(setting: Setting): string {
  if (setting.kind === 'choice') return wordsOf(setting).map(valueText).join(' or ');
  const { lowest, highest, step } = writtenRange(setting);
  const range = `${lowest} to ${highest}`;
  return step === 1 ? `a whole number, ${range}` : `a number, ${range}, in steps of ${step}`;
}

export function mistakeText({ key, value, allowed }: Mistake): string {
  if (value === null) return `${key}: unknown key; known here: ${allowed}`;
  return `${key}: ${value} is not allowed; allowed: ${allowed}`;
}

/** Short, and never a step into what was given: it may be endless. */
export function valueText(value: unknown): string {
  if (typeof value === 'string') return JSON.stringify(value.length > 40 ? `${value.slice(0, 37)}...` : value);
  if (typeof value === 'object' && value !== null) return Array.isArray(value) ? 'a list' : 'a map';
  return typeof value === 'function' || typeof value === 'symbol' ? `a ${typeof value}` : String(value);
}

type Parsed = { readonly setting: Setting; readonly value: WrittenValue };

function parseOne(name: string, given: unknown): Parsed | Mistake {
  const setting = settingWrittenAs(name);
  if (setting === null) return { key: name.slice(0, 40), value: null, allowed: KNOWN };
  const value = setting.kind === 'choice' ? wordOf(setting, given) : numberOf(setting, given);
  if (value === null) return { key: name, value: valueText(given), allowed: allowedText(setting) };
  return { setting, value };
}

const KNOWN = SETTINGS.map(({ writtenAs }) => writtenAs).join(', ');

function numberOf(setting: Extract<Setting, { readonly range: Range }>, given: unknown): number | null {
  const { lowest, highest, step } = writtenRange(setting);
  if (typeof given !== 'number' || !(given >= lowest && given <= highest) || !isStep(given / step)) return null;
  return setting.kind === 'amps' ? Math.round(given * 10) : given;
}

/** 2.999 / 0.001 is not quite whole. */
function isStep(steps: number): boolean {
  return Math.abs(steps - Math.round(steps)) < 1e-6;
}

function written(setting: Setting, value: WrittenValue): WrittenValue {
  return setting.kind === 'amps' ? Number(value) / 10 : value;
}

function refused(mistakes: readonly Mistake[]): ParsedSettings {
  return { ...failure('settings', mistakes.map(mistakeText).join('\n')), mistakes };
}
