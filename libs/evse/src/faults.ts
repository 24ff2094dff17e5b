// The set of faults, each derived by a rule of its own from what is remembered, so that none can hide another or be
// overwritten by it (2.07 kept one error and the last writer won). How each clears stands with its rule.
import { FAULTS, type Fault } from '@fairamp/units';
import { isFaulty } from './contactor.js';
import { hasFailed } from './lock.js';
import type { EvseState } from './state.js';
import { FAULT_F_ms, PROXIMITY_SETTLE_ms, UNDRIVEN_MAX, UNSAMPLED_ms } from './timing.js';
import type { EvseConfig } from './types.js';
import { isMute } from './residual.js';
import { retriesAt } from './watches.js';

type Rule = (state: EvseState, config: EvseConfig) => boolean;

const RULES: Readonly<Record<Fault, Rule>> = {
  /** Latched until a person acknowledges it with the input low; of a failed test as well. One never heard: until it is. */
  'residual-current': ({ residual }, config) => {
    return config.residual !== 'disabled' && (residual.latched || isMute(residual));
  },
  /** Stuck open clears when the car is gone; welded never (I12); never heard clears when heard. */
  contactor: (state) => isFaulty(state.contactor),
  /** Latched until the car is gone. */
  'over-current': ({ watches }) => watches.overCurrent,
  /** Clears with the next state that a car, or none, can make; what we drive ourselves is not read. */
  pilot: (state) => ['E', 'F', 'invalid'].includes(state.pilot.state),
  /** Latched until A. */
  diode: (state) => state.pilot.diode === 'faulty',
  /** Clears when a cable is read, or the car is gone. */
  proximity: isCableMissing,
  /** Clears when it obeys, or is to do something else: the car is gone, or a person has acknowledged it. */
  'lock-failed': (state, config) => hasFailed(state.lock, state.at, config),
  /** Clears with a start that can read them. */
  'settings-damaged': (_state, config) => config.settingsDamaged,
  /** Clears when the board is back and its pilot is seen again; one that never drives its PWM with the car. */
  'board-lost': ({ boardLost, unsampled_ms, pilot }) => {
    return boardLost || unsampled_ms >= UNSAMPLED_ms || pilot.undriven >= UNDRIVEN_MAX;
  },
  /** Clears below 55 degrees. */
  'high-temperature': ({ watches }) => watches.hot,
  /** Clears with the link. */
  'no-serial-com': (state) => state.silent,
  /** Clears by time, 60 s after it came, or with the car. */
  'no-current': ({ watches, at }) => retriesAt(watches, at) !== null,
};

/** These withdraw the permission, which ends in a soft stop; every other fault opens at once. */
const UNHURRIED: readonly Fault[] = ['no-serial-com', 'no-current', 'high-temperature'];

/** Highest display precedence first. */
export function faultsOf(state: EvseState, config: EvseConfig): readonly Fault[] {
  let found: Fault[] | null = null;
  for (const { fault, stands } of RULED) if (stands(state, config)) (found ??= []).push(fault);
  return found ?? NONE;
}
/** Asked several times in each step, and nearly always answered by nothing: so that answer is made once. */
const RULED = FAULTS.map((fault) => ({ fault, stands: RULES[fault] }));
const NONE: readonly Fault[] = [];

export function isUrgent(fault: Fault): boolean {
  return !UNHURRIED.includes(fault);
}

export function hasUrgentFault(state: EvseState, config: EvseConfig): boolean {
  return faultsOf(state, config).some(isUrgent);
}

/** After a fault that opened at once the pilot stays at F for a moment (IEC 61851-1 Table A.5, io.md 5). */
export function owesF({ faultLog, at }: EvseState): boolean {
  return faultLog.some(({ fault, from }) => isUrgent(fault) && at - from < FAULT_F_ms);
}

/** Without a cable nothing is closed or offered anyway; plugging in and pulling out show a car without one for a moment. */
function isCableMissing({ cableMissingSince, at }: EvseState): boolean {
  return cableMissingSince !== null && at - cableMissingSince >= PROXIMITY_SETTLE_ms;
}
