// Our own changes are the one test of a meter that nobody can argue with: when our cars take 6 A more, so must the
// mains. Each sample is compared with an anchor, the newest one before our cars changed; what the reading made of the
// step speaks for the meter or for one lie. The house may do anything at that moment, so a single step proves nothing.
import { type Deciamps, type Phase, mapPhases } from '@fairamp/units';
import { isCalmFor } from './calm.js';
import { widthOf } from './cars.js';
import { generationOf } from './generation.js';
import { NARROW_dA, NOTHING_dA, SMALLEST_STEP_dA, type Source, toleranceOf } from './sources.js';
import type { Anchor, IsCalm, Judged, StepLie, TrustConfig, Vote } from './types.js';

export type Range = { readonly least_dA: Deciamps; readonly most_dA: Deciamps };

/** What our cars surely changed by on one conductor between two samples, and what the readings did. */
type Change = Range & {
  readonly phase: Phase;
  readonly read_dA: Deciamps;
  readonly tolerance_dA: Deciamps;
  readonly isCalm: IsCalm;
  /** The reading went nowhere else on its way. */
  readonly isStraight: boolean;
  /** The master may have held the mains at their limit meanwhile. */
  readonly isHeld: boolean;
  /** No house changes by what is left of it just while our cars do. */
  readonly isBeyondHouse: boolean;
  /** It read nothing before, after and on the way. */
  readonly isNothing: boolean;
};

/** An honest clamp with a coarse calibration stays above this. */
const MUCH_TOO_LITTLE = 0.85;
/** A battery that holds the mains at nothing leaves more than this for a moment; an input without a transformer does not. */
const QUIET_dA: Deciamps = 2;
/** Of the limit: no house changes by so much just while our cars do, without having been seen to. */
const HOUSE_STEP = 0.8;

/** @returns what the step says, none where there was no step, and the anchor for the next sample */
export function compare(
  anchor: Anchor | null,
  sample: Anchor,
  source: Source,
  config: TrustConfig,
): { readonly votes: readonly Vote[]; readonly anchor: Anchor } {
  if (anchor === null || sample.measuredAt - anchor.measuredAt > source.span_ms) return { votes: [], anchor: sample };
  const { limit_dA } = config;
  const changes = config.phases.map((phase) => changeOn(phase, anchor, sample, { source, limit_dA }));
  const steps = changes.filter(isStep);
  // A ramp that goes on may still become anything but an honest answer.
  if (steps.length > 0 && steps.every((step) => isOver(step) || fits(step.read_dA, step)))
    return { votes: votesOf(steps, changes, sample, config), anchor: sample };
  const isWide = config.phases.some((phase) => widthOf(anchor.cars)[phase] > NARROW_dA);
  return { votes: [], anchor: isWide || changes.every(isStill) ? sample : passing(anchor, sample) };
}

/** The anchor stays, and remembers what was read on the way. */
function passing(anchor: Anchor, { current_dA, isHeld }: Anchor): Anchor {
  return {
    ...anchor,
    isHeld: anchor.isHeld || isHeld,
    lowest_dA: mapPhases(anchor.lowest_dA, (lowest, phase) => Math.min(lowest, current_dA[phase])),
    highest_dA: mapPhases(anchor.highest_dA, (highest, phase) => Math.max(highest, current_dA[phase])),
  };
}

type Circuit = { readonly source: Source } & Pick<TrustConfig, 'limit_dA'>;

