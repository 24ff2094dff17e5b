// The settings of a master that a replay can change, by the names that the manual gives them and within its ranges.
import { allowedText, mistakeText, parseSettings, SETTINGS, type Setting, type Settings } from '@fairamp/settings';
import { failure, ok, type Result } from '@fairamp/units';

const OF_A_MASTER = ['mode', 'mains_dA', 'min_dA'] as const;
export type SiteSettings = Pick<Settings, (typeof OF_A_MASTER)[number]>;
export type Assigned = Partial<SiteSettings>;

const isOfAMaster = ({ key }: Setting): boolean => OF_A_MASTER.some((one) => one === key);
const OPTIONS = SETTINGS.filter(isOfAMaster)
  .map(({ option }) => option)
  .join(', ');

/** @param text `MAINS=20` */
export function parseAssignment(text: string): Result<Assigned, 'refused'> {
  const [, name = '', value = ''] = /^([A-Za-z]+)=(.+)$/s.exec(text) ?? [];
  const setting = SETTINGS.find(({ option }) => option === name.toUpperCase());
  if (name === '') return failure('refused', `"${text}": write it as NAME=VALUE, such as MAINS=20`);
  if (setting === undefined || !isOfAMaster(setting))
    return failure('refused', `"${text}": a replay has a master's settings alone; allowed are ${OPTIONS}`);
  const given = setting.kind === 'choice' ? value.toLowerCase() : numberOf(value);
  const parsed = parseSettings({ [setting.writtenAs]: given });
  if (parsed.ok) return ok({ [setting.key]: parsed.value[setting.key] });
  const told =
    parsed.mistakes.length === 1 ? `allowed: ${allowedText(setting)}` : parsed.mistakes.map(mistakeText).join('; ');
  return failure('refused', `"${text}": ${told}`);
}

function numberOf(text: string): number | string {
  return /^\d+(\.\d+)?$/.test(text) ? Number(text) : text;
}

/** As a person would write them: `MAINS 20 A, MIN 6 A`. */
export function settingsWords({ mode, mains_dA, min_dA }: Assigned): string {
  return [
    ...(mains_dA === undefined ? [] : [`MAINS ${mains_dA / 10} A`]),
    ...(min_dA === undefined ? [] : [`MIN ${min_dA / 10} A`]),
    ...(mode === undefined ? [] : [`MODE ${mode === 'smart' ? 'Smart' : 'Normal'}`]),
  ].join(', ');
}

/** null: they can stand together. */
export function contradiction({ mains_dA, min_dA }: SiteSettings): string | null {
  return min_dA > mains_dA ? `MIN ${min_dA / 10} A must not be above MAINS ${mains_dA / 10} A` : null;
}
