// A meter that repeats itself: all conductors read the same, to the last digit, while our cars have changed by 2 A or
// more, or for longer than its noise allows while a car charges. At night a quiet house reads the same for hours, and
// an integer source by day too; neither is accused without a step of our cars or a current that noise must show in.
import { type Phase, PHASES } from '@fairamp/units';
import { NARROW_dA, pointsOf, SMALLEST_STEP_dA, type Source } from './sources.js';
import type { Judged, Run, Step } from './types.js';

/** A reading in which the noise of a source must show: a charging car's. */
const SHOWS_NOISE_dA = 60;

export function noteReading(run: Run | null, sample: Judged, source: Source, phases: readonly Phase[]): Run {
  const { measuredAt, current_dA } = sample;
  const isSame = run !== null && PHASES.every((phase) => run.current_dA[phase] === current_dA[phase]);
  if (!isSame) {
    return { since: measuredAt, current_dA, samples: 1, points: 0, step: null, samplesSince: 0, mark: sample };
  }
  const step = stepSince(run.mark, sample, phases);
  const mark = step !== null || isNewMark(run.mark, sample, source, phases) ? sample : run.mark;
  const samples = run.samples + 1;
  if (step === null) return { ...run, samples, mark, samplesSince: run.samplesSince + 1 };
  return { ...run, samples, mark, step, points: run.points + pointsOf(step.drawn_dA), samplesSince: 0 };
}

/** The largest step that our cars surely made. */
function stepSince(mark: Judged, { cars }: Judged, phases: readonly Phase[]): Step | null {
  let largest: Step | null = null;
  for (const phase of phases) {
    const up_dA = cars.low_dA[phase] - mark.cars.high_dA[phase];
    const down_dA = mark.cars.low_dA[phase] - cars.high_dA[phase];
    const size_dA = Math.max(up_dA, down_dA);
    if (size_dA < SMALLEST_STEP_dA || size_dA <= Math.abs(largest?.drawn_dA ?? 0)) continue;
    largest = { phase, drawn_dA: up_dA > 0 ? up_dA : -down_dA, read_dA: 0 };
  }
  return largest;
}

/** Nothing has changed since, or a step since then would be none of a moment. */
function isNewMark(mark: Judged, sample: Judged, source: Source, phases: readonly Phase[]): boolean {
  if (sample.measuredAt - mark.measuredAt > source.span_ms) return true;
  return phases.every((phase) => {
    const least_dA = sample.cars.low_dA[phase] - mark.cars.high_dA[phase];
    const most_dA = sample.cars.high_dA[phase] - mark.cars.low_dA[phase];
    return least_dA >= -NARROW_dA && most_dA <= NARROW_dA;
  });
}

export function isFrozen(run: Run, { cars }: Judged, source: Source, phases: readonly Phase[]): boolean {
  if (run.points >= source.frozenPoints && run.samplesSince >= source.frozenAfter) return true;
  const mayCharge = phases.some((phase) => cars.high_dA[phase] > 0 && run.current_dA[phase] >= SHOWS_NOISE_dA);
  return source.alike !== null && run.samples >= source.alike && mayCharge;
}
