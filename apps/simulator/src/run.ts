// All seeds of one command: handed to the fleet, told in their order, summed up, and the files of a single one written.
import { rmSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { Fleet } from './fleet.js';
import { InOrder } from './in-order.js';
import { drawScenario, type Scenario, type Strategy } from '@fairamp/simulation';
import { ALL, strategiesOf, type Options } from './options.js';
import { Progress } from './progress.js';
import { Summary } from './summary.js';
import { headerFor, jsonOf, linesOf, type Verdict, verdictOf } from './verdict.js';
import { type Answer, type Job } from './worker/job.js';

export type Voices = { result(line: string): void; progress(line: string): void };

/** What a shell reports for a program that ctrl-c ended: 128 + SIGINT. */
export const INTERRUPTED = 130;
const UNWRITABLE = 2;
const HOUR_ms = 3_600_000;

/** @param onInterrupt is given what ends the run early */
export async function runSeeds(
  options: Options,
  scenarios: readonly Scenario[],
  { workerFile, voices }: { readonly workerFile: string; readonly voices: Voices },
  onInterrupt: (stop: () => void) => void,
): Promise<number> {
  const strategies = strategiesOf(options);
  const total = (options.seeds.to - options.seeds.from + 1) * strategies.length;
  const progress = new Progress(process.stderr, total);
  const summaries = strategies.map((strategy) => new Summary(options, strategy));
  const widest = Math.max(...scenarios.map(({ name }) => name.length));
  const tell = new InOrder<Verdict>((verdict) => {
    summaries.find(({ strategy }) => strategy === verdict.strategy)?.add(verdict);
    progress.hide();
    const lines = options.json ? [jsonOf(verdict)] : linesOf(verdict, widest);
    lines.forEach((line) => voices.result(line));
  });
  let unwritten: string | null = null;
  const fleet = new Fleet(workerFile, jobsOf(options, scenarios), (job, answer) => {
    progress.add();
    tell.add(job.index, verdictOf(job, answer));
    unwritten ??= writeFiles(options, job, answer);
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
  for (const summary of summaries) summary.lines().forEach((line) => sum(line));
  if (isInterrupted) {
    voices.progress(`interrupted: ${progress.done} of ${total} ${strategies.length > 1 ? 'runs' : 'seeds'} were done`);
    return INTERRUPTED;
  }
  return exitCodeOf(summaries, unwritten, voices);
}

function exitCodeOf(summaries: readonly Summary[], unwritten: string | null, voices: Voices): number {
  if (unwritten !== null) voices.progress(unwritten);
  if (unwritten !== null) return UNWRITABLE;
  return summaries.every(({ failed }) => failed === 0) ? 0 : 1;
}

/** In the order in which their verdicts are told. */
export function* jobsOf(options: Options, scenarios: readonly Scenario[]): Generator<Job, undefined> {
  const { from, to } = options.seeds;
  let index = 0;
  for (let seed = from; seed <= to; seed += 1) {
    for (const strategy of strategiesOf(options)) {
      yield {
        index,
        scenario: scenarioFor(seed, options, scenarios),
        seed,
        simulated_ms: Math.round(options.hours * HOUR_ms),
        strategy,
        wantsCsv: options.csv !== null,
        picture: pictureFor(strategy, options),
      };
      index += 1;
    }
  }
  return undefined;
}

/** Of both strategies there is one picture, and it comes with the second. */
function pictureFor(run: Strategy, { svg, strategy }: Options): Job['picture'] {
  if (svg === null) return 'none';
  if (strategy !== 'both') return 'own';
  return run === 'classic' ? 'none' : 'below-classic';
}

function scenarioFor(seed: number, { scenario }: Options, scenarios: readonly Scenario[]): Scenario {
  const [only] = scenarios;
  return scenario === ALL || only === undefined ? drawScenario(seed, scenarios) : only;
}

/** @returns why a file could not be written; the run has its verdict all the same */
function writeFiles({ csv, svg }: Options, { wantsCsv, picture }: Job, answer: Answer): string | null {
  const csvTold = wantsCsv ? write(csv, answer.csv) : null;
  return csvTold ?? (picture === 'none' ? null : write(svg, answer.svg));
}

/** A run that crashed has no recording, and none of an earlier one is left that could be taken for it. */
function write(file: string | null, text: string | null): string | null {
  if (file === null) return null;
  try {
    if (text === null) rmSync(file, { force: true });
    else writeFileSync(file, text);
    return null;
  } catch (error) {
    return `${file}: cannot be written (${error instanceof Error ? error.message : String(error)})`;
  }
}
