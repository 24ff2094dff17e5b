// The control pilot: from pairs of peak readings to a state, and to whether the car's diode was seen. The session calls
// it with each sample and whenever it changes the output; it decides nothing about current or contactor. Levels are
// those of IEC 61851-1 Table A.4 with its hysteresis bands (io.md 5). Where a band leaves a choice, the state that
// keeps the contactor open wins: C is kept or clearly reached, never guessed.
import type { Milliseconds, Millivolts } from '@fairamp/units';
import { LET_GO_ms } from './timing.js';
import type { EvseConfig, EvseEvent, PilotOutput, PilotState } from './types.js';

export type PilotReading = {
  /** The settled state. */
  readonly state: PilotState;
  /** What the newest sample was taken for; where it differs from `state` it is a doubt, not yet a change. */
  readonly newest: PilotState;
  /** faulty stays until the car is gone (io.md 1.2). */
  readonly diode: 'unseen' | 'seen' | 'faulty';
  /** The newest sample showed no -12 V although it ought to. */
  readonly lowMissed: boolean;
  /** A sample that spans a change of the output is garbage (io.md 1.2): the next one is not read. */
  readonly discard: 'none' | 'next' | 'done';
  readonly sampledAt: Milliseconds;
  /** Samples since the output last changed, counted to 2: the first may have been on its way before the change. */
  readonly sinceDriven: 0 | 1 | 2;
  /** Since when every sample has shown a steady line although PWM is on; null = the newest did not. */
  readonly steadySince: Milliseconds | null;
  /** How often in a row the board was found not to drive its PWM; a low level, or no car, ends it. */
  readonly undriven: number;
  /** Samples that differed from the one before, less those that did not. */
  readonly unsteady: number;
};

type Sample = Extract<EvseEvent, { kind: 'pilot-sampled' }>;

/** The low level of a driven pilot is -12 V, seen at -10 V or below (io.md 6.2). A short of the diode mirrors the high level. */
const DIODE_SEEN_mV: Millivolts = -10_000;

/** A line that goes to and fro, a loose or an intermittently shorted pilot, is nobody's state: half a second of samples of a
 * usual board, where a short must open within 3 s (io.md 5). */
const UNSTEADY_MAX = 10;

type Band = { readonly from_mV: Millivolts; readonly is: PilotState; readonly keep?: true };

/** The first that fits, from above; `keep` bands hold a state that was there, and give it to nobody else. */
const BANDS: readonly Band[] = [
  { from_mV: 13_001, is: 'invalid' },
  { from_mV: 11_000, is: 'A' },
  { from_mV: 10_000, is: 'A', keep: true },
  { from_mV: 8000, is: 'B' },
  { from_mV: 7000, is: 'C', keep: true },
  { from_mV: 7000, is: 'B' },
  { from_mV: 5000, is: 'C' },
  { from_mV: 4000, is: 'C', keep: true },
  { from_mV: 2000, is: 'D' },
  { from_mV: -1000, is: 'E' },
  { from_mV: -2000, is: 'E', keep: true },
  { from_mV: -10_000, is: 'invalid' },
  { from_mV: -10_999, is: 'F', keep: true },
  { from_mV: -10_999, is: 'invalid' },
  { from_mV: -13_000, is: 'F' },
];

export function initialPilot(at: Milliseconds): PilotReading {
  return {
    state: 'A',
    newest: 'A',
    diode: 'unseen',
    lowMissed: false,
    discard: 'none',
    sampledAt: at,
    sinceDriven: 2,
    steadySince: null,
    undriven: 0,
    unsteady: 0,
  };
}

