// One electric car at the end of a cable: what it reads from the pilot, when it asks for current, and how much it then
// draws, in milliamperes so that a slow ramp stays smooth. The outlet steps it; it sees the pilot and the voltage on
// its terminals, nothing else. With the usual figures it keeps to IEC 61851-1: at or under the offer within 5 s of a
// lower duty.
import { type Deciamps, type Milliseconds, type Permille, type Phase, assert } from '@fairamp/units';
import { ampsOf, LOWEST_OFFER_dA, type PilotOutput } from '@fairamp/evse';

export type CarConfig = {
  /** The charge point's own terminals that its charger uses. */
  readonly terminals: readonly Phase[];
  readonly maximum_dA: Deciamps;
  readonly rise_mA_per_s: number;
  readonly fall_mA_per_s: number;
  /** From a change of the duty until it begins to follow. */
  readonly follow_ms: Milliseconds;
  /** newest: then it takes what is offered by then. line: it takes what was offered so long ago, as behaviour.md 5.6 reckons. */
  readonly follows: 'newest' | 'line';
  /** From the end of the PWM until it begins to let go. */
  readonly stop_ms: Milliseconds;
  /** From PWM until it closes S2, and from voltage until it draws. */
  readonly ask_ms: Milliseconds;
  readonly start_ms: Milliseconds;
  readonly battery: {
    readonly capacity_Wh: number;
    readonly arrivesAt_permille: Permille;
    readonly tapersFrom_permille: Permille;
    readonly stopsAt_permille: Permille;
  };
  readonly hasDiode: boolean;
  /** On the pilot with S2 closed: 882 Ohm asks for current, 246 Ohm for ventilation too. */
  readonly asking_ohm: number;
};

export type CarState = {
  /** S2 closed: state C on the pilot, else B. */
  readonly isAsking: boolean;
  readonly asksAt: Milliseconds | null;
  /** The offer that it obeys, and when it turns to the one that it reads now. */
  readonly obeyed_dA: Deciamps;
  readonly obeysAt: Milliseconds | null;
  /** Offers on their way through the line, oldest first. */
  readonly line: readonly Offer[];
  readonly poweredSince: Milliseconds | null;
  /** On each of its terminals. */
  readonly drawn_mA: number;
  readonly charged_mJ: number;
};

export type CarSees = {
  readonly at: Milliseconds;
  readonly elapsed_ms: Milliseconds;
  readonly pilot: PilotOutput;
  /** The contactor is closed. */
  readonly isPowered: boolean;
};

/** From 80 A to nothing in 4 s: with a follow_ms of at most 1 s that keeps the 5 s of IEC 61851-1 Annex A. */
export const USUAL_FALL_mA_per_s = 20_000;
/** The slowest of behaviour.md 5.6 takes 6 s; the cars of every other scenario keep to the standard. */
const LONGEST_FOLLOW_ms = 6000;
const MAINS_V = 230;

export function arrivingCar(config: CarConfig): CarState {
  assert(config.follow_ms <= LONGEST_FOLLOW_ms, `follow_ms ${config.follow_ms}: no car is so slow`);
  const electric = { poweredSince: null, drawn_mA: 0, charged_mJ: 0 };
  return { isAsking: false, asksAt: null, obeyed_dA: 0, obeysAt: null, line: [], ...electric };
}

export function stepCar(before: CarState, sees: CarSees, config: CarConfig): CarState {
  const offered_dA = offeredBy(sees.pilot);
  const asked = withWish(
    withObedience(before, { offered_dA, at: sees.at }, config),
    { offered_dA, at: sees.at },
    config,
  );
  const poweredSince = sees.isPowered ? (before.poweredSince ?? sees.at) : null;
  const drawn_mA = nextDraw({ ...asked, poweredSince }, sees, config);
  // mA x V x ms is microjoules, on each terminal.
  const gained_mJ = Math.round((drawn_mA * MAINS_V * sees.elapsed_ms * config.terminals.length) / 1000);
  return { ...asked, poweredSince, drawn_mA, charged_mJ: before.charged_mJ + gained_mJ };
}

