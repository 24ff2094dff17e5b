// The processes that run the seeds: each has one job at a time and gets the next with its answer. One that dies, or that
// takes so long that it must be stuck, is an answer too, and another takes its place. Which of them runs a seed changes
// nothing of its result.
import { type ChildProcess, fork } from 'node:child_process';
import { type Answer, type Job } from './worker/job.js';

/** A run slower than this is no longer worth waiting for. */
const SLOWEST_SPEEDUP = 10;
/** Beside it, for the start of a process on a busy machine. */
const START_ms = 60_000;
/** Nearly all that a step makes is garbage after it: room for it spares 5 to 7 % of the time (docs/simulator.md). */
const YOUNG = ['--min-semi-space-size=64', '--max-semi-space-size=64'];
/** Of what a dying process writes, the end says why. */
const LAST_WORDS = 2000;

export class Fleet {
  readonly #workerFile: string;
  readonly #next: () => Job | undefined;
  readonly #onAnswer: (job: Job, answer: Answer) => void;
  readonly #alive = new Set<ChildProcess>();
  #isStopped = false;

  constructor(workerFile: string, jobs: Iterator<Job, undefined>, onAnswer: (job: Job, answer: Answer) => void) {
    this.#workerFile = workerFile;
    this.#next = () => (this.#isStopped ? undefined : jobs.next().value);
    this.#onAnswer = onAnswer;
  }

  /** Until all jobs are answered, or it is stopped. */
  async run(size: number): Promise<void> {
    await Promise.all(Array.from({ length: size }, () => this.#berth()));
  }

  /** What still runs is given up. */
  stop(): void {
    this.#isStopped = true;
    for (const worker of this.#alive) worker.kill('SIGKILL');
  }

  /** One process after the other, as long as there are jobs. */
  async #berth(): Promise<void> {
    for (let job = this.#next(); job !== undefined;) job = await this.#life(job);
  }

  /** @returns the job that a next process has to begin with, if this one died before the jobs ran out */
  async #life(first: Job): Promise<Job | undefined> {
    const worker = fork(this.#workerFile, [], {
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      execArgv: ['--enable-source-maps', ...YOUNG],
    });
    this.#alive.add(worker);
    const ended = endOf(worker);
    try {
      for (let job: Job | undefined = first; job !== undefined; job = this.#next()) {
        const answer = await answered(worker, job, ended);
        if (this.#isStopped) return undefined;
        this.#onAnswer(job, answer);
        if (answer.isLast === true) return this.#next();
      }
      return undefined;
    } finally {
      worker.kill('SIGKILL');
      // Nothing of ours outlives the command.
      await ended;
      this.#alive.delete(worker);
    }
  }
}

/** How it ended, when it has, and its last words. */
async function endOf(worker: ChildProcess): Promise<string> {
  let words = '';
  worker.stderr?.setEncoding('utf8').on('data', (text: string) => (words = (words + text).slice(-LAST_WORDS)));
  const how = await new Promise<string>((resolve) => {
    worker.once('close', (code, signal) => resolve(`its process ended with ${signal ?? `exit code ${code}`}`));
    worker.on('error', (error) => resolve(`its process could not run: ${error.message}`));
  });
  const line = words.split('\n').find((each) => /error|fatal/i.test(each));
  return line === undefined ? how : `${how}: ${line.trim()}`;
}

/** Its own answer, or one in its place: then it gives no other. */
async function answered(
  worker: ChildProcess,
  job: Job,
  ended: Promise<string>,
): Promise<Answer & { readonly isLast?: boolean }> {
  const longest_ms = START_ms + job.simulated_ms / SLOWEST_SPEEDUP;
  let overdue: NodeJS.Timeout | undefined;
  // Whether it was heard is told by its answer.
  worker.send(job, () => undefined);
  try {
    const answer = await Promise.race([
      new Promise<Answer>((resolve) => worker.once('message', (message: Answer) => resolve(message))),
      ended,
      new Promise<string>((resolve) => {
        const how = `no answer within ${Math.round(longest_ms / 1000)} s`;
        overdue = setTimeout(() => resolve(how), longest_ms);
      }),
    ]);
    return typeof answer === 'string' ? { ...crashOf(job, answer), isLast: true } : answer;
  } finally {
    clearTimeout(overdue);
  }
}

function crashOf({ index }: Job, crash: string): Answer {
  return { index, outcome: null, crash, cpu_ms: 0, csv: null, svg: null };
}
