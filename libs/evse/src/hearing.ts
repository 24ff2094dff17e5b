// What an event changes in what the charge point knows, before it acts on it. One function an event kind; none of
// them commands anything. The session calls `hear` first in each step; what time alone changes is in passing.ts.
import { assert, type Milliseconds } from '@fairamp/units';
import { hearSwitch, isPress } from './access.js';
import { confirm, looked, unplugged } from './contactor.js';
import { isOffer } from './duty.js';
import { hasFailed, retried, senseLock } from './lock.js';
import { passTime } from './passing.js';
import { hasLetGo, readPilot } from './pilot.js';
import { acknowledged, listened, senseResidual, unheard } from './residual.js';
import { pilotOutputOf, type EvseState } from './state.js';
import { LOOKED_AT_MOST_ms, QUEUED_ms, UNSAMPLED_ms } from './timing.js';
import type { EvseConfig, EvseEvent } from './types.js';
import { meterOver, mostOf, senseTemperature } from './watches.js';

type Of<Kind extends EvseEvent['kind']> = Extract<EvseEvent, { kind: Kind }>;
type Ear<Kind extends EvseEvent['kind']> = (state: EvseState, event: Of<Kind>, config: EvseConfig) => EvseState;

type AnyEar = (state: EvseState, event: never, config: EvseConfig) => EvseState;

/** Each hears a state whose clock is set; what time alone changes follows (passing.ts). */
const EARS: { readonly [Kind in EvseEvent['kind']]: Ear<Kind> } = {
  'pilot-sampled': hearPilot,
  'proximity-sampled': (state, { ohm }) => ({ ...state, ohm }),
  'contactor-confirmed': hearContactor,
  'limit-changed': hearLimit,
  'link-changed': (state, { silent }) => ({ ...state, silent }),
  'board-changed': (state, { lost }) => (lost ? { ...state, boardLost: true } : boardBack(state)),
  'draw-metered': hearDraw,
  'lock-sensed': (state, { high }, config) => ({ ...state, lock: senseLock(state.lock, high, config) }),
  'switch-sensed': hearPress,
  'residual-sensed': (state, { tripped }) => {
    return { ...state, residual: senseResidual(state.residual, tripped, state.at) };
  },
  'temperature-sensed': (state, { celsius }) => ({ ...state, watches: senseTemperature(state.watches, celsius) }),
  'supply-sensed': (state, { failing }) => ({ ...state, supplyFailing: failing }),
  acknowledged: acknowledge,
  tick: (state) => state,
};

export function hear(before: EvseState, event: EvseEvent, config: EvseConfig): EvseState {
  const ear: AnyEar | undefined = EARS[event.kind];
  assert(ear !== undefined, `unhandled case: an event of kind "${event.kind}"`);
  // The board's and the ticks' times come from one clock, but may be queued in another order: time stands, it never
  // goes back.
  const at = Math.max(before.at, event.at);
  return passTime(ear({ ...before, at, unsampled_ms: unsampled(before, at) }, event as never, config), config);
}

function unsampled(before: EvseState, at: Milliseconds): Milliseconds {
  return before.unsampled_ms + Math.min(at - before.at, LOOKED_AT_MOST_ms);
}

function hearPilot(state: EvseState, sample: Of<'pilot-sampled'>, config: EvseConfig): EvseState {
  const { at } = state;
  const pilot = readPilot(state.pilot, sample, at, pilotOutputOf(state.offer));
  const gap_ms = at - state.pilot.sampledAt;
  const contactor = looked(state.contactor, gap_ms, config);
  const residual = listened(state.residual, gap_ms);
  const settled = pilot.state === 'A' ? unplugged(contactor) : contactor;
  // As after a board that was away: it is told the safe outputs again, and then what may be offered.
  const letGo = hasLetGo(pilot, at) && at - state.offerSince >= QUEUED_ms;
  const announced = state.announced && !letGo;
  const counted = letGo ? { ...pilot, undriven: pilot.undriven + 1 } : pilot;
  return { ...state, announced, pilot: counted, contactor: settled, residual, unsampled_ms: 0 };
}

function hearContactor(state: EvseState, { closed }: Of<'contactor-confirmed'>, config: EvseConfig): EvseState {
  if (!config.contactorFeedback) return state;
  const contactor = confirm(state.contactor, closed);
  // Whatever opened it would be overruled at once: a fall counts as a closing (io.md 1.2 lets 10 s pass between two).
  const hasFallen = contactor.dropped && !state.contactor.dropped;
  return { ...state, contactor: hasFallen ? { ...contactor, closedAt: state.at } : contactor };
}

/** The lease machine has refused every other value: here it would be a bug of ours. */
function hearLimit(state: EvseState, { limit_dA, since, isShort = false }: Of<'limit-changed'>): EvseState {
  assert(limit_dA === 0 || isOffer(limit_dA), `limit ${limit_dA} dA: not 0 or 60 to 800`);
  const limitSince = Math.min(since ?? state.at, state.at);
  return { ...state, limit_dA, limitSince, isShort: isShort && limit_dA === 0 };
}

/** A car that is told less has 5 s for it; what flows past an open contactor is no car's. */
function hearDraw(state: EvseState, { draw_dA }: Of<'draw-metered'>): EvseState {
  const offered_dA = state.offer.kind === 'pwm' ? state.offer.limit_dA : 0;
  const most_dA = state.contactor.wanted === 'closed' ? mostOf(offered_dA) : null;
  return { ...state, watches: meterOver(state.watches, draw_dA, most_dA, state.at) };
}

/** A press that has acknowledged something is for nothing else: nobody grants or stops by mending a fault. */
function hearPress(state: EvseState, { pressed }: Of<'switch-sensed'>, config: EvseConfig): EvseState {
  const press = { pressed, at: state.at };
  const mended = isPress(state.access, pressed, state.at) ? acknowledge(state) : state;
  const isMending = mended.residual !== state.residual || hasFailed(state.lock, state.at, config);
  const means = isMending ? 'nothing' : meaningOf(state, config);
  return { ...mended, access: hearSwitch(state.access, press, means) };
}

/** With ACCESS disabled it stops a car that is there, and nothing else. */
function meaningOf({ pilot }: EvseState, config: EvseConfig): 'grant' | 'stop' | 'nothing' {
  if (config.access === 'momentary') return 'grant';
  return config.access === 'disabled' && pilot.state !== 'A' ? 'stop' : 'nothing';
}

function acknowledge(state: EvseState): EvseState {
  const residual = acknowledged(state.residual);
  const isStuck = state.lock.pulses > 1 && state.lock.sensed !== state.lock.wanted;
  const lock = isStuck ? retried(state.lock) : state.lock;
  return residual === state.residual && lock === state.lock ? state : { ...state, residual, lock };
}

/**
 * Nothing that was known of it holds: it is told the safe outputs again, must say again what it senses, and is lost until
 * it shows its pilot.
 */
function boardBack(state: EvseState): EvseState {
  return {
    ...state,
    boardLost: false,
    announced: false,
    unsampled_ms: UNSAMPLED_ms,
    ohm: null,
    contactor: { ...state.contactor, feedback: null },
    lock: { ...state.lock, sensed: null, pulses: 0 },
    residual: unheard(state.residual),
    access: { ...state.access, pressed: null },
    supplyFailing: false,
  };
}
