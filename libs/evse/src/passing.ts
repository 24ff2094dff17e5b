// What time alone changes: each step passes through here after its event was heard, so that every deadline is met by
// whatever comes next. It commands nothing.
import { isConnected, isAsking } from './pilot.js';
import { cableOf } from './proximity.js';
import { timeTest } from './residual.js';
import type { EvseState } from './state.js';
import type { EvseConfig } from './types.js';
import { passWake, type Wake } from './wake.js';
import { pass, type Watches } from './watches.js';
import { isStopped, type Access } from './access.js';
import type { Milliseconds } from '@fairamp/units';
import { faultsOf } from './faults.js';
import { logFaults } from './fault-log.js';

export function passTime(state: EvseState, config: EvseConfig): EvseState {
  const cableMissingSince = missingSince(state, config);
  const watches = passWatches(state);
  const wake = passSleep(state, config);
  const access = passStop(state, config);
  const residual = timeTest(state.residual, state.at);
  const isSame =
    cableMissingSince === state.cableMissingSince &&
    watches === state.watches &&
    wake === state.wake &&
    access === state.access &&
    residual === state.residual;
  const passed = isSame ? state : { ...state, cableMissingSince, watches, wake, access, residual };
  const faultLog = logFaults(passed.faultLog, faultsOf(passed, config), passed.at);
  return faultLog === passed.faultLog ? passed : { ...passed, faultLog };
}

function missingSince(state: EvseState, config: EvseConfig): Milliseconds | null {
  // A weld keeps the pilot at F, under which nobody sees the car leave: its cable may well be gone.
  const isSeen = isConnected(state.pilot.state) && state.contactor.fault !== 'welded';
  const isMissing = isSeen && cableOf(state.ohm, config) === null;
  return isMissing ? (state.cableMissingSince ?? state.at) : null;
}

function passWatches({ watches, at, pilot, isShort, silent }: EvseState): Watches {
  const isThere = isConnected(pilot.state);
  return pass(watches, { at, isCarGone: pilot.state === 'A', isShort: isThere && isShort && !silent });
}

function passSleep({ wake, at, pilot, offer, offerSince }: EvseState, config: EvseConfig): Wake {
  return passWake(wake, {
    at,
    pilot: pilotOf(pilot.state, config),
    offeredSince: offer.kind === 'pwm' ? offerSince : null,
  });
}

function pilotOf(pilot: EvseState['pilot']['state'], config: EvseConfig): 'gone' | 'waits' | 'asks' | 'other' {
  if (pilot === 'A') return 'gone';
  if (pilot === 'B') return 'waits';
  return isAsking(pilot, config) ? 'asks' : 'other';
}

/** A stop is for the car that is there, and for its time; the press after that is one to stop again. */
function passStop({ access, pilot, at }: EvseState, config: EvseConfig): Access {
  const isOver = access.stoppedAt !== null && (pilot.state === 'A' || !isStopped(access, at, config));
  return isOver ? { ...access, stoppedAt: null } : access;
}
