// When the contactor may close and when it must open. Closing needs every guard; opening needs one reason. The session
// asks both in each step; whatever is in doubt keeps it open.
import { isOpen } from './contactor.js';
import { faultsOf, hasUrgentFault } from './faults.js';
import { isLocked } from './lock.js';
import { capacityOf, isPermitted } from './offer.js';
import { isAsking } from './pilot.js';
import { isReady } from './residual.js';
import type { EvseState } from './state.js';
import { RECLOSE_ms } from './timing.js';
import type { EvseConfig, OpenReason } from './types.js';

type Guard = (state: EvseState, config: EvseConfig) => boolean;

/** io.md 6.2 'Rules in code', one line each. */
export const CLOSING_GUARDS = {
  'the car asks, and its newest sample says so too': ({ pilot }, config) =>
    isAsking(pilot.state, config) && pilot.newest === pilot.state,
  'PWM is on': ({ offer }) => offer.kind === 'pwm',
  // A line that is steady has no low level: the board may have let go of it since the diode was seen.
  'the diode was seen under this PWM': ({ pilot }) =>
    pilot.diode === 'seen' && !pilot.lowMissed && pilot.steadySince === null,
  'the lease allows it': isPermitted,
  'the cable is known': (state, config) => capacityOf(state, config) > 0,
  'no soft stop runs': ({ stopBy }) => stopBy === null,
  'no fault stands': (state, config) => faultsOf(state, config).length === 0,
  'the plug is locked': ({ lock, at }, config) => isLocked(lock, at, config),
  'the residual-current monitor is ready': ({ residual, at }, config) => isReady(residual, at, config),
  'the supply holds': ({ supplyFailing }) => !supplyFailing,
  'the contactor is known to be open': ({ contactor, at }, config) => isOpen(contactor, at, config),
  'the last closing is long enough ago': ({ contactor, at }) => at - contactor.closedAt >= RECLOSE_ms,
} as const satisfies Readonly<Record<string, Guard>>;

const GUARDS: readonly Guard[] = Object.values(CLOSING_GUARDS);

export function mayClose(state: EvseState, config: EvseConfig): boolean {
  return GUARDS.every((holds) => holds(state, config));
}

/** Why a closed contactor must open now, in the order of what a person wants to read; null = it may stay closed. */
export function openReason(state: EvseState, config: EvseConfig): OpenReason | null {
  // A plug that is pulled loses its resistor before the pilot: nothing may hang live on an open contact.
  if (state.pilot.state === 'A' || capacityOf(state, config) === 0) return 'car-left';
  if (state.supplyFailing) return 'supply-failing';
  // Pilot E, F and invalid are faults; a board that opened by itself is told that its permission is gone; and a plug
  // that is no longer locked could be pulled under load (I14).
  const isLoose = !isLocked(state.lock, state.at, config);
  if (hasUrgentFault(state, config) || state.contactor.dropped || isLoose) return 'fault';
  // IEC 61851-1 Table A.6 seq. 8.1: within 100 ms, whatever else goes on.
  if (!isAsking(state.pilot.state, config)) return 'car-stopped';
  // Table A.6 seq. 10.2: the car did not stop by itself, so it is opened under load.
  if (state.stopBy !== null && state.at >= state.stopBy) return 'soft-stop-over';
  return null;
}
