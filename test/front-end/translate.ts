// Between files and the plant's outlet, in both directions, as pure functions: what the outlet tells its board becomes
// levels and counts of the converter, what a program drives becomes the outlet's commands. The physics are the plant's.
import type { PlantLine } from '@fairamp/board';
import type { LockState, PilotOutput } from '@fairamp/evse';
import type { FittingsConfig } from '@fairamp/simulation';
import type { Millivolts, Permille } from '@fairamp/units';
import {
  channelKey,
  countsOf,
  lineKey,
  outputsOf,
  pilotCounts,
  proximityCounts,
  type Lock,
  type Signal,
  type Wiring,
} from './wiring.js';

/** Key -> level or count. */
export type Settings = Readonly<Record<string, number>>;

/** Peak levels on the pilot; low null: it is steady, and both peaks are one. */
export type Peaks = { readonly high_mV: Millivolts; readonly low_mV: Millivolts | null };

export function fittingsOf({ lock, access, residual, temperature }: Wiring): FittingsConfig {
  return {
    lock: lock.kind === 'solenoid' ? 'solenoid' : 'motor',
    hasSwitch: access !== undefined,
    residual: residual.test === undefined ? 'monitored' : 'tested',
    hasThermometer: temperature !== undefined,
  };
}

/** What hangs on a board that drives nothing yet: its outputs are pulled to where they are off. */
export function restingSettings(wiring: Wiring): Settings {
  const resets = [wiring.pilot.positive.reset, wiring.pilot.negative.reset];
  return Object.assign({}, ...[...outputsOf(wiring), ...resets].map((signal) => level(signal, false))) as Settings;
}

export function pilotSettings(wiring: Wiring, { high_mV, low_mV }: Peaks): Settings {
  const { positive, negative } = wiring.pilot;
  return {
    [channelKey(wiring, positive.channel)]: pilotCounts(wiring, high_mV),
    [channelKey(wiring, negative.channel)]: pilotCounts(wiring, low_mV ?? high_mV),
  };
}

/** What the files show of one thing that the outlet tells; the pilot has more to it (pilotSettings). */
export function settingsOf(wiring: Wiring, line: PlantLine): Settings {
  switch (line.kind) {
    case 'proximity':
      return { [channelKey(wiring, wiring.proximity.channel)]: proximityCounts(wiring, line.ohm) };
    case 'contactor':
      return level(wiring.contactor.feedback, line.closed);
    case 'lock':
      return lockSettings(wiring, line.high);
    case 'switch':
      return level(wiring.access, line.pressed);
    case 'residual':
      return level(wiring.residual.fault, line.tripped);
    case 'temperature':
      return temperatureSettings(wiring, line.celsius);
    case 'supply':
      return supplySettings(wiring, line.failing);
    case 'sample':
    case 'draw':
      return {};
  }
}

/** Terminal B is high when a motor's bolt is out, and when a solenoid's is in (behaviour.md 7). */
function lockSettings(wiring: Wiring, high: boolean): Settings {
  const { lock } = wiring;
  if (lock.kind === 'solenoid') return level(lock.locked, !high);
  const { channel, locked_mV, unlocked_mV } = lock.feedback;
  return { [channelKey(wiring, channel)]: countsOf(wiring, high ? locked_mV : unlocked_mV) };
}

const SUPPLY_mV: Millivolts = 12_000;
/** Below what any lock would try with. */
const FAILING_mV: Millivolts = 5000;

function supplySettings(wiring: Wiring, failing: boolean): Settings {
  const { supply } = wiring;
  if (supply === undefined) return {};
  return { [channelKey(wiring, supply.channel)]: countsOf(wiring, (failing ? FAILING_mV : SUPPLY_mV) / supply.scale) };
}

function temperatureSettings({ temperature }: Wiring, celsius: number): Settings {
  return temperature === undefined ? {} : { [`hwmon:${temperature.name}`]: celsius * 1000 };
}

function level(signal: Signal | undefined, isSo: boolean): Settings {
  return signal === undefined ? {} : { [lineKey(signal)]: isSo ? signal.active : 1 - signal.active };
}

/** The duty says it all: always high is X1, never is F; a driver that is off drives neither, and a car reads nothing. */
export function outputOf(high_permille: Permille, isDriven: boolean): PilotOutput {
  if (!isDriven || high_permille <= 0) return { kind: 'F' };
  return high_permille >= 1000 ? { kind: 'X1' } : { kind: 'pwm', duty_permille: high_permille };
}

/** Which way a lock is driven by its two lines; both at once is a brake. */
export function drivenToward(lock: Lock, levels: ReadonlyMap<string, number>): LockState | null {
  const [toLock, toUnlock] = [isActive(lock.toLock, levels), isActive(lock.toUnlock, levels)];
  if (toLock === toUnlock) return null;
  return toLock ? 'locked' : 'unlocked';
}

export function isActive(signal: Signal | undefined, levels: ReadonlyMap<string, number>): boolean {
  return signal !== undefined && levels.get(lineKey(signal)) === signal.active;
}
