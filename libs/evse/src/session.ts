// One charge point, step by step (IEC 61851-1 sequence): an event is heard, then its rules act on what is known, each
// on what the one before left. The slave's node calls it with every sample, lease and tick. Outputs follow from the
// state, not from the path to it, so there is no transition to forget; opening comes first and waits for nobody.
import type { Fault } from '@fairamp/units';
import { command, isOpen } from './contactor.js';
import { mayClose, openReason } from './guards.js';
import { hear } from './hearing.js';
import { drive, hasFailed, hasLock } from './lock.js';
import { isPermitted, isRaise, nextOffer } from './offer.js';
import { isAsking, isConnected, pilotDriven } from './pilot.js';
import { isTestDue, testing } from './residual.js';
import { pilotOutputOf, type EvseState, type Offer } from './state.js';
import { LATE_NOTICE_ms, SOFT_STOP_ms } from './timing.js';
import type { EvseCommand, EvseConfig, EvseEvent, LockState, OpenReason } from './types.js';
import { currentIndicator } from './view.js';

export type EvseStep = { readonly state: EvseState; readonly commands: readonly EvseCommand[] };
type Rule = (state: EvseState, config: EvseConfig) => EvseStep;

const RULES: readonly Rule[] = [announce, beginSoftStop, open, drivePilot, driveLock, testResidual, close, indicate];

export function stepEvse(before: EvseState, event: EvseEvent, config: EvseConfig): EvseStep {
  const commands: EvseCommand[] = [];
  let state = hear(before, event, config);
  for (const rule of RULES) {
    const acted = rule(state, config);
    state = acted.state;
    commands.push(...acted.commands);
  }
  commands.push(...faultNotes(before, state));
  return { state, commands };
}

/** I11: a start leaves the contactor open, and so does a board that was away or has let go of its outputs. */
function announce(state: EvseState): EvseStep {
  if (state.announced) return unchanged(state);
  const opened = opening({ ...state, announced: true, indicator: null }, 'start');
  const driven = driving(opened.state, { kind: 'X1' });
  return { state: driven.state, commands: [...opened.commands, ...driven.commands] };
}

/**
 * Once begun it ends with the contactor open, also when the lease comes back meanwhile (design.md 3 rule 3). It counts
 * from the lease's end: the master has freed this share by q + H + c after it, whether or not we were awake.
 */
function beginSoftStop(state: EvseState, config: EvseConfig): EvseStep {
  const due = state.contactor.wanted === 'closed' && state.stopBy === null && !isPermitted(state, config);
  const beganAt = Math.min(state.at, state.limitSince + LATE_NOTICE_ms);
  return unchanged(due ? { ...state, stopBy: (state.limit_dA === 0 ? beganAt : state.at) + SOFT_STOP_ms } : state);
}

function open(state: EvseState, config: EvseConfig): EvseStep {
  const reason = state.contactor.wanted === 'closed' ? openReason(state, config) : null;
  return reason === null ? unchanged(state) : opening(state, reason);
}

function drivePilot(state: EvseState, config: EvseConfig): EvseStep {
  const offer = nextOffer(state, config);
  return isSameOffer(state.offer, offer) ? unchanged(state) : driving(state, offer);
}

/** I14: locked before the contactor closes, unlocked only when it is known to be open. */
function driveLock(state: EvseState, config: EvseConfig): EvseStep {
  if (!hasLock(config)) return unchanged(state);
  const mayUnlock = isOpen(state.contactor, state.at, config);
  const wanted = mayUnlock ? wantedLock(state, config) : state.lock.wanted;
  const { lock, commands } = drive(state.lock, wanted, { at: state.at, mayUnlock }, config);
  return { state: lock === state.lock ? state : { ...state, lock }, commands };
}

/** As the manual has it: when charging starts, until it has stopped. */
function wantedLock(state: EvseState, config: EvseConfig): LockState {
  // Its fault has ended the offer: wanting the other way now would end the fault, and try it again for ever.
  if (hasFailed(state.lock, state.at, config) && state.pilot.state !== 'A') return state.lock.wanted;
  const isStarting = isAsking(state.pilot.state, config) && state.offer.kind === 'pwm' && state.stopBy === null;
  return isStarting && isPermitted(state, config) ? 'locked' : 'unlocked';
}

/** Before a session, while nothing hangs on it. */
function testResidual(state: EvseState, config: EvseConfig): EvseStep {
  const isIdle = isConnected(state.pilot.state) && isOpen(state.contactor, state.at, config);
  if (!isIdle || !isTestDue(state.residual, state.at, config)) return unchanged(state);
  return { state: { ...state, residual: testing(state.residual, state.at) }, commands: [{ kind: 'test-residual' }] };
}

function indicate(state: EvseState, config: EvseConfig): EvseStep {
  const indicator = currentIndicator(state, config);
  if (indicator === state.indicator) return unchanged(state);
  return { state: { ...state, indicator }, commands: [{ kind: 'set-indicator', indicator }] };
}

function close(state: EvseState, config: EvseConfig): EvseStep {
  if (!mayClose(state, config)) return unchanged(state);
  const contactor = command(state.contactor, 'closed', state.at);
  return { state: { ...state, contactor }, commands: [{ kind: 'close-contactor' }] };
}

function unchanged(state: EvseState): EvseStep {
  return { state, commands: [] };
}

function opening(state: EvseState, reason: OpenReason): EvseStep {
  const contactor = command(state.contactor, 'open', state.at);
  return { state: { ...state, contactor, stopBy: null }, commands: [{ kind: 'open-contactor', reason }] };
}

function driving(state: EvseState, offer: Offer): EvseStep {
  const before = pilotOutputOf(state.offer);
  const pilot = pilotOutputOf(offer);
  const offerSince = before.kind === pilot.kind ? state.offerSince : state.at;
  const raisedAt = offer.kind === 'pwm' && isRaise(state.offer, offer.limit_dA) ? state.at : state.raisedAt;
  const driven = pilotDriven(state.pilot, before, pilot);
  return { state: { ...state, offer, offerSince, raisedAt, pilot: driven }, commands: [{ kind: 'set-pilot', pilot }] };
}

function isSameOffer(one: Offer, other: Offer): boolean {
  return one.kind === 'pwm' && other.kind === 'pwm' ? one.limit_dA === other.limit_dA : one.kind === other.kind;
}

/** What the log has gained. */
function faultNotes({ faultLog: before }: EvseState, { faultLog: after }: EvseState): readonly EvseCommand[] {
  if (after === before) return [];
  const come = standing(after).filter((fault) => !standing(before).includes(fault));
  const gone = standing(before).filter((fault) => !standing(after).includes(fault));
  const texts = [...come.map((fault) => `fault ${fault} has come`), ...gone.map((fault) => `fault ${fault} has gone`)];
  return texts.map((text) => ({ kind: 'note', text }));
}

function standing(log: EvseState['faultLog']): readonly Fault[] {
  return log.filter(({ to }) => to === null).map(({ fault }) => fault);
}
