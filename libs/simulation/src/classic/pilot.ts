// The pilot's part of a 2.07 module (behaviour.md 2.3 and 2.4): a level that is there for the debounce time moves it on,
// a lone module and the master by themselves, a slave by asking. A module's step calls it for each sample and pass.
import type { Milliseconds, Millivolts } from '@fairamp/units';
import { capacityOf, isCar, levelOf } from './level.js';
import {
  asking,
  chargeCurrentOf,
  inA,
  into,
  isAvailable,
  isSlave,
  refused,
  regulated,
  withRecord,
} from './standing.js';
import type { Level, ModuleConfig, ModuleState } from './types.js';

/** 28 samples, realistically 30 to 100 ms. */
const DEBOUNCE_ms = 50;
/** Strictly more than this without an answer. */
export const ANSWER_ms = 1000;

type Sample = { readonly at: Milliseconds; readonly high_mV: Millivolts; readonly low_mV: Millivolts | null };

export function sampled(before: ModuleState, { at, high_mV, low_mV }: Sample): ModuleState {
  const level = levelOf(high_mV);
  const seesLow = before.pilotState === 'B' && low_mV !== null;
  const hasDiode = seesLow ? levelOf(low_mV) === 'diode' : before.hasDiode;
  const state = { ...before, level, hasDiode };
  switch (state.pilotState) {
    case 'A':
      return level === '12V'
        ? { ...state, armed: null, chargeDelay_s: 0 }
        : armed(state, at, isCar(level) ? 'B' : 'as it is');
    case 'B':
      return armed(state, at, wishInB(state));
    case 'C':
      return armed(state, at, wishInC(level));
    default:
      return state;
  }
}

type Wish = 'A' | 'B' | 'C' | null | 'as it is';

function wishInB({ level, hasDiode }: ModuleState): Wish {
  if (level === '12V') return 'A';
  return level === '6V' && hasDiode ? 'C' : null;
}

/** What it cannot read, a short circuit too, is taken for a car that has left; -12 V for one that charges. */
function wishInC(level: Level): Wish {
  if (level === '9V') return 'B';
  return level === '12V' || level === 'none' ? 'A' : null;
}

function armed(state: ModuleState, at: Milliseconds, to: Wish): ModuleState {
  if (to === 'as it is') return state;
  if (to === null) return { ...state, armed: null };
  const since = state.armed?.to === to ? state.armed.since : at;
  return { ...state, armed: { to, since, isSettled: at - since >= DEBOUNCE_ms } };
}

/** One pass of the main loop, with whatever has settled and whoever has waited. */
export function passed(before: ModuleState, at: Milliseconds, config: ModuleConfig): ModuleState {
  const state = before.askedAt !== null && at - before.askedAt > ANSWER_ms ? unanswered(before, at, config) : before;
  const own = state.pilotState === 'A' && !isSlave(config) ? withRecord(state, 0, { state: 'idle' }) : state;
  return own.armed?.isSettled === true ? settled(own, own.armed.to, { at, config }) : own;
}

type Pass = { readonly at: Milliseconds; readonly config: ModuleConfig };

function settled(state: ModuleState, to: 'A' | 'B' | 'C', { at, config }: Pass): ModuleState {
  switch (state.pilotState) {
    case 'A':
      return isCar(state.level) ? connected(state, at, config) : state;
    case 'B':
      return to === 'A' ? left(state, at, config) : wantsCurrent(state, at, config);
    case 'C':
      return to === 'A' ? left(state, at, config) : paused(state, at, config);
    default:
      return state;
  }
}

/** A refusal counts anew on each pass, so the 60 s begin when there is current again (behaviour.md 2.4). */
function connected(state: ModuleState, at: Milliseconds, config: ModuleConfig): ModuleState {
  if (!isAvailable(state, config)) return { ...refused(state), armed: state.armed };
  if (state.chargeDelay_s > 0 || state.error !== 'none') return state;
  const read = { ...state, cable_A: cableOf(state, config) };
  // What has settled stays so, that an unanswered slave may ask again at once.
  if (isSlave(config)) return asking({ ...read, pilotState: 'comm-B' }, { request: 'connect', at }, config);
  const plugged = { ...into(read, 'B'), hasDiode: false };
  const balance = { ...plugged.balance, chargeCurrent_A: chargeCurrentOf(read, config) };
  return withRecord({ ...plugged, balance }, 0, { state: 'requesting', maximum_A: read.cable_A });
}

/** As it is configured, where there is nothing to read. */
function cableOf({ proximity_ohm }: ModuleState, { settings }: ModuleConfig): number {
  return proximity_ohm === undefined ? settings.cable_A : capacityOf(proximity_ohm);
}

function wantsCurrent(state: ModuleState, at: Milliseconds, config: ModuleConfig): ModuleState {
  if (state.chargeDelay_s > 0 || state.error !== 'none') return state;
  if (isSlave(config)) return asking(into(state, 'comm-C'), { request: 'charge', at }, config);
  if (!isAvailable(state, config)) return refused(state);
  const own = { state: 'charging', share_A: 0, maximum_A: state.balance.chargeCurrent_A } as const;
  const charging = regulated(withRecord(state, 0, own), config, 'newcomer');
  // The pilot goes on with what it said, until the next frame or tick (W18).
  return { ...into(charging, 'C'), isClosed: true, hasDiode: false };
}

function paused(state: ModuleState, at: Milliseconds, config: ModuleConfig): ModuleState {
  const open = { ...state, isClosed: false };
  if (isSlave(config)) return asking(into(open, 'comm-CB'), { request: 'pause', at }, config);
  return withRecord(into(open, 'B'), 0, { state: 'idle' });
}

/** A slave's contactor stays as it is until the master has answered. */
function left(state: ModuleState, at: Milliseconds, config: ModuleConfig): ModuleState {
  return isSlave(config) ? asking(into(state, 'comm-A'), { request: 'left', at }, config) : inA(state);
}

function unanswered(state: ModuleState, at: Milliseconds, config: ModuleConfig): ModuleState {
  switch (state.pilotState) {
    case 'comm-A':
      return asking(state, { request: 'left', at }, config);
    case 'comm-CB':
      return asking(state, { request: 'pause', at }, config);
    case 'comm-B':
      return { ...state, pilotState: 'A', askedAt: null };
    case 'comm-C':
      return { ...into(state, 'B'), hasDiode: false };
    default:
      return { ...state, askedAt: null };
  }
}
