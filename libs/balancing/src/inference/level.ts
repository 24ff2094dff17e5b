// The mains between two changes of ours: a mean that noise does not move, and what happens to it. A change is laid to
// somebody as soon as it stands out of the noise; slow drift when it has added up to half of that. `followLevel` never
// forgets a fall: what is not yet settled when a jump comes is settled with it.
import type { Level } from './types.js';

/** What a meter may be wrong by: 0.3 A and 1 % of the reading. */
export function noiseOf(reading_dA: number): number {
  return 3 + Math.abs(reading_dA) / 100;
}

/** deficit: by how much the newest reading lies below what is settled, be it noise or not. */
export type Shift = { readonly fall_dA: number; readonly rise_dA: number; readonly deficit_dA: number };

const WEIGHT_MOST = 8;
/** The mean of fewer samples is noise itself. */
const WEIGHT_SETTLED = 3;

export function levelAt(mains_dA: number, restless_dA_per_s = 0): Level {
  return { mean_dA: mains_dA, weight: 1, settled_dA: mains_dA, restless_dA_per_s };
}

/** What a house was like in the last minutes it will go on being like. */
const RESTLESS_OVER_s = 180;

/** @param elapsed_s since the reading before */
export function followLevel(
  before: Level,
  mains_dA: number,
  elapsed_s: number,
): { readonly level: Level; readonly shift: Shift } {
  const { level, shift } = followed(before, mains_dA);
  const share = Math.min(1, elapsed_s / RESTLESS_OVER_s);
  const now_dA_per_s = (shift.fall_dA + shift.rise_dA) / Math.max(elapsed_s, 1);
  const restless_dA_per_s = before.restless_dA_per_s + share * (now_dA_per_s - before.restless_dA_per_s);
  return { level: { ...level, restless_dA_per_s }, shift };
}

type Following = Omit<Level, 'restless_dA_per_s'>;

function followed(level: Level, mains_dA: number): { readonly level: Following; readonly shift: Shift } {
  const noise_dA = noiseOf(level.mean_dA);
  const deficit_dA = level.settled_dA - mains_dA;
  if (Math.abs(mains_dA - level.mean_dA) > noise_dA) {
    return { level: levelAt(mains_dA), shift: { ...jump(level, mains_dA), deficit_dA } };
  }
  const weight = Math.min(level.weight + 1, WEIGHT_MOST);
  const mean_dA = level.mean_dA + (mains_dA - level.mean_dA) / weight;
  const drift_dA = mean_dA - level.settled_dA;
  if (weight < WEIGHT_SETTLED || Math.abs(drift_dA) <= noise_dA / 2) {
    const shift = { fall_dA: 0, rise_dA: 0, deficit_dA };
    return { level: { mean_dA, weight, settled_dA: level.settled_dA }, shift };
  }
  const shift = { fall_dA: Math.max(0, -drift_dA), rise_dA: Math.max(0, drift_dA), deficit_dA };
  return { level: { mean_dA, weight, settled_dA: mean_dA }, shift };
}

/** A rise of the house may hide the fall of a car that had only begun to show, and the other way round. */
function jump({ mean_dA, settled_dA }: Level, mains_dA: number) {
  return {
    fall_dA: Math.max(0, settled_dA - mean_dA) + Math.max(0, mean_dA - mains_dA),
    rise_dA: Math.max(0, mean_dA - settled_dA) + Math.max(0, mains_dA - mean_dA),
  };
}
