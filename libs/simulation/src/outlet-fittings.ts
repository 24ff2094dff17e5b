// What a charge point may be fitted with beside pilot and contactor: the plug's lock (terminals R W B), the switch (SW),
// the residual-current monitor (IO3), a thermometer, and a supply that stores enough for one pulse of the lock. The
// outlet steps it, and lays the board's commands on it; an outlet without fittings has none of this and no events of it.
import type { EvseConfig, Indicator, LockState } from '@fairamp/evse';
import type { Milliseconds } from '@fairamp/units';
import type { PhysicalFault } from './physical-faults.js';

export type FittingsConfig = {
  readonly lock: EvseConfig['lock']['actuator'];
  readonly hasSwitch: boolean;
  /** disabled: there is no monitor. tested: the board can make it trip. */
  readonly residual: EvseConfig['residual'];
  readonly hasThermometer: boolean;
};

export type FittingsEvent =
  /** The level at terminal B. */
  | { readonly kind: 'lock'; readonly high: boolean }
  | { readonly kind: 'switch'; readonly pressed: boolean }
  | { readonly kind: 'residual'; readonly tripped: boolean }
  | { readonly kind: 'temperature'; readonly celsius: number }
  | { readonly kind: 'supply'; readonly failing: boolean };

export type FittingsCommand =
  | { readonly kind: 'lock'; readonly toward: LockState; readonly for_ms: Milliseconds }
  | { readonly kind: 'test-residual' }
  | { readonly kind: 'indicator'; readonly indicator: Indicator }
  /** A finger on the switch, or off it. */
  | { readonly kind: 'press'; readonly pressed: boolean };

/** What a board can sense of it now; null = there is no such thing. */
type Senses = {
  readonly high: boolean | null;
  readonly pressed: boolean | null;
  readonly tripped: boolean | null;
  readonly celsius: number | null;
  readonly failing: boolean | null;
};

export type Fittings = {
  /** Where the bolt truly is. */
  readonly bolt: LockState;
  /** A pulse runs that moves the bolt then. */
  readonly pulse: { readonly toward: LockState; readonly movesAt: Milliseconds } | null;
  readonly isPressed: boolean;
  /** The monitor trips from then, until then. */
  readonly test: { readonly from: Milliseconds; readonly until: Milliseconds } | null;
  /** What was stored is spent on the pulse of a power failure. */
  readonly isSpent: boolean;
  /** What the LED shows. */
  readonly indicator: Indicator;
  /** null = nothing yet. */
  readonly told: Senses | null;
};

/** The bolt and the finger stay as they are when a supply goes; these are as they are found. */
export const INITIAL_FITTINGS: Fittings = {
  bolt: 'unlocked',
  pulse: null,
  isPressed: false,
  test: null,
  isSpent: false,
  indicator: 'off',
  told: null,
};

/** From the beginning of a pulse until the bolt has moved; a shorter pulse does not move it. */
const BOLT_MOVES_ms: Milliseconds = 100;
/** From the test line until a monitor trips, and how long it holds: within the 2 s that the core gives it. */
const TEST_TRIPS_ms: Milliseconds = 50;
const TEST_HOLDS_ms: Milliseconds = 300;
const WARM_celsius = 25;
const HOT_celsius = 70;

export function commandFittings(fittings: Fittings, at: Milliseconds, command: FittingsCommand): Fittings {
  switch (command.kind) {
    case 'lock':
      return { ...fittings, pulse: command.for_ms < BOLT_MOVES_ms ? null : pulseOf(command.toward, at) };
    case 'test-residual':
      return { ...fittings, test: { from: at + TEST_TRIPS_ms, until: at + TEST_TRIPS_ms + TEST_HOLDS_ms } };
    case 'indicator':
      return { ...fittings, indicator: command.indicator };
    case 'press':
      return { ...fittings, isPressed: command.pressed };
  }
}

function pulseOf(toward: LockState, at: Milliseconds): Fittings['pulse'] {
  return { toward, movesAt: at + BOLT_MOVES_ms };
}

export type FittingsMoment = {
  readonly at: Milliseconds;
  readonly isClosed: boolean;
  /** The supply is gone, and with it everything but what it has stored. */
  readonly isDead: boolean;
  readonly faults: readonly PhysicalFault[];
};

export type FittingsStep = { readonly fittings: Fittings; readonly events: readonly FittingsEvent[] };

const NOTHING: readonly FittingsEvent[] = [];

