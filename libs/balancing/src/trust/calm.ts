// Was the house still before our step? The master's own steps answer the house: a cloud takes 6 A, a car gives 6 A up,
// and the mains stay where they were, as they should. Such a step looks like a meter that does not follow. But an
// answer always comes after the change was seen; so only a step after a calm while tests the meter.
//
// What is left for the house depends on what the reading makes of our cars. A lie is judged by its own calm: else our
// own steps would look like a house that moves, and the second one would test nothing.
import { type Milliseconds, type PerPhase, mapPhases } from '@fairamp/units';
import { type Source, toleranceOf } from './sources.js';
import type { Calm, IsCalm, Judged, StepLie } from './types.js';

const SHARES = { along: 1, still: 0, against: -1 } as const;
type Hypothesis = keyof typeof SHARES;

export function noteCalm(calm: PerPhase<Calm> | null, sample: Judged, source: Source): PerPhase<Calm> {
  return mapPhases(sample.current_dA, (read_dA, phase) => {
    const [low, high] = [sample.cars.low_dA[phase], sample.cars.high_dA[phase]];
    const tolerance_dA = toleranceOf(source, read_dA, read_dA);
    const note = (hypothesis: Hypothesis): Calm[Hypothesis] => {
      const share = SHARES[hypothesis];
      const house_dA = read_dA - (share * (low + high)) / 2;
      const before = calm?.[phase][hypothesis];
      const slack_dA = tolerance_dA + (Math.abs(share) * (high - low)) / 2;
      const isStill = before !== undefined && Math.abs(house_dA - before.house_dA) <= slack_dA;
      return isStill ? before : { house_dA, since: sample.measuredAt };
    };
    return { along: note('along'), still: note('still'), against: note('against') };
  });
}

export function calmAt(measuredAt: Milliseconds, calm: PerPhase<Calm>, { calm_ms }: Source): PerPhase<IsCalm> {
  return mapPhases(calm, ({ along, still, against }) => {
    const isLong = ({ since }: Calm['along']): boolean => measuredAt - since >= calm_ms;
    return { along: isLong(along), still: isLong(still), against: isLong(against) };
  });
}

export function isCalmFor(lie: StepLie, { along, still, against }: IsCalm): boolean {
  switch (lie) {
    case 'sign-flipped':
      return against;
    case 'unmoved':
    case 'swapped':
      return still;
    case 'scaled':
      return along || still;
  }
}
