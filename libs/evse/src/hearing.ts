// What an event changes in what the charge point knows, before it acts on it. One function an event kind; none of
// them commands anything. The session calls `hear` first in each step.
import { assert, assertNever, type Milliseconds } from '@fairamp/units';
import { confirm, looked, unplugged } from './contactor.js';
import { isOffer } from './duty.js';
import { hasLetGo, isConnected, readPilot } from './pilot.js';
import { cableOf } from './proximity.js';
import { pilotOutputOf, type EvseState } from './state.js';
import { LOOKED_AT_MOST_ms, QUEUED_ms } from './timing.js';
import type { EvseConfig, EvseEvent } from './types.js';

export function hear(before: EvseState, event: EvseEvent, config: EvseConfig): EvseState {
  const state = learn(before, event, config);
  const isMissing = isConnected(state.pilot.state) && cableOf(state.ohm, config) === null;
  const cableMissingSince = isMissing ? (state.cableMissingSince ?? state.at) : null;
  return cableMissingSince === state.cableMissingSince ? state : { ...state, cableMissingSince };
}

function learn(before: EvseState, event: EvseEvent, config: EvseConfig): EvseState {
  // The board's and the ticks' times come from one clock, but may be queued in another order: time stands, it never
  // goes back.
  const at = Math.max(before.at, event.at);
  if (event.kind === 'pilot-sampled') return hearPilot(before, event, at, config);
  const state = { ...before, at, unsampled_ms: unsampled(before, at) };
  switch (event.kind) {
    case 'proximity-sampled':
      return { ...state, ohm: event.ohm };
    case 'contactor-confirmed':
      return hearContactor(state, event.closed, config);
    case 'limit-changed':
      return hearLimit(state, event);
    case 'link-changed':
      return { ...state, silent: event.silent };
    case 'board-changed':
      return event.lost ? { ...state, boardLost: true } : boardBack(state);
    case 'tick':
      return state;
    default:
      return assertNever(event);
  }
}

function unsampled(before: EvseState, at: Milliseconds): Milliseconds {
  return before.unsampled_ms + Math.min(at - before.at, LOOKED_AT_MOST_ms);
}

function hearPilot(
  before: EvseState,
  sample: Extract<EvseEvent, { kind: 'pilot-sampled' }>,
  at: Milliseconds,
  config: EvseConfig,
): EvseState {
  const pilot = readPilot(before.pilot, sample, at, pilotOutputOf(before.offer));
  const contactor = looked(before.contactor, at - before.pilot.sampledAt, config);
  const settled = pilot.state === 'A' ? unplugged(contactor) : contactor;
  // As after a board that was away: it is told the safe outputs again, and then what may be offered.
  const letGo = hasLetGo(pilot, at) && at - before.offerSince >= QUEUED_ms;
  const announced = before.announced && !letGo;
  return { ...before, at, announced, pilot, contactor: settled, unsampled_ms: 0 };
}

function hearContactor(state: EvseState, closed: boolean, config: EvseConfig): EvseState {
  return config.contactorFeedback ? { ...state, contactor: confirm(state.contactor, closed) } : state;
}

/** The lease machine has refused every other value: here it would be a bug of ours. */
function hearLimit(state: EvseState, { limit_dA, since }: Extract<EvseEvent, { kind: 'limit-changed' }>): EvseState {
  assert(limit_dA === 0 || isOffer(limit_dA), `limit ${limit_dA} dA: not 0 or 60 to 800`);
  return { ...state, limit_dA, limitSince: Math.min(since ?? state.at, state.at) };
}

/** Nothing that was known of its outputs holds: it is told the safe ones again, and must say again where the contactor is. */
function boardBack(state: EvseState): EvseState {
  return {
    ...state,
    boardLost: false,
    announced: false,
    unsampled_ms: 0,
    contactor: { ...state.contactor, feedback: null },
  };
}
