// Our own changes are the one test of a meter that nobody can argue with: when our cars take 6 A more, so must the
// mains. Each sample is compared with an anchor, the newest one before our cars changed; what the reading made of the
// step speaks for the meter or for one lie. The house may do anything at that moment, so a single step proves nothing.
import { type Deciamps, type Phase } from '@fairamp/units';
import { widthOf } from './cars.js';
import { NARROW_dA, NOTHING_dA, SMALLEST_STEP_dA, type Source, toleranceOf } from './sources.js';
import type { Judged, Step, StepLie, TrustConfig } from './types.js';

export type Vote = Step & {
  /** null = it speaks for the meter. */
  readonly lie: StepLie | null;
  readonly other: Phase | null;
  readonly factor: readonly [number, number] | null;
};

/** What our cars surely changed by on one conductor between two samples, and what the readings did. */
type Change = {
  readonly phase: Phase;
  readonly least_dA: Deciamps;
  readonly most_dA: Deciamps;
  readonly read_dA: Deciamps;
  readonly tolerance_dA: Deciamps;
};

/** An honest clamp with a coarse calibration stays above this. */
const MUCH_TOO_LITTLE = 0.85;

/** @returns what the step says, none where there was no step, and the anchor for the next sample */
export function compare(
  anchor: Judged | null,
  sample: Judged,
  source: Source,
  config: TrustConfig,
): { readonly votes: readonly Vote[]; readonly anchor: Judged } {
  if (anchor === null || sample.measuredAt - anchor.measuredAt > source.span_ms) return { votes: [], anchor: sample };
  const changes = config.phases.map((phase) => changeOn(phase, anchor, sample, source));
  const steps = changes.filter(isStep);
  if (steps.length > 0) return { votes: votesOf(steps, changes, sample, config), anchor: sample };
  const isWide = config.phases.some((phase) => widthOf(anchor.cars)[phase] > NARROW_dA);
  return { votes: [], anchor: isWide || changes.every(isStill) ? sample : anchor };
}

function changeOn(phase: Phase, from: Judged, to: Judged, source: Source): Change {
  return {
    phase,
    least_dA: to.cars.low_dA[phase] - from.cars.high_dA[phase],
    most_dA: to.cars.high_dA[phase] - from.cars.low_dA[phase],
    read_dA: to.current_dA[phase] - from.current_dA[phase],
    tolerance_dA: toleranceOf(source, from.current_dA[phase], to.current_dA[phase]),
  };
}

function smallestOf({ least_dA, most_dA }: Change): Deciamps {
  return least_dA > 0 ? least_dA : most_dA < 0 ? -most_dA : 0;
}

/** Surely a step, known well enough, and larger than what the reading may be off. */
function isStep(change: Change): boolean {
  const smallest_dA = smallestOf(change);
  const isKnown = change.most_dA - change.least_dA <= Math.max(NARROW_dA, smallest_dA / 2);
  return isKnown && smallest_dA >= Math.max(SMALLEST_STEP_dA, 1.5 * change.tolerance_dA);
}

function isStill({ least_dA, most_dA }: Change): boolean {
  return least_dA >= -NARROW_dA && most_dA <= NARROW_dA;
}

function votesOf(
  steps: readonly Change[],
  changes: readonly Change[],
  { signed }: Judged,
  { generation }: TrustConfig,
): readonly Vote[] {
  // A magnitude falls when an export shrinks, and stays when it turns into as much import.
  if (!signed && generation !== 'none') return [];
  const votes = steps.map((step) => voteOn(step, changes, signed)).filter((vote) => vote !== null);
  // What a battery takes over by itself is missing in the reading, and that is the truth.
  return generation === 'battery' ? votes.filter(({ lie }) => lie !== 'unmoved' && lie !== 'scaled') : votes;
}

function voteOn(step: Change, changes: readonly Change[], signed: boolean): Vote | null {
  const of = (lie: Vote['lie'], rest: Partial<Vote> = {}): Vote => {
    const { phase, read_dA } = step;
    return { lie, phase, drawn_dA: middleOf(step), read_dA, other: null, factor: null, ...rest };
  };
  if (fits(step.read_dA, step)) return of(null);
  const other = changes.find((change) => change.phase !== step.phase && isSwappedWith(step, change));
  if (other !== undefined) return of('swapped', { other: other.phase });
  if (signed && fits(-step.read_dA, step)) return of('sign-flipped');
  if (Math.abs(step.read_dA) <= Math.max(step.tolerance_dA / 2, NOTHING_dA)) return of('unmoved');
  const factor = factorOf(step);
  return factor[0] > 0 && factor[1] <= MUCH_TOO_LITTLE ? of('scaled', { factor }) : null;
}

function middleOf({ least_dA, most_dA }: Change): Deciamps {
  return Math.round((least_dA + most_dA) / 2);
}

function fits(read_dA: Deciamps, { least_dA, most_dA, tolerance_dA }: Change): boolean {
  // What our meters and this one differ by grows with the step.
  const slack_dA = tolerance_dA + 0.06 * Math.max(Math.abs(least_dA), Math.abs(most_dA));
  return read_dA >= least_dA - slack_dA && read_dA <= most_dA + slack_dA;
}

/** Each conductor reads the other's change, and the two are not the same. */
function isSwappedWith(step: Change, other: Change): boolean {
  return fits(other.read_dA, step) && fits(step.read_dA, other) && !fits(other.read_dA, other);
}

/** The reading as a share of our step: at least and at most. */
function factorOf(step: Change): readonly [number, number] {
  const { least_dA, most_dA, read_dA, tolerance_dA } = step;
  const along_dA = least_dA > 0 ? read_dA : -read_dA;
  const [smallest, largest] = [smallestOf(step), Math.max(Math.abs(least_dA), Math.abs(most_dA))];
  return [(along_dA - tolerance_dA) / largest, (along_dA + tolerance_dA) / smallest];
}
