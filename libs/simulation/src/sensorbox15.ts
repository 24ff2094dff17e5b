// A Sensorbox 1.5 that nobody ever polled by Modbus: it measures on one tick of 901 ms, speaks on the next, and so
// sends a frame each 1802 ms about a current 0.9 s old, without asking whether the line is free (wire.md 1.5). It knows
// no direction. Each byte comes with the time at which it is complete, so that whoever owns the line can keep the pace.
import { type Deciamps, type Milliseconds, PHASES, type PerPhase } from '@fairamp/units';
import { encodeHdlc, encodeSensorboxFrame } from '@fairamp/protocol';
import { type Seed, chance, gaussian, wholeBetween } from './random.js';

export const TICK_ms: Milliseconds = 901;
/** 1200 baud, ten bits a byte: 25/3 ms. */
const BYTES_PER_S = 120;
/** A count is 0.3 A (wire.md 2). */
const COUNTS_PER_dA = 1 / 3;
/** Of the reading: nine in ten within half a percent; of the converter: a twentieth of a count. */
const DEVIATION = 0.003;
const FLOOR_counts = 0.05;

export type SensorboxConfig = {
  readonly seed: Seed;
  /** How likely noise bytes precede a frame, and how likely a frame breaks off: 0 to 1. */
  readonly noise: number;
  readonly broken: number;
};

export type SensorboxState = {
  readonly ticks: number;
  readonly nextTickAt: Milliseconds;
  /** Measured on the tick before; null when that one spoke. */
  readonly counts: readonly number[] | null;
};

export type TimedByte = { readonly at: Milliseconds; readonly byte: number };
export type SensorboxStep = { readonly state: SensorboxState; readonly line: readonly TimedByte[] };

export function initialSensorbox(at: Milliseconds): SensorboxState {
  return { ticks: 0, nextTickAt: at + TICK_ms, counts: null };
}

/** At most the ticks that passed since the step before; bytes of a frame lie up to 0.3 s ahead. */
export function stepSensorbox(
  before: SensorboxState,
  { at, mains_dA }: { readonly at: Milliseconds; readonly mains_dA: PerPhase<Deciamps> },
  config: SensorboxConfig,
): SensorboxStep {
  let { ticks, nextTickAt, counts } = before;
  const line: TimedByte[] = [];
  for (; nextTickAt <= at; nextTickAt += TICK_ms) {
    ticks += 1;
    if (counts !== null) line.push(...spoken(counts, { ticks, from: nextTickAt }, config));
    counts = counts === null ? measured(mains_dA, ticks, config.seed) : null;
  }
  return { state: { ticks, nextTickAt, counts }, line };
}

/** RMS of an alternating current has no sign. */
function measured(mains_dA: PerPhase<Deciamps>, tick: number, seed: Seed): readonly number[] {
  return PHASES.map((phase, index) => {
    const exact = Math.abs(mains_dA[phase]) * COUNTS_PER_dA;
    return Math.max(0, exact + (DEVIATION * exact + FLOOR_counts) * gaussian(seed, index, tick));
  });
}

function spoken(
  counts: readonly number[],
  { ticks, from }: { readonly ticks: number; readonly from: Milliseconds },
  config: SensorboxConfig,
): readonly TimedByte[] {
  const draw = (purpose: number) => chance(config.seed, purpose, ticks);
  const frame = [...encodeHdlc(encodeSensorboxFrame(counts))];
  const noise = Array.from({ length: draw(10) < config.noise ? wholeBetween(1, 6, draw(11)) : 0 }, (_, index) =>
    wholeBetween(0, 0xff, draw(20 + index)),
  );
  const sent = draw(12) < config.broken ? frame.slice(0, wholeBetween(1, frame.length - 1, draw(13))) : frame;
  return [...noise, ...sent].map((byte, index) => ({ at: from + Math.ceil(((index + 1) * 1000) / BYTES_PER_S), byte }));
}
