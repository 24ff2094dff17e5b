// What one seed came to, whether it ended or crashed, and the lines that say it: a row for people, an object for
// programs. Pure.
import { type Outcome, type Strategy } from '@fairamp/simulation';
import { sumOf } from '@fairamp/units';
import { type Answer, type Job } from './worker/job.js';

/** Of a crash nobody knows when it came. */
export type Finding = { readonly invariant: string; readonly at_s: number | null; readonly detail: string };

export type Verdict = {
  readonly scenario: string;
  readonly seed: number;
  readonly hours: number;
  readonly strategy: Strategy;
  /** null = it crashed. */
  readonly outcome: Outcome | null;
  readonly violations: readonly Finding[];
  /** Simulated time by CPU time of the process that ran it; null = it crashed on the way. */
  readonly speedup: number | null;
};

const HOUR_ms = 3_600_000;

export function verdictOf(job: Job, { outcome, crash, cpu_ms }: Answer): Verdict {
  const found = outcome?.violations.map(({ invariant, at, detail }) => ({ invariant, at_s: at / 1000, detail })) ?? [];
  return {
    scenario: job.scenario.name,
    seed: job.seed,
    hours: job.simulated_ms / HOUR_ms,
    strategy: job.strategy,
    outcome,
    violations: crash === null ? found : [...found, { invariant: 'crash', at_s: null, detail: crash }],
    speedup: outcome === null ? null : Math.round((10 * job.simulated_ms) / Math.max(cpu_ms, 1)) / 10,
  };
}

/** `classic` is there to be wrong; but a crash is nobody's regulator. */
export function isFailure({ strategy, outcome, violations }: Verdict): boolean {
  return outcome === null || (strategy === 'fairamp' && violations.length > 0);
}

/** One line of `--json`. Of a crashed run what is not known is null. */
export function jsonOf({ scenario, seed, hours, strategy, outcome, violations, speedup }: Verdict): string {
  return JSON.stringify({
    scenario,
    seed,
    hours,
    strategy,
    worst_over_A: outcome === null ? null : outcome.worst_over_dA / 10,
    worst_over_s: outcome === null ? null : outcome.worst_over_ms / 1000,
    energy_kWh: outcome === null ? null : outcome.energy_Wh / 1000,
    trips: outcome?.trips ?? null,
    margin_permille: outcome?.margin_permille ?? null,
    violations,
    speedup,
    hash: outcome?.hash ?? null,
  });
}

type Column = { readonly title: string; readonly width: number; text(verdict: Verdict): string };

const COLUMNS: readonly Column[] = [
  { title: 'strategy', width: 8, text: ({ strategy }) => strategy },
  { title: 'seed', width: 6, text: ({ seed }) => String(seed) },
  { title: 'hours', width: 7, text: ({ hours }) => hours.toFixed(2) },
  { title: 'worst over', width: 18, text: ({ outcome }) => (outcome === null ? 'crashed' : worstOf(outcome)) },
  { title: 'energy', width: 12, text: ({ outcome }) => (outcome === null ? '' : energyOf(outcome)) },
  { title: 'trips', width: 6, text: ({ outcome }) => (outcome === null ? '' : String(tripsOf(outcome))) },
  { title: 'violations', width: 11, text: ({ violations }) => String(violations.length) },
  { title: 'speed', width: 10, text: ({ speedup }) => (speedup === null ? '' : speedOf(speedup)) },
];

/** @param widest the longest name of a scenario that may come */
export function headerFor(widest: number): string {
  return rowOf('scenario', widest, ({ title }) => title);
}

/** The row, and below it what is wrong. */
export function linesOf(verdict: Verdict, widest: number): readonly string[] {
  const shown = verdict.violations.slice(0, MOST_SHOWN);
  const hidden = verdict.violations.length - shown.length;
  return [
    rowOf(verdict.scenario, widest, ({ text }) => text(verdict)),
    ...tripLines(verdict),
    ...shown.map(({ invariant, at_s, detail }) => `    ${invariant}${at_s === null ? '' : ` at ${at_s} s`}: ${detail}`),
    ...(hidden > 0 ? [`    and ${hidden} more`] : []),
  ];
}

const MOST_SHOWN = 5;

function rowOf(scenario: string, widest: number, text: (column: Column) => string): string {
  const cells = COLUMNS.map((column) => text(column).padStart(column.width));
  return [scenario.padEnd(Math.max(widest, 'scenario'.length)), ...cells].join(' ');
}

function worstOf({ worst_over_dA, worst_over_ms }: Outcome): string {
  if (worst_over_ms === 0 && worst_over_dA === 0) return 'never';
  return `${(worst_over_dA / 10).toFixed(1)} A ${(worst_over_ms / 1000).toFixed(1).padStart(6)} s`;
}

function energyOf({ energy_Wh }: Outcome): string {
  return `${(energy_Wh / 1000).toFixed(2)} kWh`;
}

function tripsOf({ trips }: Outcome): number {
  return sumOf(Object.values(trips), (count) => count);
}

/** Which device, and how often. */
function tripLines({ outcome }: Verdict): readonly string[] {
  const tripped = Object.entries(outcome?.trips ?? {}).filter(([, count]) => count > 0);
  return tripped.length === 0
    ? []
    : [`    trips: ${tripped.map(([device, count]) => `${device} ${count} times`).join(', ')}`];
}

export function speedOf(speedup: number): string {
  return `${speedup >= 100 ? Math.round(speedup) : speedup} x`;
}
