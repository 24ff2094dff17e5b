import { join } from 'node:path';
import { Fleet } from '../src/fleet.js';
import { type Job } from '../src/worker/job.js';

const WORKER = join(import.meta.dirname, 'dying-worker.mjs');

function* jobs(...seeds: readonly number[]): Generator<Job, undefined> {
  const scenario = { name: 'any' } as Job['scenario'];
  const rest = { scenario, simulated_ms: 1000, strategy: 'fairamp', wantsCsv: false, picture: 'none' } as const;
  for (const [index, seed] of seeds.entries()) yield { index, seed, ...rest };
  return undefined;
}

test.each([1, 2])(
  'a process that dies is the violation of its seed and not the end (%i at a time)',
  async (size) => {
    const answers = new Map<number, string>();
    const fleet = new Fleet(WORKER, jobs(1, 2, 3, 4, 5), ({ seed }, { outcome, crash }) => {
      answers.set(seed, outcome?.hash ?? crash ?? '');
    });
    await fleet.run(size);
    expect(Object.fromEntries(answers)).toEqual({
      1: 'of 1',
      2: 'its process ended with exit code 9: Fatal error: out of memory',
      3: 'its process ended with SIGSEGV',
      4: 'of 4',
      5: 'of 5',
    });
  },
  30_000,
);

test('one that is stopped ends, though its jobs never would', async () => {
  const answered: number[] = [];
  const fleet: Fleet = new Fleet(WORKER, jobs(1, 100, 101), ({ seed }) => {
    answered.push(seed);
    setTimeout(() => fleet.stop(), 50);
  });
  await fleet.run(1);
  expect(answered).toEqual([1]);
}, 30_000);
