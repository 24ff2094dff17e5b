// One charge point's physical side: the outputs that stay latched when the process behind them dies, the contactor,
// the fail-safe that opens it, the cable and the car in it. The plant steps it, and hands it what the board commands.
// It obeys and reports; it decides nothing but its fail-safe. What else it may have is in outlet-fittings.ts, and what
// can break in it in physical-faults.ts: sound and without fittings it costs no more than it did without either.
import { type Milliseconds, type Millivolts, type PerPhase, type Phase } from '@fairamp/units';
import { HIGHEST_OFFER_dA, type PilotOutput, dutyOf } from '@fairamp/evse';
import { type CarConfig, type CarState, arrivingCar, stepCar } from './car.js';
import type { Fittings, FittingsCommand, FittingsConfig, FittingsMoment, FittingsStep } from './outlet-fittings.js';
import { INITIAL_FITTINGS, commandFittings, fittingsDueAt, fittingsEvents, stepFittings } from './outlet-fittings.js';
import { NOTHING_TOLD, type Sensed, type OutletEvent, type Told, due, proximityOf, told } from './outlet-senses.js';
import { NO_FAULTS, type PhysicalFault, tripped } from './physical-faults.js';
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
  /** Lock, switch, monitor and thermometer; without, it has none of them and its supply never tells of its end. */
  readonly fittings?: FittingsConfig;
};

export type OutletState = {
  readonly pilot: PilotOutput;
  /** The coil's output. */
  readonly isPowerAllowed: boolean;
  readonly isClosed: boolean;
  readonly movesAt: Milliseconds | null;
  /** Since when the next one is owed; null = nobody owes any, since the start or since the fail-safe acted. */
  readonly heartbeatAt: Milliseconds | null;
  /** There was one since then: only who gives heartbeats may close. */
  readonly isAlive: boolean;
  readonly car: CarState | null;
  /** The resistor of the cable that came with the car; null = the outlet's own. */
  readonly cable_ohm: number | null;
  readonly told: Told;
  readonly fittings: Fittings;
  /** What is broken of it. */
  readonly faults: readonly PhysicalFault[];
  /** Its supply is going, and what is stored holds the board until then; null = it is supplied. */
  readonly suppliedUntil: Milliseconds | null;
};

export type OutletCommand =
  | { readonly kind: 'set-pilot'; readonly pilot: PilotOutput }
  | { readonly kind: 'allow-power'; readonly on: boolean }
  | { readonly kind: 'heartbeat' }
  /** cable_ohm: of the cable that comes with the car, where it is another one. */
  | { readonly kind: 'plug'; readonly cable_ohm?: number }
  | { readonly kind: 'unplug' }
  | FittingsCommand
  /** Something breaks, or a person has mended it. */
  | { readonly kind: 'fault'; readonly fault: PhysicalFault; readonly on: boolean }
  /** The contacts weld, should they be closed. */
  | { readonly kind: 'weld'; readonly on: boolean };

export type OutletStep = { readonly state: OutletState; readonly events: readonly OutletEvent[] };

export function initialOutlet(): OutletState {
  return {
    pilot: { kind: 'X1' },
    isPowerAllowed: false,
    isClosed: false,
    movesAt: null,
    heartbeatAt: null,
    isAlive: false,
    car: null,
    cable_ohm: null,
    told: NOTHING_TOLD,
    fittings: INITIAL_FITTINGS,
    faults: NO_FAULTS,
    suppliedUntil: null,
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
      return withPilot(state, at, command.pilot);
    case 'allow-power':
      return withCoil(state, command.on);
    case 'heartbeat':
      return { ...state, heartbeatAt: at, isAlive: true };
    case 'plug':
      return withCar(state, state.car ?? arrivingCar(car), command.cable_ohm);
    case 'unplug':
      return withCar(state, null);
    case 'fault':
      return withFault(state, at, command.fault, command.on);
    case 'weld':
      return withFault(state, at, 'contactor-welded', command.on && state.isClosed);
    default:
      return withFittings(state, at, command);
  }
}

/** Whoever sets an output has begun to owe heartbeats. */
function withPilot(state: OutletState, at: Milliseconds, pilot: PilotOutput): OutletState {
  return { ...state, pilot, heartbeatAt: state.heartbeatAt ?? at };
}

function withCoil(state: OutletState, on: boolean): OutletState {
  return { ...state, isPowerAllowed: on && state.isAlive };
}

/** A plug's resistor is read at once where a plug comes or goes. */
function withCar(state: OutletState, car: CarState | null, cable_ohm: number | null = null): OutletState {
  return { ...state, car, cable_ohm, told: { ...state.told, proximityAt: null } };
}

/** A board without a supply commands nothing; a finger presses all the same. */
function withFittings(state: OutletState, at: Milliseconds, command: FittingsCommand): OutletState {
  if (command.kind !== 'press' && isDead(state, at)) return state;
  return { ...state, fittings: commandFittings(state.fittings, at, command) };
}

function withFault(state: OutletState, at: Milliseconds, fault: PhysicalFault, on: boolean): OutletState {
  const faults = tripped(state.faults, fault, on);
  if (faults === state.faults) return state;
  const suppliedUntil = faults.includes('supply-failing') ? (state.suppliedUntil ?? at + STORED_ms) : null;
  // A plug's resistor is read anew at once, as when a plug comes or goes.
  const told = fault === 'proximity-lost' ? { ...state.told, proximityAt: null } : state.told;
  return { ...state, faults, suppliedUntil, told };
}

