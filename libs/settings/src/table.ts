// docs/settings.md's generated part: a table of all settings, then a paragraph for each. `npm run docs:settings` writes
// it, a test compares.
import { SETTINGS } from './catalogue.js';
import type { Setting } from './setting.js';
import { wordsOf, writtenDefault, writtenRange } from './written.js';

export function settingsTable(): string {
  const header = ['option', 'on the display', 'key', 'values', 'default', 'shown', 'what it does'];
  const rows = [header, header.map(() => '---'), ...SETTINGS.map(rowOf)];
  return rows.map((cells) => `| ${cells.join(' | ')} |`).join('\n');
}

export function settingsChapters(): string {
  return SETTINGS.map(chapterOf).join('\n\n');
}

function rowOf(setting: Setting): readonly string[] {
  const { option, name, writtenAs, shown, means } = setting;
  const when = shown.words === null ? 'always' : `when ${shown.words}`;
  return [option, `\`${name}\``, `\`${writtenAs}\``, valuesText(setting), defaultText(setting), when, means];
}

function chapterOf({ option, help, about, isManual }: Setting): string {
  const from = isManual ? '' : ' Not in the manual.';
  return `**${option}.** ${about}${from} Help on the display: "${help}".`;
}

function valuesText(setting: Setting): string {
  if (setting.kind === 'choice') {
    return wordsOf(setting)
      .map((word) => `\`${word}\``)
      .join(' ');
  }
  const { lowest, highest, step } = writtenRange(setting);
  return `${lowest} to ${highest} ${setting.unit}${step === 1 ? '' : `, steps of ${step}`}`;
}

function defaultText(setting: Setting): string {
  const value = writtenDefault(setting);
  return setting.kind === 'choice' ? `\`${value}\`` : `${value} ${setting.unit}`;
}
