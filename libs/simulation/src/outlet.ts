// One charge point's physical side: the outputs that stay latched when the process behind them dies, the contactor,
// the fail-safe that opens it, the cable and the car in it. The plant steps it, and hands it what the board commands.
// It obeys and reports; it decides nothing but its fail-safe.
import { type Milliseconds, type Millivolts, type PerPhase, type Phase } from '@fairamp/units';
import { type PilotOutput } from '@fairamp/evse';
import { type CarConfig, type CarState, arrivingCar, stepCar } from './car.js';
import { NOTHING_TOLD, type Sensed, type OutletEvent, type Told, due, told } from './outlet-senses.js';
import { type Seed } from './random.js';

export type OutletConfig = {
  readonly id: string;
  readonly seed: Seed;
  /** Which conductor of the mains each terminal hangs on: the rotation. */
  readonly wiring: PerPhase<Phase>;
  readonly car: CarConfig;
  /** The cable's proximity resistor; null = a fixed cable, which has none. */
  readonly cable_ohm: number | null;
  /** Opens when no heartbeat came for so long; class `process`: within 6 s, contactor and step included. null = never. */
  readonly failSafe_ms: Milliseconds | null;
  /** 20 to 50: from the coil to the contacts. */
  readonly contactor_ms: Milliseconds;
  /** This board's own 12 V. */
  readonly source_mV: Millivolts;
  /** While nothing changes; a change is sampled at once. */
  readonly sampleEvery_ms: Milliseconds;
  /** As boards poll it: 500 ms (io.md 1.2). */
  readonly proximityEvery_ms: Milliseconds;
};

export type OutletState = {
  readonly pilot: PilotOutput;
  /** The coil's output. */
  readonly isPowerAllowed: boolean;
  readonly isClosed: boolean;
  /** Its contacts hang together, whatever the coil does. */
  readonly isWelded: boolean;
  readonly movesAt: Milliseconds | null;
  /** null = none since the start or since the fail-safe acted. */
  readonly heartbeatAt: Milliseconds | null;
  readonly car: CarState | null;
  readonly told: Told;
};

export type OutletCommand =
  | { readonly kind: 'set-pilot'; readonly pilot: PilotOutput }
  | { readonly kind: 'allow-power'; readonly on: boolean }
  | { readonly kind: 'heartbeat' }
  | { readonly kind: 'plug' }
  | { readonly kind: 'unplug' }
  /** The contacts weld, should they be closed; a person mends them. */
  | { readonly kind: 'weld'; readonly on: boolean };

export type OutletStep = { readonly state: OutletState; readonly events: readonly OutletEvent[] };

export function initialOutlet(): OutletState {
  return {
    pilot: { kind: 'X1' },
    isPowerAllowed: false,
    isClosed: false,
    isWelded: false,
    movesAt: null,
    heartbeatAt: null,
    car: null,
    told: NOTHING_TOLD,
  };
}

/** @param car the one that arrives, should the command be `plug` */
export function commandOutlet(
  state: OutletState,
  at: Milliseconds,
  command: OutletCommand,
  car: CarConfig,
): OutletState {
  switch (command.kind) {
    case 'set-pilot':
      // Whoever sets an output has begun to owe heartbeats.
      return { ...state, pilot: command.pilot, heartbeatAt: state.heartbeatAt ?? at };
    case 'allow-power':
      return withCoil(state, command.on);
    case 'heartbeat':
      return { ...state, heartbeatAt: at };
    case 'plug':
      return { ...state, car: state.car ?? arrivingCar(car), told: { ...state.told, proximityAt: null } };
    case 'unplug':
      return { ...state, car: null, told: { ...state.told, proximityAt: null } };
    case 'weld':
      return { ...state, isWelded: command.on && state.isClosed };
  }
}

function withCoil(state: OutletState, on: boolean): OutletState {
  return { ...state, isPowerAllowed: on && state.heartbeatAt !== null };
}

export function stepOutlet(
  before: OutletState,
  { at, elapsed_ms }: { readonly at: Milliseconds; readonly elapsed_ms: Milliseconds },
  config: OutletConfig,
): OutletStep {
  const isLettingGo = isFailSafeDue(before, at, config);
  const pilot = isLettingGo ? SAFE_PILOT : before.pilot;
  const heartbeatAt = isLettingGo ? null : before.heartbeatAt;
  const isPowerAllowed = before.isPowerAllowed && !isLettingGo;
  const { isClosed, movesAt } = moveContactor(before, isPowerAllowed, at, config);
  const sees = { at, elapsed_ms, pilot, isPowered: isClosed };
  const car = before.car === null ? null : stepCar(before.car, sees, config.car);
  const { isWelded } = before;
  const sensed: Sensed = { pilot, car, told: before.told };
  const events = due(sensed, at, config);
  const feedback: readonly OutletEvent[] =
    isClosed === before.isClosed ? [] : [{ kind: 'contactor', closed: isClosed }];
  return {
    state: { pilot, isPowerAllowed, isClosed, isWelded, movesAt, heartbeatAt, car, told: told(sensed, at, events) },
    events: [...feedback, ...events],
  };
}

const SAFE_PILOT: PilotOutput = { kind: 'X1' };

function isFailSafeDue({ heartbeatAt }: OutletState, at: Milliseconds, { failSafe_ms }: OutletConfig): boolean {
  return failSafe_ms !== null && heartbeatAt !== null && at - heartbeatAt >= failSafe_ms;
}

function moveContactor(
  { isClosed, isWelded, movesAt }: OutletState,
  isPowerAllowed: boolean,
  at: Milliseconds,
  { contactor_ms }: OutletConfig,
): Pick<OutletState, 'isClosed' | 'movesAt'> {
  if (isPowerAllowed === isClosed || isWelded) return { isClosed, movesAt: null };
  const arrivesAt = movesAt ?? at + contactor_ms;
  return at >= arrivesAt ? { isClosed: isPowerAllowed, movesAt: null } : { isClosed, movesAt: arrivesAt };
}