function changeOn(phase: Phase, from: Anchor, to: Anchor, { source, limit_dA }: Circuit): Change {
  const [before_dA, after_dA] = [from.current_dA[phase], to.current_dA[phase]];
  const tolerance_dA = toleranceOf(source, before_dA, after_dA);
  const lowest_dA = Math.min(before_dA, after_dA) - tolerance_dA;
  const highest_dA = Math.max(before_dA, after_dA) + tolerance_dA;
  const isStraight = from.lowest_dA[phase] >= lowest_dA && from.highest_dA[phase] <= highest_dA;
  const drawn = drawnBetween(from, to, phase);
  const read_dA = after_dA - before_dA;
  const house_dA = Math.min(Math.abs(read_dA - drawn.least_dA), Math.abs(read_dA - drawn.most_dA));
  const isBeyondHouse = house_dA >= HOUSE_STEP * limit_dA[phase];
  return {
    phase,
    ...drawn,
    read_dA,
    tolerance_dA,
    isCalm: from.isCalm[phase],
    isStraight,
    isHeld: from.isHeld || to.isHeld,
    isBeyondHouse,
    isNothing: [from.lowest_dA, from.highest_dA, to.current_dA].every((read) => Math.abs(read[phase]) <= QUIET_dA),
  };
}

/** What our cars surely changed by on one conductor. */
export function drawnBetween(from: Judged, to: Judged, phase: Phase): Range {
  return {
    least_dA: to.cars.low_dA[phase] - from.cars.high_dA[phase],
    most_dA: to.cars.high_dA[phase] - from.cars.low_dA[phase],
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

/** Our cars are known to a few tenths now, so they do not ramp any more. */
function isOver({ least_dA, most_dA }: Change): boolean {
  return most_dA - least_dA <= NARROW_dA;
}

function isStill({ least_dA, most_dA }: Range): boolean {
  return least_dA >= -NARROW_dA && most_dA <= NARROW_dA;
}

function votesOf(
  steps: readonly Change[],
  changes: readonly Change[],
  { signed }: Judged,
  config: TrustConfig,
): readonly Vote[] {
  const generation = generationOf(config, signed);
  // A magnitude falls when an export shrinks, and stays when it turns into as much import.
  if (!signed && generation !== 'none') return [];
  return steps.flatMap((step) => {
    const vote = voteOn(step, changes, signed);
    if (vote === null) return [];
    // What a battery takes over by itself is missing in the reading, and that is the truth.
    const isTakenOver = vote.lie === 'scaled' || (vote.lie === 'unmoved' && !step.isNothing);
    return generation === 'battery' && isTakenOver ? [] : [vote];
  });
}

function voteOn(step: Change, changes: readonly Change[], signed: boolean): Vote | null {
  const of = (lie: Vote['lie'], rest: Partial<Vote> = {}): Vote => {
    const { phase, read_dA } = step;
    const isTest = lie === null || isTestOf(lie, step);
    return { lie, phase, drawn_dA: middleOf(step), read_dA, other: null, factor: null, isTest, ...rest };
  };
  if (fits(step.read_dA, step)) return of(null);
  const other = changes.find((change) => change.phase !== step.phase && isSwappedWith(step, change));
  if (other !== undefined) {
    const isTest = isTestOf('swapped', step) && isTestOf('swapped', other);
    return of('swapped', { other: other.phase, isTest });
  }
  if (signed && fits(-step.read_dA, step)) return of('sign-flipped');
  // At the limit our cars answer each change of the house, and what the reading lacks of their step is that change.
  if (isAnswer(step)) return null;
  if (Math.abs(step.read_dA) <= Math.max(step.tolerance_dA / 2, NOTHING_dA)) return of('unmoved');
  const factor = factorOf(step);
  return factor[0] > 0 && factor[1] <= MUCH_TOO_LITTLE ? of('scaled', { factor }) : null;
}

function isAnswer({ isHeld, isBeyondHouse }: Change): boolean {
  return isHeld && !isBeyondHouse;
}

function isTestOf(lie: StepLie, { isBeyondHouse, isStraight, isCalm }: Change): boolean {
  return isBeyondHouse || (isStraight && isCalmFor(lie, isCalm));
}

function middleOf({ least_dA, most_dA }: Change): Deciamps {
  return Math.round((least_dA + most_dA) / 2);
}

function fits(read_dA: Deciamps, change: Change): boolean {
  return isWithin(read_dA, change, change.tolerance_dA);
}

export function isWithin(read_dA: Deciamps, { least_dA, most_dA }: Range, tolerance_dA: Deciamps): boolean {
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
