// One set-up: several charge points beside each other, one trial at a time, a witness on each core, and hogs where they
// belong to it. While one charge point is measured the others only charge or wait, as they do in a garage.
import { spawn, type ChildProcess } from 'node:child_process';
import { availableParallelism } from 'node:os';
import type { Milliseconds } from '@fairamp/units';
import type { Span, Trial } from './distribution.js';
import { MeasuredPoint } from './measured-point.js';
import type { SetUp } from './setups.js';
import { Witness } from './witness.js';

export type Measured = {
  readonly setUp: SetUp;
  readonly trials: readonly Trial[];
  /** Began with a charge point that had opened for another reason, or was not answered in time. */
  readonly missed: number;
  readonly stalls: readonly Span[];
  readonly stolen_ms: Milliseconds;
  readonly lasted_ms: Milliseconds;
};

export type Measuring = {
  readonly trials: number;
  readonly points: number;
  readonly onTrial: (trials: readonly Trial[]) => void;
  readonly isOver: () => boolean;
};

/** What does not answer a hundred times in a row measures nothing. */
const MISSED_MAX = 100;

export async function measure(setUp: SetUp, measuring: Measuring): Promise<Measured> {
  const points: MeasuredPoint[] = [];
  const hogs: ChildProcess[] = [];
  const witness = new Witness();
  try {
    const opening = Array.from({ length: measuring.points }, () => MeasuredPoint.open(setUp));
    for (const opened of await Promise.allSettled(opening)) {
      if (opened.status === 'rejected') throw opened.reason;
      points.push(opened.value);
    }
    if (setUp.hasHogs) hogs.push(...startHogs());
    const began_ms = performance.now();
    const measured = await tried(points, measuring);
    const lasted_ms = performance.now() - began_ms;
    return { setUp, ...measured, stalls: witness.stalls, stolen_ms: witness.stolen_ms(), lasted_ms };
  } finally {
    for (const hog of hogs) hog.kill('SIGKILL');
    witness.close();
    for (const point of points) await point.close();
  }
}

/** As many as cores, and one more. */
function startHogs(): readonly ChildProcess[] {
  const count = availableParallelism() + 1;
  return Array.from({ length: count }, () => spawn('/bin/sh', ['-c', 'while :; do :; done'], { stdio: 'ignore' }));
}

async function tried(
  points: readonly MeasuredPoint[],
  { trials: wanted, onTrial, isOver }: Measuring,
): Promise<Pick<Measured, 'trials' | 'missed'>> {
  const trials: Trial[] = [];
  let missed = 0;
  const next = async (point: MeasuredPoint): Promise<void> => {
    while (trials.length < wanted && missed < MISSED_MAX && !isOver()) {
      const trial = await point.trial();
      if (trial === null) missed += 1;
      else if (trials.length < wanted) trials.push(trial);
      onTrial(trials);
    }
  };
  await Promise.all(points.map(next));
  return { trials, missed };
}
