// The table that a run of the lab wrote, read back: each charge point's limit, and when its car was there.
import type { Deciamps, Milliseconds } from '@fairamp/units';
import { OUTLETS } from '../../src/site/site-plan.js';
import { type Plugs } from './twin.js';

export type LimitRow = { readonly at: Milliseconds; readonly limits_dA: Readonly<Record<string, Deciamps>> };
export type LabRun = { readonly rows: readonly LimitRow[]; readonly plugs: Plugs };

export function readLabRun(csv: string): LabRun {
  const [header = '', ...lines] = csv.trimEnd().split('\n');
  const columns = header.split(',');
  const table = lines.map((line) => {
    const cells = line.split(',');
    return (column: string): string => cells[columns.indexOf(column)] ?? '';
  });
  const at = (cell: (column: string) => string): Milliseconds => Math.round(Number(cell('at_s')) * 1000);
  const rows = table.map((cell) => ({
    at: at(cell),
    limits_dA: Object.fromEntries(OUTLETS.map(({ id }) => [id, Math.round(Number(cell(`${id}_limit_A`)) * 10)])),
  }));
  const plugs = OUTLETS.flatMap(({ id }) => {
    const first = table.find((cell) => cell(`${id}_state`) !== 'no-car');
    return first === undefined ? [] : [[id, at(first)] as const];
  });
  return { rows, plugs: Object.fromEntries(plugs) };
}
