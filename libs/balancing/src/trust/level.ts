// What a single reading says by itself: more than the connection carries, less than our cars surely draw, or nothing at
// all where they draw. One such reading may be a torn frame or a car that has just let go, so a few of them are
// needed; until then nobody is raised.
import type { Deciamps, PerPhase, Phase } from '@fairamp/units';
import { generationOf } from './generation.js';
import { NOTHING_dA, shortfallOf, type Source } from './sources.js';
import type { Bounds, SampleEvent, TrustConfig, TrustState } from './types.js';

/** What a fuse carries for some seconds and no more (gG: reliability.md 3); under 100 A some house's own starting current. */
const FUSES = 4;
const CARRIED_BY_ANY_dA: Deciamps = 1_000;

export function beyondCarrying(
  current_dA: PerPhase<Deciamps>,
  { phases, limit_dA }: Pick<TrustConfig, 'phases' | 'limit_dA'>,
): readonly Phase[] {
  // Not `>`: what is no number is beyond everything.
  return phases.filter((phase) => !(Math.abs(current_dA[phase]) <= mostOf(limit_dA[phase])));
}

function mostOf(limit_dA: Deciamps): Deciamps {
  return Math.max(FUSES * limit_dA, CARRIED_BY_ANY_dA);
}

/** A master that is allowed so much more, or less, will soon use it. */
const NEAR_dA: Deciamps = 30;

export function nearLimit(
  current_dA: PerPhase<Deciamps>,
  { phases, limit_dA }: Pick<TrustConfig, 'phases' | 'limit_dA'>,
): boolean {
  return phases.some((phase) => current_dA[phase] >= limit_dA[phase] - NEAR_dA);
}

const SPIKES = { of: 10, samples: 3 } as const;

export function noteSpike(spikes: TrustState['spikes'], isSpike: boolean): TrustState['spikes'] {
  return [...spikes.slice(1 - SPIKES.of), isSpike];
}

export function isSpiky(spikes: TrustState['spikes']): boolean {
  return spikes.filter((isSpike) => isSpike).length >= SPIKES.samples;
}

/** Conductors that read less than our cars surely draw there; export explains it where something may feed in. */
export function belowCars(
  { current_dA, signed }: Pick<SampleEvent, 'current_dA' | 'signed'>,
  cars: Bounds,
  source: Source,
  config: TrustConfig,
): readonly Phase[] {
  const { phases } = config;
  if (generationOf(config, signed) !== 'none') return [];
  return phases.filter((phase) => {
    const surely_dA = cars.low_dA[phase];
    return current_dA[phase] < surely_dA - shortfallOf(source, surely_dA);
  });
}

export function noteShort(short: TrustState['short'], phases: readonly Phase[], source: Source): TrustState['short'] {
  return [...short.slice(1 - source.short.of), phases];
}

/** Conductors on which enough of the newest samples were short. */
export function shortPhases(short: TrustState['short'], source: Source, phases: readonly Phase[]): readonly Phase[] {
  return phases.filter((phase) => short.filter((one) => one.includes(phase)).length >= source.short.samples);
}

export function readsNothing(current_dA: PerPhase<Deciamps>, phase: Phase): boolean {
  return Math.abs(current_dA[phase]) <= NOTHING_dA;
}
