// The lower half of --help: every key with what it may be, its default and its environment variable. Pure.
import { allowedText, type ConfigKey } from './config-keys.js';

export function helpTable(keys: readonly ConfigKey[]): string {
  const rows = keys.map(({ path, env, node }) => [
    path.join('.'),
    allowedText(node),
    defaultText(node.default),
    env,
    node.description ?? '',
  ]);
  const header = ['Key', 'Allowed', 'Default', 'Environment', ''];
  const widths = header.map((title, column) =>
    Math.min(48, Math.max(title.length, ...rows.map((row) => (row[column] ?? '').length))),
  );
  return [header, ...rows]
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

function defaultText(value: unknown): string {
  if (value === undefined) return '-';
  return typeof value === 'string' ? value : JSON.stringify(value);
}
