// All seeds of one command: handed to the fleet, told in their order, summed up, and the files of a single one written.
import { rmSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { Fleet } from './fleet.js';
import { InOrder } from './in-order.js';
import { drawScenario, type Scenario } from '@fairamp/simulation';
import { ALL, type Options } from './options.js';
import { Progress } from './progress.js';
import { Summary } from './summary.js';
import { headerFor, jsonOf, linesOf, type Verdict, verdictOf } from './verdict.js';
import { type Answer, type Job } from './worker/job.js';

export type Voices = { result(line: string): void; progress(line: string): void };

/** What a shell reports for a program that ctrl-c ended: 128 + SIGINT. */
export const INTERRUPTED = 130;
const HOUR_ms = 3_600_000;

/** @param onInterrupt is given what ends the run early */
export async function runSeeds(
  options: Options,
  scenarios: readonly Scenario[],
  { workerFile, voices }: { readonly workerFile: string; readonly voices: Voices },
  onInterrupt: (stop: () => void) => void,
): Promise<number> {
  const total = options.seeds.to - options.seeds.from + 1;
  const progress = new Progress(process.stderr, total);
  const summary = new Summary(options);
  const widest = Math.max(...scenarios.map(({ name }) => name.length));
  const tell = new InOrder<Verdict>((verdict) => {
    summary.add(verdict);
    progress.hide();
    const lines = options.json ? [jsonOf(verdict)] : linesOf(verdict, widest);
    lines.forEach((line) => voices.result(line));
  });
  const fleet = new Fleet(workerFile, jobsOf(options, scenarios), (job, answer) => {
    progress.add();
    writeFiles(options, answer);
    tell.add(job.index, verdictOf(job, answer));
  });
  let isInterrupted = false;
  onInterrupt(() => {
    isInterrupted = true;
    fleet.stop();
  });
  if (!options.json) voices.result(headerFor(widest));
  await fleet.run(Math.min(total, options.jobs ?? availableParallelism()));
  progress.end();
  tell.flush();
  const sum = options.json ? voices.progress : voices.result;
  summary.lines().forEach((line) => sum(line));
  if (isInterrupted) voices.progress(`interrupted: ${progress.done} of ${total} seeds were done`);
  if (isInterrupted) return INTERRUPTED;
  return summary.failed === 0 ? 0 : 1;
}

function* jobsOf(options: Options, scenarios: readonly Scenario[]): Generator<Job, undefined> {
  const { from, to } = options.seeds;
  for (let seed = from; seed <= to; seed += 1) {
    yield {
      index: seed - from,
      scenario: scenarioFor(seed, options, scenarios),
      seed,
      simulated_ms: Math.round(options.hours * HOUR_ms),
      strategy: options.strategy,
      wantsCsv: options.csv !== null,
      wantsSvg: options.svg !== null,
    };
  }
  return undefined;
}

function scenarioFor(seed: number, { scenario }: Options, scenarios: readonly Scenario[]): Scenario {
  const [only] = scenarios;
  return scenario === ALL || only === undefined ? drawScenario(seed, scenarios) : only;
}

function writeFiles({ csv, svg }: Options, answer: Answer): void {
  write(csv, answer.csv);
  write(svg, answer.svg);
}

/** A run that crashed has no recording, and none of an earlier one is left that could be taken for it. */
function write(file: string | null, text: string | null): void {
  if (file === null) return;
  if (text === null) rmSync(file, { force: true });
  else writeFileSync(file, text);
}
