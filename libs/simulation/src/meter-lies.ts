// How a meter lies: what becomes of its three readings, in whatever unit it counts. None of these is a silence, and none
// can be told from the reading alone. Which transformer is concerned, and when a spike comes, follows from the seed.
import { PHASES, type Phase } from '@fairamp/units';
import { chance, type Seed } from './random.js';

/** Beside `frozen`, which repeats and so needs what was said before. */
export const DISTORTIONS = ['sign-flipped', 'swapped', 'unplugged', 'spike', 'scaled'] as const;

export const LIES = ['frozen', ...DISTORTIONS] as const;
export type MeterLie = (typeof LIES)[number];

export function isMeterLie(health: string): health is MeterLie {
  return LIES.some((lie) => lie === health);
}

/** For people: what it does. */
export const LIE_WORDS: { readonly [lie in MeterLie]: string } = {
  frozen: 'meter repeats its last reading',
  'sign-flipped': 'meter reads import as export',
  swapped: 'meter has two transformers exchanged',
  unplugged: 'meter has lost one transformer',
  spike: 'meter reads nonsense now and then',
  scaled: 'meter reads half of what flows',
};

/** One reading in so many is nonsense. */
const SPIKE_SHARE = 0.15;
/** Nothing at all, the largest number of 16 bits, and an everyday exaggeration. */
const SPIKES: readonly ((reading: number) => number)[] = [() => 0, () => 3276.7, (reading) => 5 * reading + 50];
const HALF = 0.5;
/** Purposes of chance, beside those of the Sensorbox. */
const WHICH = 40;
const WHEN = 41;
const WHAT = 42;

export function distorted(
  readings: readonly number[],
  health: string,
  { seed, tick }: { readonly seed: Seed; readonly tick: number },
): readonly number[] {
  switch (health) {
    case 'sign-flipped':
      return readings.map((reading) => -reading);
    case 'swapped': {
      const order = SWAPS[whichOf(seed)] ?? [0, 1, 2];
      return order.map((from) => readings[from] ?? 0);
    }
    case 'unplugged':
      return readings.map((reading, index) => (index === whichOf(seed) ? 0 : reading));
    case 'spike': {
      if (chance(seed, WHEN, tick) >= SPIKE_SHARE) return readings;
      const spike = SPIKES[Math.floor(chance(seed, WHAT, tick) * SPIKES.length)] ?? ((reading: number) => reading);
      return readings.map(spike);
    }
    case 'scaled':
      return readings.map((reading) => HALF * reading);
    default:
      return readings;
  }
}

const SWAPS: readonly (readonly number[])[] = [
  [0, 2, 1],
  [2, 1, 0],
  [1, 0, 2],
];

/** The conductors of which it does not say what flows. */
export function liedOn(lie: MeterLie, seed: Seed): readonly Phase[] {
  const which = whichOf(seed);
  if (lie === 'unplugged') return PHASES.filter((_, index) => index === which);
  return lie === 'swapped' ? PHASES.filter((_, index) => index !== which) : PHASES;
}

/** The transformer that is lost, or the one that stays in its place. */
export function whichOf(seed: Seed): number {
  return Math.floor(chance(seed, WHICH) * 3);
}