export function chargeOf({ charged_mJ }: CarState, { battery }: CarConfig): Permille {
  return battery.arrivesAt_permille + charged_mJ / (battery.capacity_Wh * 3600);
}

/** It has had what it came for. */
export function isFull(state: CarState, config: CarConfig): boolean {
  return chargeOf(state, config) >= config.battery.stopsAt_permille;
}

function offeredBy(pilot: PilotOutput): Deciamps {
  return pilot.kind === 'pwm' ? ampsOf(pilot.duty_permille) : 0;
}

type Offer = { readonly offered_dA: Deciamps; readonly at: Milliseconds };

/**
 * A deadline once set stays, however often the duty changes meanwhile: obedience is late, never put off. Without
 * voltage it draws nothing, and begins by what it then reads.
 */
function withObedience(state: CarState, { offered_dA, at }: Offer, config: CarConfig): CarState {
  if (config.follows === 'line') return throughLine(state, { offered_dA, at }, config);
  if (offered_dA === state.obeyed_dA) return state.obeysAt === null ? state : { ...state, obeysAt: null };
  if (state.poweredSince === null) return { ...state, obeyed_dA: offered_dA, obeysAt: null };
  const latest = at + (offered_dA === 0 ? config.stop_ms : config.follow_ms);
  const obeysAt = Math.min(state.obeysAt ?? latest, latest);
  return at >= obeysAt ? { ...state, obeyed_dA: offered_dA, obeysAt: null } : { ...state, obeysAt };
}

function throughLine(state: CarState, offer: Offer, { follow_ms }: CarConfig): CarState {
  const newest = state.line.at(-1)?.offered_dA ?? state.obeyed_dA;
  const line = newest === offer.offered_dA ? state.line : [...state.line, offer];
  const arrived = line.filter(({ at }) => offer.at - at >= follow_ms);
  const obeyed_dA = arrived.at(-1)?.offered_dA ?? state.obeyed_dA;
  return { ...state, obeyed_dA, line: line.slice(arrived.length) };
}

/** It asks a moment after PWM appears, and takes the wish back only when it draws no more, as cars spare contactors. */
function withWish(state: CarState, { offered_dA, at }: Offer, config: CarConfig): CarState {
  const hasEnough = isFull(state, config);
  if (state.isAsking) {
    const hasLetGo = state.drawn_mA === 0 && (hasEnough || state.obeyed_dA === 0);
    return { ...state, asksAt: null, isAsking: !hasLetGo || (offered_dA > 0 && !hasEnough) };
  }
  if (offered_dA === 0 || hasEnough) return { ...state, asksAt: null };
  const asksAt = state.asksAt ?? at + config.ask_ms;
  return { ...state, asksAt, isAsking: at >= asksAt };
}

function nextDraw(state: CarState, { at, elapsed_ms }: CarSees, config: CarConfig): number {
  if (state.poweredSince === null) return 0;
  const isReady = state.isAsking && at >= state.poweredSince + config.start_ms;
  const wanted_mA = isReady ? 100 * Math.min(state.obeyed_dA, capability(state, config)) : 0;
  const step = (rate: number) => Math.ceil((rate * elapsed_ms) / 1000);
  return wanted_mA >= state.drawn_mA
    ? Math.min(state.drawn_mA + step(config.rise_mA_per_s), wanted_mA)
    : Math.max(state.drawn_mA - step(config.fall_mA_per_s), wanted_mA);
}

/** Its maximum, less and less towards the end, nothing when it has enough. */
function capability(state: CarState, config: CarConfig): Deciamps {
  const { tapersFrom_permille, stopsAt_permille } = config.battery;
  const charge = chargeOf(state, config);
  if (charge >= stopsAt_permille) return 0;
  if (charge <= tapersFrom_permille) return config.maximum_dA;
  const left = (stopsAt_permille - charge) / (stopsAt_permille - tapersFrom_permille);
  return Math.round(LOWEST_OFFER_dA + (config.maximum_dA - LOWEST_OFFER_dA) * left);
}