/** Nothing is built while nothing changes: it runs twenty times a second. */
export function stepFittings(before: Fittings, moment: FittingsMoment, config: FittingsConfig): FittingsStep {
  const moved = letGo(moveBolt(endTest(before, moment), moment), moment);
  if (moment.isDead) return { fittings: moved.told === null ? moved : { ...moved, told: null }, events: NOTHING };
  const senses = sensesOf(moved, moment, config);
  if (moved.told !== null && isSame(moved.told, senses)) return { fittings: moved, events: NOTHING };
  return { fittings: { ...moved, told: senses }, events: differences(moved.told, senses) };
}

/** All that a board can sense of it now. */
export function fittingsEvents(
  fittings: Fittings,
  moment: FittingsMoment,
  config: FittingsConfig,
): readonly FittingsEvent[] {
  return moment.isDead ? NOTHING : differences(null, sensesOf(fittings, moment, config));
}

/** When the next thing in it moves. */
export function fittingsDueAt({ pulse, test }: Fittings, at: Milliseconds): Milliseconds {
  const testAt = test === null ? Infinity : at < test.from ? test.from : test.until;
  return Math.min(pulse?.movesAt ?? Infinity, testAt);
}

function endTest(fittings: Fittings, { at, isDead }: FittingsMoment): Fittings {
  const { test } = fittings;
  return test !== null && (isDead || at >= test.until) ? { ...fittings, test: null } : fittings;
}

function moveBolt(fittings: Fittings, { at, faults }: FittingsMoment): Fittings {
  const { pulse } = fittings;
  if (pulse === null || at < pulse.movesAt) return fittings;
  if (faults.includes('lock-jammed')) return { ...fittings, pulse: null };
  const isReversed = faults.includes('lock-swapped');
  return { ...fittings, pulse: null, bolt: isReversed ? other(pulse.toward) : pulse.toward };
}

function other(toward: LockState): LockState {
  return toward === 'locked' ? 'unlocked' : 'locked';
}

/** One pulse of what was stored, once nothing flows any more: nobody's cable stays behind in the dark (behaviour.md 14). */
function letGo(fittings: Fittings, { at, isClosed, isDead }: FittingsMoment): Fittings {
  if (!isDead) return fittings.isSpent ? { ...fittings, isSpent: false } : fittings;
  return isClosed || fittings.isSpent ? fittings : { ...fittings, isSpent: true, pulse: pulseOf('unlocked', at) };
}

function sensesOf(fittings: Fittings, moment: FittingsMoment, config: FittingsConfig): Senses {
  const { faults } = moment;
  return {
    // A solenoid's contact pulls the level low when it is locked, a motor's lets it go high (behaviour.md 7).
    high: config.lock === 'none' ? null : (fittings.bolt === 'locked') === (config.lock === 'motor'),
    pressed: config.hasSwitch ? fittings.isPressed : null,
    tripped: config.residual === 'disabled' ? null : isTripped(fittings, moment, config),
    celsius: config.hasThermometer ? (faults.includes('too-hot') ? HOT_celsius : WARM_celsius) : null,
    failing: faults.includes('supply-failing'),
  };
}

/** An input that hangs in the air is pulled up, and reads tripped. */
function isTripped(
  { test }: Fittings,
  { at, isClosed, faults }: FittingsMoment,
  { residual }: FittingsConfig,
): boolean {
  if (faults.includes('residual-wire')) return true;
  if (faults.includes('residual-deaf')) return false;
  const isTested = residual === 'tested' && test !== null && at >= test.from;
  return isTested || (isClosed && faults.includes('residual-current'));
}

function isSame(one: Senses, other: Senses): boolean {
  return (
    one.high === other.high &&
    one.pressed === other.pressed &&
    one.tripped === other.tripped &&
    one.celsius === other.celsius &&
    one.failing === other.failing
  );
}

function differences(before: Senses | null, senses: Senses): FittingsEvent[] {
  const { high, pressed, tripped, celsius, failing } = senses;
  const told = before ?? UNTOLD;
  const events: FittingsEvent[] = [];
  if (isNews(high, told.high)) events.push({ kind: 'lock', high });
  if (isNews(pressed, told.pressed)) events.push({ kind: 'switch', pressed });
  if (isNews(tripped, told.tripped)) events.push({ kind: 'residual', tripped });
  if (isNews(celsius, told.celsius)) events.push({ kind: 'temperature', celsius });
  if (isNews(failing, told.failing)) events.push({ kind: 'supply', failing });
  return events;
}

const UNTOLD: Senses = { high: null, pressed: null, tripped: null, celsius: null, failing: null };

function isNews<T>(now: T | null, told: T | null): now is T {
  return now !== null && now !== told;
}
