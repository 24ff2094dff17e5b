// One module of software 2.07 as a pure reducer (behaviour.md 2 and 5): master, slave or alone. A site of them stands
// beside ours in every comparison, so it is built to be as good as 2.07 and no better. Whoever steps it owns the clock,
// the wire and the outlet.
import { CLASSIC_MODULES } from '@fairamp/balancing';
import { HIGHEST_OFFER_dA, LOWEST_OFFER_dA, type PilotOutput, dutyOf } from '@fairamp/evse';
import { type Permille, assertNever } from '@fairamp/units';
import { frameHeard, packetHeard } from './hearing.js';
import { ANSWER_ms, passed, sampled } from './pilot.js';
import { dedicated, measured } from './regulating.js';
import { inA, isAvailable, isSlave, withAllIdle } from './standing.js';
import type { ModuleConfig, ModuleEvent, ModuleOutput, ModuleState, ModuleStep } from './types.js';

/** Half of what it allows itself later. */
const SILENCE_AT_START_s = 5;
/** Degrees, and inside of them an error that has come stays. */
const HOT_celsius = 65;
const COOL_celsius = 55;
const ROOM_celsius = 25;
/** What is no current, 0 A too, is coded as 6 A. */
const NO_CURRENT_CODE: Permille = 100;

export function initialModule({ settings }: ModuleConfig): ModuleState {
  const record = { state: 'idle', share_A: 0, maximum_A: 0 } as const;
  return {
    pilotState: 'A',
    error: 'none',
    chargeDelay_s: 0,
    silentIn_s: SILENCE_AT_START_s,
    ticks: 0,
    level: '12V',
    armed: null,
    hasDiode: false,
    celsius: ROOM_celsius,
    proximity_ohm: undefined,
    cable_A: settings.cable_A,
    askedAt: null,
    pwm_A: null,
    isClosed: false,
    balance: {
      measured_dA: 0,
      iset_dA: 10 * settings.mains_A,
      noCurrent: 0,
      chargeCurrent_A: settings.max_A,
      records: Array.from({ length: CLASSIC_MODULES }, () => record),
    },
    outbox: [],
  };
}

export function stepModule(before: ModuleState, event: ModuleEvent, config: ModuleConfig): ModuleStep {
  const reacted = reactedTo({ ...before, outbox: [] }, event, config);
  const state = passed(reacted, event.at, config);
  return { state, outputs: outputsOf(before, state) };
}

function reactedTo(state: ModuleState, event: ModuleEvent, config: ModuleConfig): ModuleState {
  switch (event.kind) {
    case 'pilot-sampled':
      return sampled(state, event);
    case 'proximity-sampled':
      return { ...state, proximity_ohm: event.ohm };
    case 'temperature-sensed':
      return { ...state, celsius: event.celsius };
    case 'second-passed':
      return aSecondLater(state, config);
    case 'sensorbox-heard':
      return sensorboxHeard(state, event.counts, config);
    case 'frame-heard':
      return frameHeard(state, event.frame, config);
    case 'noise-heard':
      return packetHeard(state, config);
    case 'waited':
      return state;
    default:
      return assertNever(event);
  }
}

function sensorboxHeard(state: ModuleState, counts: readonly number[], config: ModuleConfig): ModuleState {
  const measures = config.settings.mode === 'smart' && !isSlave(config);
  return measures ? measured(state, counts, config) : packetHeard(state, config);
}

function aSecondLater(before: ModuleState, config: ModuleConfig): ModuleState {
  const { settings } = config;
  const chargeDelay_s = Math.max(0, before.chargeDelay_s - 1);
  const cleared = withoutError({ ...before, chargeDelay_s, ticks: before.ticks + 1 }, config);
  if (settings.mode === 'smart' || isSlave(config)) return heated(listening(cleared));
  return heated(cleared.ticks % 2 === 0 ? dedicated(cleared, config) : cleared);
}

/** TEMP_HIGH outdoes every other error, forgets who charges and tells nobody (W15); it ends by itself. */
function heated(state: ModuleState): ModuleState {
  if (state.celsius >= HOT_celsius) return withAllIdle({ ...inA(state), error: 'temp-high' });
  return state.error === 'temp-high' && state.celsius < COOL_celsius ? { ...state, error: 'none' } : state;
}

/** A slave's own ends with a packet instead. */
function withoutError(state: ModuleState, config: ModuleConfig): ModuleState {
  const isOver = state.error === 'less-6A' && !isSlave(config) && isAvailable(state, config);
  return isOver ? { ...state, error: 'none' } : state;
}

/** CT_NOCOMM comes with the eleventh tick, hides behind any other error, and tells nobody. */
function listening(state: ModuleState): ModuleState {
  if (state.silentIn_s > 0) return { ...state, silentIn_s: state.silentIn_s - 1 };
  return state.error === 'none' ? withAllIdle({ ...inA(state), error: 'no-serial-com' }) : state;
}

function outputsOf(before: ModuleState, after: ModuleState): readonly ModuleOutput[] {
  const outputs: ModuleOutput[] = [];
  if (before.isClosed && !after.isClosed) outputs.push({ kind: 'open-contactor' });
  if (before.pwm_A !== after.pwm_A) outputs.push({ kind: 'set-pilot', pilot: pilotOf(after) });
  if (!before.isClosed && after.isClosed) outputs.push({ kind: 'close-contactor' });
  outputs.push(...after.outbox.map((frame) => ({ kind: 'send', frame }) as const));
  if (after.askedAt !== null && after.askedAt !== before.askedAt) {
    outputs.push({ kind: 'wake', at: after.askedAt + ANSWER_ms + 1 });
  }
  if (after.error !== before.error) outputs.push({ kind: 'say', text: WORDS[after.error] });
  return outputs;
}

/** As the display says it. */
const WORDS = {
  none: 'error cleared',
  'less-6A': 'NO CURRENT',
  'no-serial-com': 'NO SERIAL COM',
  'temp-high': 'HIGH TEMP',
} as const;

function pilotOf({ pwm_A }: ModuleState): PilotOutput {
  if (pwm_A === null) return { kind: 'X1' };
  const isOffer = 10 * pwm_A >= LOWEST_OFFER_dA && 10 * pwm_A <= HIGHEST_OFFER_dA;
  return { kind: 'pwm', duty_permille: isOffer ? dutyOf(10 * pwm_A) : NO_CURRENT_CODE };
}
