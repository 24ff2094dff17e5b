// The small moves of which a 2.07 module's transitions are made (behaviour.md 2.2 and 2.3): into a state, into an error,
// onto the wire. Each is a function from state to state; what changes on the outputs is read off at the end of a step.
import { type ClassicOccasion, type ClassicRecord, isCurrentAvailable, regulate } from '@fairamp/balancing';
import type { Milliseconds } from '@fairamp/units';
import type { BusFrame, BusRequest, ModuleConfig, ModulePilotState, ModuleState } from './types.js';

/** After LESS_6A. */
const LESS_6A_DELAY_s = 60;
/** A share of which a module hears nothing more for so long is CT_NOCOMM. */
export const SILENCE_s = 10;

export function isSlave({ address }: ModuleConfig): boolean {
  return address > 0;
}

/** State A forces its outputs off, whatever was before. */
export function inA(state: ModuleState): ModuleState {
  return { ...state, pilotState: 'A', armed: null, askedAt: null, pwm_A: null, isClosed: false };
}

export function into(state: ModuleState, pilotState: ModulePilotState): ModuleState {
  return { ...state, pilotState, armed: null, askedAt: null };
}

/** NOCURRENT, which is LESS_6A by the next pass. */
export function refused(state: ModuleState): ModuleState {
  return { ...inA(state), error: 'less-6A', chargeDelay_s: LESS_6A_DELAY_s };
}

/** A slave asks itself too: it measures nothing and has nobody in its book, so it always finds current. */
export function isAvailable({ balance }: ModuleState, { settings }: ModuleConfig): boolean {
  return isCurrentAvailable(balance, settings);
}

/** min(MAX, cable), the cable as it was read when the car arrived. */
export function chargeCurrentOf({ cable_A }: ModuleState, { settings }: ModuleConfig): number {
  return Math.min(settings.max_A, cable_A);
}

export function regulated(state: ModuleState, { settings }: ModuleConfig, occasion: ClassicOccasion): ModuleState {
  const { cable_A } = state;
  return { ...state, balance: regulate(state.balance, { ...settings, cable_A }, occasion) };
}

export function sent(state: ModuleState, ...frames: readonly BusFrame[]): ModuleState {
  return { ...state, outbox: [...state.outbox, ...frames] };
}

/** Tells the master and waits in a state of its own, until an answer or the time for one has passed. */
export function asking(
  state: ModuleState,
  { request, at }: { readonly request: BusRequest; readonly at: Milliseconds },
  config: ModuleConfig,
): ModuleState {
  const wanted_A = request === 'connect' || request === 'charge' ? chargeCurrentOf(state, config) : 0;
  return sent({ ...state, askedAt: at }, { kind: 'request', address: config.address, request, wanted_A });
}

export function withRecord(state: ModuleState, address: number, change: Partial<ClassicRecord>): ModuleState {
  const records = state.balance.records.map((one, index) => (index === address ? { ...one, ...change } : one));
  return { ...state, balance: { ...state.balance, records } };
}

/** St of every module; their shares stay, and go on being broadcast (W15). */
export function withAllIdle(state: ModuleState): ModuleState {
  const records = state.balance.records.map((one) => ({ ...one, state: 'idle' as const }));
  return { ...state, balance: { ...state.balance, records } };
}
