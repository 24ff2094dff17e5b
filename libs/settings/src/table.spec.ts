import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { SETTINGS, settingsChapters, settingsTable } from './index.js';

const document = readFileSync(resolve(import.meta.dirname, '../../../docs/settings.md'), 'utf8');
const between = (name: string): string =>
  document.split(`<!-- ${name}: begin -->\n`)[1]?.split(`\n<!-- ${name}: end -->`)[0] ?? `no part ${name}`;

describe('docs/settings.md is what `npm run docs:settings` writes', () => {
  test('its table', () => {
    expect(between('table')).toBe(settingsTable());
  });

  test('its paragraphs', () => {
    expect(between('paragraphs')).toBe(settingsChapters());
  });

  test.each(SETTINGS.map((setting): [string, string] => [setting.option, setting.writtenAs]))(
    '%s has a row and a paragraph',
    (option, key) => {
      expect(
        settingsTable()
          .split('\n')
          .filter((row) => row.startsWith(`| ${option} | `) && row.includes(`\`${key}\``)),
      ).toHaveLength(1);
      expect(settingsChapters()).toContain(`**${option}.** `);
    },
  );

  test.each([
    ['MAX', '10 to 80 A', '13 A', 'always'],
    ['CAL', '0.1 to 30 dA a count, steps of 0.001', '3 dA a count', 'when MODE is Smart, and not on a slave'],
    ['STOPRESTART', '0 to 3600 s', '0 s', 'when ACCESS is Disabled'],
    ['ACCESS', '`disabled` `switch` `enabled`', '`disabled`', 'always'],
  ])('%s: values, default, when it is shown', (option, ...cells) => {
    const row = settingsTable()
      .split('\n')
      .find((one) => one.startsWith(`| ${option} |`));
    expect(row?.split(' | ').slice(3, 6)).toEqual(cells);
  });
});
