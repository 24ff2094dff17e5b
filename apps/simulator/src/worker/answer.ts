// One job and its answer: the run, and what is written of it. The process that runs seeds calls it for each job; the
// test of the documents' pictures asks it for the same bytes.
import { compare, csvOf, picture, simulate, type Recording } from '@fairamp/simulation';
import { type Answer, type Job } from './job.js';

export function answer(job: Job): Answer {
  const { index, wantsCsv, picture: wanted, ...run } = job;
  const before = process.cpuUsage();
  const cpu_ms = (): number => {
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1000;
  };
  try {
    const { outcome, recording } = simulate({ ...run, recording: wantsCsv || wanted !== 'none' });
    const spent = cpu_ms();
    const csv = wantsCsv && recording !== null ? csvOf(recording) : null;
    const svg = recording === null ? null : pictureOf(job, recording);
    return { index, outcome, crash: null, cpu_ms: spent, csv, svg };
  } catch (error) {
    return { index, outcome: null, crash: whatBroke(error), cpu_ms: cpu_ms(), csv: null, svg: null };
  }
}

/** Classic runs once more for it, which is quicker than to send its recording from process to process. */
function pictureOf({ picture: wanted, scenario, seed, simulated_ms }: Job, recording: Recording): string | null {
  if (wanted === 'none') return null;
  if (wanted === 'own') return picture(recording);
  const classic = simulate({ scenario, seed, simulated_ms, strategy: 'classic', recording: true }).recording;
  return compare(classic === null ? [recording] : [classic, recording]);
}

/** The message, and the place in our sources: a seed replays the rest. */
function whatBroke(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const frames = error.stack?.split('\n').filter((line) => /^\s+at /.test(line)) ?? [];
  const place = frames
    .find((line) => !line.includes('assert.ts'))
    ?.trim()
    .replace(`${process.cwd()}/`, '');
  return place === undefined ? error.message : `${error.message} (${place})`;
}