export function stepOutlet(
  before: OutletState,
  { at, elapsed_ms }: { readonly at: Milliseconds; readonly elapsed_ms: Milliseconds },
  config: OutletConfig,
): OutletStep {
  const { faults, suppliedUntil, cable_ohm } = before;
  const isOff = isDead(before, at);
  const { pilot, heartbeatAt, isAlive, isPowerAllowed } = isOff || isFailSafeDue(before, at, config) ? LET_GO : before;
  const { isClosed, movesAt } = moveContactor(before, isPowerAllowed, at, config);
  const sees = { at, elapsed_ms, pilot: faults.length === 0 ? pilot : seenBy(pilot, faults), isPowered: isClosed };
  const car = before.car === null ? null : stepCar(before.car, sees, config.car);
  const { fittings, events: fitted } = fit(before, { at, isClosed, isDead: isOff, faults }, config);
  const sensed: Sensed = { pilot, car, faults, told: before.told, cable_ohm };
  const events = isOff ? NOTHING : due(sensed, at, config);
  return {
    state: {
      pilot,
      isPowerAllowed,
      isClosed,
      movesAt,
      heartbeatAt,
      isAlive,
      car,
      cable_ohm,
      told: told(sensed, at, events),
      fittings,
      faults,
      suppliedUntil,
    },
    events:
      isClosed === before.isClosed && fitted.length === 0
        ? events
        : [...feedback(before, isClosed), ...fitted, ...events],
  };
}

function feedback(before: OutletState, isClosed: boolean): readonly OutletEvent[] {
  return isClosed === before.isClosed ? NOTHING : [{ kind: 'contactor', closed: isClosed }];
}

function fit(before: OutletState, moment: FittingsMoment, { fittings }: OutletConfig): FittingsStep {
  if (fittings !== undefined) return stepFittings(before.fittings, moment, fittings);
  return { fittings: before.fittings, events: NOTHING };
}

/** All that a board is told of its outlet when it comes, but the pilot, of which it takes samples. */
export function greeting(state: OutletState, at: Milliseconds, config: OutletConfig): readonly OutletEvent[] {
  const { isClosed, faults, fittings } = state;
  const moment = { at, isClosed, isDead: isDead(state, at), faults };
  const fitted = config.fittings === undefined ? NOTHING : fittingsEvents(fittings, moment, config.fittings);
  return [{ kind: 'contactor', closed: isClosed }, ...fitted, proximityOf(state, config)];
}

/** When the next thing of it moves; a slice must not blur it. */
export function outletDueAt({ movesAt, suppliedUntil, fittings }: OutletState, at: Milliseconds): Milliseconds {
  const goesAt = suppliedUntil !== null && suppliedUntil > at ? suppliedUntil : Infinity;
  return Math.min(movesAt ?? Infinity, goesAt, fittingsDueAt(fittings, at));
}

const NOTHING: readonly never[] = [];
/** Without a supply it drives nothing; this is what it drives when it comes back. */
const LET_GO: Pick<OutletState, 'pilot' | 'heartbeatAt' | 'isAlive' | 'isPowerAllowed'> = {
  pilot: { kind: 'X1' },
  heartbeatAt: null,
  isAlive: false,
  isPowerAllowed: false,
};
/** The coil falls when the 12 V are gone; what is stored apart from them is for the lock (behaviour.md 7). */
const STORED_ms: Milliseconds = 200;

function isDead({ suppliedUntil }: OutletState, at: Milliseconds): boolean {
  return suppliedUntil !== null && at >= suppliedUntil;
}

/** What a car makes of the line. One that disobeys reads more than is offered, but sees whether anything is. */
function seenBy(pilot: PilotOutput, faults: readonly PhysicalFault[]): PilotOutput {
  if (faults.includes('pilot-shorted') || faults.includes('pilot-negative')) return NO_PILOT;
  return pilot.kind === 'pwm' && faults.includes('car-disobeys') ? MOST_PILOT : pilot;
}
const NO_PILOT: PilotOutput = { kind: 'F' };
const MOST_PILOT: PilotOutput = { kind: 'pwm', duty_permille: dutyOf(HIGHEST_OFFER_dA) };

function isFailSafeDue({ heartbeatAt }: OutletState, at: Milliseconds, { failSafe_ms }: OutletConfig): boolean {
  return failSafe_ms !== null && heartbeatAt !== null && at - heartbeatAt >= failSafe_ms;
}

function moveContactor(
  { isClosed, movesAt, faults }: OutletState,
  isPowerAllowed: boolean,
  at: Milliseconds,
  { contactor_ms }: OutletConfig,
): Pick<OutletState, 'isClosed' | 'movesAt'> {
  if (isPowerAllowed === isClosed) return { isClosed, movesAt: null };
  if (faults.includes(isClosed ? 'contactor-welded' : 'contactor-stuck')) return { isClosed, movesAt: null };
  const late_ms = faults.includes('contactor-slow') ? SLOW_ms : 0;
  const arrivesAt = movesAt ?? at + contactor_ms + late_ms;
  return at >= arrivesAt ? { isClosed: isPowerAllowed, movesAt: null } : { isClosed, movesAt: arrivesAt };
}

/** Later than the core lets a feedback contact disagree. */
const SLOW_ms: Milliseconds = 700;
