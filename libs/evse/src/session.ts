// One charge point, step by step (IEC 61851-1 sequence): an event is heard, then five rules act on what is known, each
// on what the one before left. The slave's node calls it with every sample, lease and tick. Outputs follow from the
// state, not from the path to it, so there is no transition to forget; opening comes first and waits for nobody.
import { command } from './contactor.js';
import { faultsOf } from './faults.js';
import { mayClose, openReason } from './guards.js';
import { hear } from './hearing.js';
import { isPermitted, isRaise, nextOffer } from './offer.js';
import { pilotDriven } from './pilot.js';
import { pilotOutputOf, type EvseState, type Offer } from './state.js';
import { LATE_NOTICE_ms, SOFT_STOP_ms } from './timing.js';
import type { EvseCommand, EvseConfig, EvseEvent, OpenReason } from './types.js';

export type EvseStep = { readonly state: EvseState; readonly commands: readonly EvseCommand[] };
type Rule = (state: EvseState, config: EvseConfig) => EvseStep;

const RULES: readonly Rule[] = [announce, beginSoftStop, open, drivePilot, close];

export function stepEvse(before: EvseState, event: EvseEvent, config: EvseConfig): EvseStep {
  const commands: EvseCommand[] = [];
  let state = hear(before, event, config);
  for (const rule of RULES) {
    const acted = rule(state, config);
    state = acted.state;
    commands.push(...acted.commands);
  }
  commands.push(...faultNotes(before, state, config));
  return { state, commands };
}

/** I11: a start leaves the contactor open, and so does a board that was away or has let go of its outputs. */
function announce(state: EvseState): EvseStep {
  if (state.announced) return unchanged(state);
  const opened = opening({ ...state, announced: true }, 'start');
  const driven = driving(opened.state, { kind: 'X1' });
  return { state: driven.state, commands: [...opened.commands, ...driven.commands] };
}

/**
 * Once begun it ends with the contactor open, also when the lease comes back meanwhile (design.md 3 rule 3). It counts
 * from the lease's end: the master has freed this share by q + H + c after it, whether or not we were awake.
 */
function beginSoftStop(state: EvseState): EvseStep {
  const due = state.contactor.wanted === 'closed' && state.stopBy === null && !isPermitted(state);
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

function faultNotes(before: EvseState, after: EvseState, config: EvseConfig): readonly EvseCommand[] {
  const had = faultsOf(before, config);
  const has = faultsOf(after, config);
  if (had.length + has.length === 0) return [];
  const come = has.filter((fault) => !had.includes(fault)).map((fault) => `fault ${fault} has come`);
  const gone = had.filter((fault) => !has.includes(fault)).map((fault) => `fault ${fault} has gone`);
  return [...come, ...gone].map((text) => ({ kind: 'note', text }));
}
