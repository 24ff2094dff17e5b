// The table of docs/reaction.md, written between two marks, and one line for a terminal.
import type { Milliseconds } from '@fairamp/units';
import { distributionOf, longest_ms, netTimesOf, timesOf, type Distribution } from './distribution.js';
import type { Measured } from './measure.js';

const BEGIN = '<!-- table: begin -->';
const END = '<!-- table: end -->';
const HEAD = [
  '| computer | the contactor is held | trials | p50 | p90 | p99 | p99.9 | longest | above 100 ms | net of stalls: p99.9 | longest | above 100 ms | a core stood still | time stolen |',
  '|---|---|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|---:|',
];

export function tableOf(measured: readonly Measured[]): string {
  return [...HEAD, ...measured.map(rowOf)].join('\n');
}

function rowOf({ setUp, trials, stalls, stolen_ms, lasted_ms }: Measured): string {
  const [gross, net] = [distributionOf(timesOf(trials)), distributionOf(netTimesOf(trials, stalls))];
  const cells = [
    setUp.hasHogs ? 'busy' : 'idle',
    setUp.name,
    `${gross.trials}`,
    ...[gross.p50_ms, gross.p90_ms, gross.p99_ms, gross.p999_ms, gross.most_ms].map(ms),
    shareOf(gross),
    ms(net.p999_ms),
    ms(net.most_ms),
    shareOf(net),
    `${stalls.length} times, longest ${ms(longest_ms(stalls))}`,
    `${((100 * stolen_ms) / Math.max(1, lasted_ms)).toFixed(1)} % of a core`,
  ];
  return `| ${cells.join(' | ')} |`;
}

function ms(time_ms: Milliseconds): string {
  return `${time_ms.toFixed(1)} ms`;
}

function shareOf({ above100, trials }: Distribution): string {
  return above100 === 0 ? '0' : `${above100} (${((100 * above100) / trials).toFixed(1)} %)`;
}

/** @throws when the page has no place for it */
export function withTable(page: string, table: string): string {
  const [from, to] = [page.indexOf(BEGIN), page.indexOf(END)];
  if (from < 0 || to < from) throw new Error(`the page has no "${BEGIN}" before a "${END}"`);
  return `${page.slice(0, from)}${BEGIN}\n${table}\n${page.slice(to)}`;
}

export function lineOf({ setUp, trials, missed }: Measured): string {
  const { p50_ms, p99_ms, most_ms, above100 } = distributionOf(timesOf(trials));
  const figures = `p50 ${ms(p50_ms)}, p99 ${ms(p99_ms)}, longest ${ms(most_ms)}, ${above100} above 100 ms`;
  return `${setUp.id}: ${trials.length} trials, ${figures}${missed > 0 ? `, ${missed} missed` : ''}`;
}
