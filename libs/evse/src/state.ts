// Everything that a charge point remembers, as plain JSON. What can be derived (faults, phase of the session, view) is
// not in it: two copies of one truth would one day differ.
import type { Deciamps, Milliseconds } from '@fairamp/units';
import { initialAccess, type Access } from './access.js';
import { initialContactor, type ContactorState } from './contactor.js';
import { dutyOf } from './duty.js';
import type { FaultEntry } from './fault-log.js';
import { initialLock, type Lock } from './lock.js';
import { initialPilot, type PilotReading } from './pilot.js';
import { initialResidual, type Residual } from './residual.js';
import type { Indicator, PilotOutput } from './types.js';
import { initialWake, type Wake } from './wake.js';
import { initialWatches, type Watches } from './watches.js';

/** What the pilot's output means; PilotOutput is its form at the board. */
export type Offer =
  { readonly kind: 'X1' } | { readonly kind: 'F' } | { readonly kind: 'pwm'; readonly limit_dA: Deciamps };

export type EvseState = {
  /** The newest event's time; it never goes back. */
  readonly at: Milliseconds;
  /** The board has been told the safe outputs since it (or this process) came. */
  readonly announced: boolean;
  readonly pilot: PilotReading;
  /** The plug's resistor. */
  readonly ohm: number | null;
  /** Since when a car shows itself on the pilot and no cable does. */
  readonly cableMissingSince: Milliseconds | null;
  readonly contactor: ContactorState;
  readonly offer: Offer;
  /** Since when the offer is of its kind. */
  readonly offerSince: Milliseconds;
  readonly raisedAt: Milliseconds;
  readonly limit_dA: Deciamps;
  /** When that limit began to hold. */
  readonly limitSince: Milliseconds;
  /** That limit is 0 since there is not enough even for this car alone. */
  readonly isShort: boolean;
  /** The link is dead. */
  readonly silent: boolean;
  /** A soft stop runs until then at the latest. */
  readonly stopBy: Milliseconds | null;
  readonly boardLost: boolean;
  /** For how long no pilot sample came although somebody looked. */
  readonly unsampled_ms: Milliseconds;
  readonly lock: Lock;
  readonly access: Access;
  readonly residual: Residual;
  readonly watches: Watches;
  readonly wake: Wake;
  readonly supplyFailing: boolean;
  /** Newest last. */
  readonly faultLog: readonly FaultEntry[];
  /** As the board was last told; null = not yet. */
  readonly indicator: Indicator | null;
};

/**
 * Contactor open, X1, limit 0 (I11); the first step says so to the board. The process before may have closed the
 * contactor or raised the offer a moment ago: a start counts as both.
 * @param residualLatched it had tripped in an earlier life, and no person has acknowledged it since
 */
export function initialEvse(at: Milliseconds, residualLatched = false): EvseState {
  return {
    at,
    announced: false,
    pilot: initialPilot(at),
    ohm: null,
    cableMissingSince: null,
    contactor: initialContactor(at),
    offer: { kind: 'X1' },
    offerSince: at,
    raisedAt: at,
    limit_dA: 0,
    limitSince: at,
    isShort: false,
    silent: false,
    stopBy: null,
    boardLost: false,
    unsampled_ms: 0,
    lock: initialLock(at),
    access: initialAccess(at),
    residual: { ...initialResidual, latched: residualLatched },
    watches: initialWatches,
    wake: initialWake,
    supplyFailing: false,
    faultLog: [],
    indicator: null,
  };
}

export function pilotOutputOf(offer: Offer): PilotOutput {
  return offer.kind === 'pwm' ? { kind: 'pwm', duty_permille: dutyOf(offer.limit_dA) } : offer;
}
