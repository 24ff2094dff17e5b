// What a charge point answers when it is asked: for its report, its lease's acknowledgement, its display. Derived from
// the state alone; asking changes nothing.
import type { Deciamps } from '@fairamp/units';
import { isGranted, isStopped, restartsAt } from './access.js';
import { isOpen } from './contactor.js';
import { faultsOf } from './faults.js';
import { capacityOf } from './offer.js';
import { indicatorOf } from './indicator.js';
import { hasLock } from './lock.js';
import { isAsking, isConnected } from './pilot.js';
import type { EvseState } from './state.js';
import { retriesAt } from './watches.js';
import type { EvseConfig, EvseView, Indicator, SessionPhase } from './types.js';

export function viewEvse(state: EvseState, config: EvseConfig): EvseView {
  const { faults, session, retriesAt: triesAgainAt } = shownOf(state, config);
  return {
    // Under our own -12 V that is what the line says.
    pilot: state.offer.kind === 'F' ? 'F' : state.pilot.state,
    session,
    offered_dA: state.offer.kind === 'pwm' ? state.offer.limit_dA : 0,
    confirmed: state.pilot.sinceDriven === 2 && !faults.includes('board-lost'),
    stopping: state.stopBy !== null,
    contactorOpen: isOpen(state.contactor, state.at, config),
    demand_dA: demandOf(state, config),
    faults,
    lock: hasLock(config) ? state.lock.sensed : null,
    retriesAt: triesAgainAt,
    indicator: indicatorOf({ faults, session, retriesAt: triesAgainAt }),
  };
}

/** Each step asks for it, of all that can be asked. */
export function currentIndicator(state: EvseState, config: EvseConfig): Indicator {
  return indicatorOf(shownOf(state, config));
}

function shownOf(state: EvseState, config: EvseConfig): Pick<EvseView, 'faults' | 'session' | 'retriesAt'> {
  const faults = faultsOf(state, config);
  const session = sessionOf(state, faults.length > 0, config);
  const mayRetry = faults.every((fault) => fault === 'no-current');
  const triesAgainAt = retriesAt(state.watches, state.at) ?? restartsAt(state.access, config);
  return { faults, session, retriesAt: mayRetry ? triesAgainAt : null };
}

/** What still happens to the car goes before what holds it up: a soft stop under a fault is still a soft stop. */
function sessionOf(state: EvseState, isFaulty: boolean, config: EvseConfig): SessionPhase {
  if (state.stopBy !== null) return 'stopping';
  if (state.contactor.wanted === 'closed') return 'charging';
  if (isFaulty) return 'blocked';
  if (!isGranted(state.access, config)) return 'denied';
  if (isStopped(state.access, state.at, config)) return 'stopped';
  if (state.offer.kind === 'pwm') return 'offering';
  return isConnected(state.pilot.state) ? 'connected' : 'idle';
}

/** A car that asks for ventilation where there is none cannot be served, so it asks for nothing. */
function demandOf(state: EvseState, config: EvseConfig): Deciamps {
  const isServed = state.pilot.state === 'B' || isAsking(state.pilot.state, config);
  return isServed ? capacityOf(state, config) : 0;
}
