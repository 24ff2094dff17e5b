// When a 2.07 master or lone module regulates, and what it then does with the result (behaviour.md 5.4): on each frame of
// the Sensorbox in Smart mode, on each second tick in Normal mode. Only here does a share reach a pilot or the wire.
import { inA, refused, regulated, sent, SILENCE_s, withAllIdle } from './standing.js';
import type { ModuleConfig, ModuleState } from './types.js';

/** As delivered: a count is 0.3 A. */
const GAIN = 3;
/** The third run in a row in which not everyone's MIN fitted. */
const NO_CURRENT_MOST = 2;

/** A frame of the Sensorbox, on a module that measures by it. */
export function measured(before: ModuleState, counts: readonly number[], config: ModuleConfig): ModuleState {
  const { settings } = config;
  const measured_dA = Math.max(0, ...counts.slice(0, 3).map(deciampsOf));
  const fresh = { ...before, balance: { ...before.balance, measured_dA } };
  const error = before.error === 'no-serial-com' ? 'none' : before.error;
  const state = { ...regulated(fresh, config, 'periodic'), error, silentIn_s: SILENCE_s };
  const isOver = state.balance.noCurrent > NO_CURRENT_MOST || measured_dA > 20 * settings.mains_A;
  return isOver ? stopAll(state) : told(state, settings.loadbl === 'master');
}

/** Each second tick in Normal mode. */
export function dedicated(before: ModuleState, config: ModuleConfig): ModuleState {
  const state = regulated(before, config, 'periodic');
  return told({ ...state, silentIn_s: SILENCE_s }, config.settings.loadbl === 'master');
}

/** Truncated; as 32 bit floats, or 25 A would now and then be 24.9 A. Nothing below zero, and no NaN, is ever the largest. */
function deciampsOf(count: number): number {
  const exact = Math.fround(Math.fround(count) * GAIN);
  return exact > 0 ? Math.trunc(exact) : 0;
}

/** One broadcast that nobody acknowledges (W16), also from a lone module; all stop, whoever was enough (W11). */
function stopAll(state: ModuleState): ModuleState {
  const stopped = withAllIdle(refused(inA(state)));
  return sent({ ...stopped, balance: { ...stopped.balance, noCurrent: 0 } }, { kind: 'stop', error: 'less-6A' });
}

function told(state: ModuleState, isMaster: boolean): ModuleState {
  const shares_A = state.balance.records.map(({ share_A }) => share_A);
  const offers = state.pilotState === 'B' || state.pilotState === 'C';
  const offering = offers ? { ...state, pwm_A: shares_A[0] ?? 0 } : state;
  return isMaster ? sent(offering, { kind: 'shares', shares_A: shares_A.slice(1) }) : offering;
}
