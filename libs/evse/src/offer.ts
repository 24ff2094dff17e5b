// What the pilot says now: the limit that may be offered, and when. The session applies it in each step. It never says
// more than the lease, MAX and the cable allow; down is at once, up is paced so that a car can follow.
import type { Deciamps } from '@fairamp/units';
import { isOpen } from './contactor.js';
import { isGranted, isStopped } from './access.js';
import { faultsOf, owesF } from './faults.js';
import { isAsking } from './pilot.js';
import { cableOf } from './proximity.js';
import type { EvseState, Offer } from './state.js';
import { RAISE_INTERVAL_ms, X1_MINIMUM_ms } from './timing.js';
import type { EvseConfig } from './types.js';

/** The lease is alive and above 0, a person lets it, and it is not too hot; without, a session ends in a soft stop. */
export function isPermitted(state: EvseState, config: EvseConfig): boolean {
  const isLeased = state.limit_dA > 0 && !state.silent;
  return isLeased && !state.watches.hot && isAllowed(state, config);
}

/** By the switch: access is granted, and nobody has stopped it. */
export function isAllowed({ access, at }: EvseState, config: EvseConfig): boolean {
  return isGranted(access, config) && !isStopped(access, at, config);
}

/** min(MAX, cable); 0 = no cable that can be trusted. */
export function capacityOf(state: EvseState, config: EvseConfig): Deciamps {
  const cable_dA = cableOf(state.ohm, config);
  return cable_dA === null ? 0 : Math.min(config.max_dA, cable_dA);
}

export function nextOffer(state: EvseState, config: EvseConfig): Offer {
  // I12: a car shall stop drawing through a weld, and see that it is not served. A stuck contactor keeps X1, as under
  // F nobody sees the car leave.
  if (state.contactor.fault === 'welded') return { kind: 'F' };
  if (owesF(state) || state.wake.until !== null) return { kind: 'F' };
  if (!mayOffer(state, config)) return { kind: 'X1' };
  const limit_dA = Math.min(state.limit_dA, capacityOf(state, config));
  if (!isRaise(state.offer, limit_dA) || mayRaise(state)) return { kind: 'pwm', limit_dA };
  // Under F a car that leaves is not seen: nobody waits in it for a raise.
  return state.offer.kind === 'F' ? { kind: 'X1' } : state.offer;
}

export function isRaise(offer: Offer, limit_dA: Deciamps): boolean {
  return offer.kind !== 'pwm' || limit_dA > offer.limit_dA;
}

function mayOffer(state: EvseState, config: EvseConfig): boolean {
  const asksOrMay = state.pilot.state === 'B' || isAsking(state.pilot.state, config);
  const isCalm = state.stopBy === null && !state.supplyFailing;
  const allowed = isPermitted(state, config) && isCalm && capacityOf(state, config) > 0;
  // PWM may stay on while a contactor opens behind a car that stopped, but it comes on only over an open one: a soft
  // stop ends before anything is offered again (design.md 3 rule 3).
  const opened = state.offer.kind === 'pwm' || isOpen(state.contactor, state.at, config);
  return asksOrMay && allowed && opened && faultsOf(state, config).length === 0;
}

function mayRaise(state: EvseState): boolean {
  if (state.at - state.raisedAt < RAISE_INTERVAL_ms) return false;
  return state.offer.kind === 'pwm' || state.at - state.offerSince >= X1_MINIMUM_ms;
}