export function readPilot(reading: PilotReading, sample: Sample, at: Milliseconds, output: PilotOutput): PilotReading {
  const sinceDriven = reading.sinceDriven === 0 ? 1 : 2;
  if (reading.discard === 'next') return { ...reading, discard: 'done', sampledAt: at, sinceDriven };
  // Under -12 V of our own a line says nothing of the car: what was last known stands.
  if (output.kind === 'F') return { ...reading, discard: 'none', sampledAt: at, sinceDriven, steadySince: null };
  const newest = classify(sample.high_mV, reading.state);
  const unsteady = Math.max(0, reading.unsteady + (newest === reading.newest ? -1 : 1));
  const isLost = unsteady >= UNSTEADY_MAX && reading.state !== 'A';
  const state = isLost ? 'invalid' : settle(reading, newest);
  const isGone = state === 'A';
  const { lowMissed, steadySince, ...seen } =
    output.kind === 'pwm' ? readPwm(reading, newest, sample, at) : still(reading);
  const diode = isGone ? 'unseen' : seen.diode;
  const undriven = isGone ? 0 : seen.undriven;
  return {
    state,
    newest,
    diode,
    lowMissed,
    discard: 'none',
    sampledAt: at,
    sinceDriven,
    steadySince,
    undriven,
    unsteady,
  };
}

type Driven = Pick<PilotReading, 'diode' | 'lowMissed' | 'steadySince' | 'undriven'>;

function still({ diode, lowMissed, undriven }: PilotReading): Driven {
  return { diode, lowMissed, steadySince: null, undriven };
}

function readPwm(reading: PilotReading, newest: PilotState, { low_mV }: Sample, at: Milliseconds): Driven {
  const { diode, lowMissed } = seeDiode(reading, newest, low_mV);
  if (low_mV !== null) return { diode, lowMissed, steadySince: null, undriven: 0 };
  return { diode, lowMissed, steadySince: reading.steadySince ?? at, undriven: reading.undriven };
}

/**
 * A board that was not spoken to in time puts its outputs to the safe state by itself (fail-safe), and a process that
 * stood still knows nothing of it: a line that stays steady under PWM tells.
 */
export function hasLetGo({ steadySince, discard }: PilotReading, at: Milliseconds): boolean {
  return discard === 'none' && steadySince !== null && at - steadySince >= LET_GO_ms;
}

/** Called when the output has changed. Never discards two samples in a row, or a limit that sinks with each sample would blind it. */
export function pilotDriven(reading: PilotReading, before: PilotOutput, after: PilotOutput): PilotReading {
  const discard = reading.discard === 'done' ? 'done' : 'next';
  // A line that was steady is in doubt until a sample is read that is not, however often the duty changes.
  if (before.kind === after.kind) return { ...reading, discard, sinceDriven: 0 };
  // Each PWM is checked anew: what was plugged in may have changed while nothing was driven.
  const diode = reading.diode === 'faulty' ? 'faulty' : 'unseen';
  return { ...reading, discard, diode, lowMissed: false, sinceDriven: 0, steadySince: null };
}

/** D asks for ventilation too: where there is none it asks in vain (behaviour.md 2.4). */
export function isAsking(state: PilotState, { ventilated }: Pick<EvseConfig, 'ventilated'>): boolean {
  return state === 'C' || (state === 'D' && ventilated);
}

/** A car is connected as far as the settled state says. */
export function isConnected(state: PilotState): boolean {
  return state === 'B' || state === 'C' || state === 'D';
}

/**
 * A state is left by the second sample in a row that contradicts it. The newest of the two is the new state, also when
 * they contradict each other, or noise could hold a contactor closed for ever. What a car asks by needs two equal ones:
 * C, and D where it did not ask before.
 */
function settle(reading: PilotReading, newest: PilotState): PilotState {
  const contradictedBefore = reading.newest !== reading.state;
  if (!contradictedBefore) return reading.state;
  const begins = newest === 'C' || (newest === 'D' && reading.state !== 'C');
  if (begins && reading.newest !== newest) return reading.state;
  return newest;
}

export function classify(high_mV: Millivolts, before: PilotState): PilotState {
  const isIn = (band: Band): boolean => high_mV >= band.from_mV && (band.keep !== true || band.is === before);
  return BANDS.find(isIn)?.is ?? 'invalid';
}

/** The diode can be judged only against a load, and only where the board took a low level. */
function seeDiode(
  reading: PilotReading,
  newest: PilotState,
  low_mV: Millivolts | null,
): Pick<PilotReading, 'diode' | 'lowMissed'> {
  if (!isConnected(newest) || low_mV === null) return reading;
  if (low_mV > DIODE_SEEN_mV) return { diode: reading.lowMissed ? 'faulty' : reading.diode, lowMissed: true };
  return { diode: reading.diode === 'faulty' ? 'faulty' : 'seen', lowMissed: false };
}
