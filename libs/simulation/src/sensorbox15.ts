// A Sensorbox 1.5 that nobody ever polled by Modbus: it measures on one tick of 901 ms, speaks on the next, and so
// sends a frame each 1802 ms about a current 0.9 s old, without asking whether the line is free (wire.md 1.5). It knows
// no direction. Each byte comes with the time at which it is complete, so that whoever owns the line can keep the pace.
import { type Deciamps, type Milliseconds, PHASES, type PerPhase } from '@fairamp/units';
import { encodeHdlc, encodeSensorboxFrame } from '@fairamp/protocol';
import { distorted, type MeterLie } from './meter-lies.js';
import { type Seed, chance, gaussian, wholeBetween } from './random.js';

const TICK_ms: Milliseconds = 901;
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
  /**
   * real: as built. ideal: it measures and speaks each 2 s at once and reads exactly, for a table that was made so
   * (behaviour.md 5.6).
   */
  readonly make: 'real' | 'ideal';
};

/** What a person or a fault has made of it. silent: says nothing; else how it lies. */
export type MeterHealth = 'well' | 'silent' | MeterLie;

export type SensorboxState = {
  readonly ticks: number;
  readonly nextTickAt: Milliseconds;
  /** Measured on the tick before; null when that one spoke. */
  readonly counts: readonly number[] | null;
  /** What it would go on saying when frozen. */
  readonly last: readonly number[] | null;
  readonly health: MeterHealth;
};

export type TimedByte = { readonly at: Milliseconds; readonly byte: number };
export type SensorboxStep = {
  readonly state: SensorboxState;
  readonly line: readonly TimedByte[];
  readonly hasMeasured: boolean;
};

const IDEAL_TICK_ms: Milliseconds = 2000;
const tickOf = (make: SensorboxConfig['make']): Milliseconds => (make === 'real' ? TICK_ms : IDEAL_TICK_ms);

/** @param early so much of its first tick is over */
export function initialSensorbox(at: Milliseconds, { make }: SensorboxConfig, early: Milliseconds = 0): SensorboxState {
  return { ticks: 0, nextTickAt: at + tickOf(make) - early, counts: null, last: null, health: 'well' };
}

/** At most the ticks that passed since the step before; bytes of a frame lie up to 0.3 s ahead. */
export function stepSensorbox(
  before: SensorboxState,
  { at, mains_dA }: { readonly at: Milliseconds; readonly mains_dA: PerPhase<Deciamps> },
  config: SensorboxConfig,
): SensorboxStep {
  if (before.nextTickAt > at) return { state: before, line: [], hasMeasured: false };
  let state = before;
  let hasMeasured = false;
  const line: TimedByte[] = [];
  while (state.nextTickAt <= at) {
    const ticked = tick(state, mains_dA, config);
    state = ticked.state;
    hasMeasured ||= ticked.hasMeasured;
    line.push(...ticked.line);
  }
  return { state, line, hasMeasured };
}

/** One real tick measures and the next one speaks; an ideal one does both. */
function tick(before: SensorboxState, mains_dA: PerPhase<Deciamps>, config: SensorboxConfig): SensorboxStep {
  const { nextTickAt, health, last } = before;
  const ticks = before.ticks + 1;
  const hasMeasured = config.make === 'ideal' || before.counts === null;
  const isStuck = health === 'frozen' && last !== null;
  const measures = (): readonly number[] =>
    isStuck ? last : distorted(measured(mains_dA, ticks, config), health, { seed: config.seed, tick: ticks });
  const counts = hasMeasured ? measures() : before.counts;
  const state = { ...before, ticks, nextTickAt: nextTickAt + tickOf(config.make), counts };
  const speaks = counts !== null && (config.make === 'ideal' || before.counts !== null);
  if (!speaks) return { state, line: [], hasMeasured };
  const line = health === 'silent' ? [] : spoken(counts, { ticks, from: nextTickAt }, config);
  return { state: { ...state, counts: null, last: counts }, line, hasMeasured };
}

/** RMS of an alternating current has no sign. */
function measured(mains_dA: PerPhase<Deciamps>, tick: number, { seed, make }: SensorboxConfig): readonly number[] {
  return PHASES.map((phase, index) => {
    const exact = Math.abs(mains_dA[phase]) * COUNTS_PER_dA;
    if (make === 'ideal') return exact;
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
