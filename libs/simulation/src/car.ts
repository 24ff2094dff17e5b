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
  /** What its maximum becomes, and when: a battery that warms up, somebody who turns it down. In the order of time. */
  readonly later?: readonly { readonly at: Milliseconds; readonly maximum_dA: Deciamps }[];
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

/** Put together once, field by field: copies on the way made a simulated hour a tenth longer. */
export function stepCar(before: CarState, sees: CarSees, config: CarConfig): CarState {
  const offer = { offered_dA: offeredBy(sees.pilot), at: sees.at };
  const { obeyed_dA, obeysAt, line } = obey(before, offer, config);
  const { isAsking, asksAt } = ask(before, obeyed_dA, offer, config);
  const poweredSince = sees.isPowered ? (before.poweredSince ?? sees.at) : null;
  const isDrawing = isAsking && poweredSince !== null && sees.at >= poweredSince + config.start_ms;
  const wanted_mA = isDrawing ? 100 * Math.min(obeyed_dA, capability(before, sees.at, config)) : 0;
  const drawn_mA = poweredSince === null ? 0 : ramped(before.drawn_mA, wanted_mA, sees.elapsed_ms, config);
  // mA x V x ms is microjoules, on each terminal.
  const gained_mJ = Math.round((drawn_mA * MAINS_V * sees.elapsed_ms * config.terminals.length) / 1000);
  const charged_mJ = before.charged_mJ + gained_mJ;
  return { isAsking, asksAt, obeyed_dA, obeysAt, line, poweredSince, drawn_mA, charged_mJ };
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

type Obedience = Pick<CarState, 'obeyed_dA' | 'obeysAt' | 'line'>;

/**
 * A deadline once set stays, however often the duty changes meanwhile: obedience is late, never put off. Without
 * voltage it draws nothing, and begins by what it then reads.
 */
function obey(state: CarState, { offered_dA, at }: Offer, config: CarConfig): Obedience {
  if (config.follows === 'line') return throughLine(state, { offered_dA, at }, config);
  const { line } = state;
  const isToFollow = offered_dA !== state.obeyed_dA && state.poweredSince !== null;
  if (!isToFollow) return { obeyed_dA: offered_dA, obeysAt: null, line };
  const latest = at + (offered_dA === 0 ? config.stop_ms : config.follow_ms);
  const obeysAt = Math.min(state.obeysAt ?? latest, latest);
  return at >= obeysAt ? { obeyed_dA: offered_dA, obeysAt: null, line } : { obeyed_dA: state.obeyed_dA, obeysAt, line };
}

function throughLine(state: CarState, offer: Offer, { follow_ms }: CarConfig): Obedience {
  const newest = state.line.at(-1)?.offered_dA ?? state.obeyed_dA;
  const line = newest === offer.offered_dA ? state.line : [...state.line, offer];
  const arrived = line.filter(({ at }) => offer.at - at >= follow_ms);
  const obeyed_dA = arrived.at(-1)?.offered_dA ?? state.obeyed_dA;
  return { obeyed_dA, obeysAt: state.obeysAt, line: line.slice(arrived.length) };
}

type Wish = Pick<CarState, 'isAsking' | 'asksAt'>;

/** It asks a moment after PWM appears, and takes the wish back only when it draws no more, as cars spare contactors. */
function ask(state: CarState, obeyed_dA: Deciamps, { offered_dA, at }: Offer, config: CarConfig): Wish {
  const hasEnough = isFull(state, config);
  if (state.isAsking) {
    const hasLetGo = state.drawn_mA === 0 && (hasEnough || obeyed_dA === 0);
    return { asksAt: null, isAsking: !hasLetGo || (offered_dA > 0 && !hasEnough) };
  }
  if (offered_dA === 0 || hasEnough) return { asksAt: null, isAsking: false };
  const asksAt = state.asksAt ?? at + config.ask_ms;
  return { asksAt, isAsking: at >= asksAt };
}

function ramped(drawn_mA: number, wanted_mA: number, elapsed_ms: Milliseconds, config: CarConfig): number {
  const step = (rate: number) => Math.ceil((rate * elapsed_ms) / 1000);
  return wanted_mA >= drawn_mA
    ? Math.min(drawn_mA + step(config.rise_mA_per_s), wanted_mA)
    : Math.max(drawn_mA - step(config.fall_mA_per_s), wanted_mA);
}

/** Its maximum, less and less towards the end, nothing when it has enough. */
export function capability(state: CarState, at: Milliseconds, config: CarConfig): Deciamps {
  const { tapersFrom_permille, stopsAt_permille } = config.battery;
  const charge = chargeOf(state, config);
  if (charge >= stopsAt_permille) return 0;
  const maximum_dA = maximumAt(at, config);
  if (charge <= tapersFrom_permille) return maximum_dA;
  const left = (stopsAt_permille - charge) / (stopsAt_permille - tapersFrom_permille);
  return Math.round(LOWEST_OFFER_dA + (maximum_dA - LOWEST_OFFER_dA) * left);
}

function maximumAt(now: Milliseconds, { maximum_dA, later }: CarConfig): Deciamps {
  return later?.findLast(({ at }) => at <= now)?.maximum_dA ?? maximum_dA;
}
