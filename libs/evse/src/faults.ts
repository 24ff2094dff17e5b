// The set of faults, each derived by a rule of its own from what is remembered, so that none can hide another or be
// overwritten by it (2.07 kept one error and the last writer won). How each clears stands with its rule.
import { FAULTS, type Fault } from '@fairamp/units';
import { isFaulty } from './contactor.js';
import type { EvseState } from './state.js';
import { PROXIMITY_SETTLE_ms, UNSAMPLED_ms } from './timing.js';
import type { EvseConfig } from './types.js';

type Rule = (state: EvseState, config: EvseConfig) => boolean;

const RULES: Readonly<Record<Fault, Rule>> = {
  /** Stuck open clears when the car is gone; welded never (I12); never heard clears when heard. */
  contactor: (state) => isFaulty(state.contactor),
  /** Clears with the next state that a car, or none, can make. Where we put -12 V ourselves, F is no fault. */
  pilot: (state) => ['E', 'F', 'invalid'].includes(state.pilot.state) && state.offer.kind !== 'F',
  /** Latched until A. */
  diode: (state) => state.pilot.diode === 'faulty',
  /** Clears when a cable is read, or the car is gone. */
  proximity: isCableMissing,
  /** Clears when the board is back and its pilot is seen again. */
  'board-lost': (state) => state.boardLost || state.unsampled_ms >= UNSAMPLED_ms,
  /** Clears with the link. */
  'no-serial-com': (state) => state.silent,
};

/** Highest display precedence first. */
export function faultsOf(state: EvseState, config: EvseConfig): readonly Fault[] {
  return FAULTS.filter((fault) => RULES[fault](state, config));
}

/** A silent link withdraws the permission, which ends in a soft stop; every other fault opens at once. */
export function hasUrgentFault(state: EvseState, config: EvseConfig): boolean {
  return faultsOf(state, config).some((fault) => fault !== 'no-serial-com');
}

/** Without a cable nothing is closed or offered anyway; plugging in and pulling out show a car without one for a moment. */
function isCableMissing({ cableMissingSince, at }: EvseState): boolean {
  return cableMissingSince !== null && at - cableMissingSince >= PROXIMITY_SETTLE_ms;
}
