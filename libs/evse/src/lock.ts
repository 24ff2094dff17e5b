// The plug's lock: what was asked of its actuator, what its feedback contact says, and whether that agrees. The
// session drives it in each step. It is confirmed before the contactor closes and never opens under a closed one (I14);
// a fixed cable has no plug, so nothing is driven.
import type { Milliseconds } from '@fairamp/units';
import { LOCK_PULSE_ms, LOCK_READ_ms, LOCK_RETRY_ms, LOCK_TRIES_MAX } from './timing.js';
import type { EvseCommand, EvseConfig, LockState } from './types.js';

export type Lock = {
  readonly wanted: LockState;
  /** null = its feedback was never heard. */
  readonly sensed: LockState | null;
  /** Pulses toward what is wanted since it is wanted. */
  readonly pulses: number;
  readonly pulsedAt: Milliseconds;
};

/** As a start leaves it: the first pulse opens (the boot pulse of behaviour.md 7). */
export function initialLock(at: Milliseconds): Lock {
  return { wanted: 'unlocked', sensed: null, pulses: 0, pulsedAt: at };
}

export function hasLock({ connector, lock }: EvseConfig): boolean {
  return connector === 'socket' && lock.actuator !== 'none';
}

/** A solenoid's contact pulls terminal B low when it is locked, a motor's lets it go high (behaviour.md 7). */
export function senseLock(lock: Lock, high: boolean, { lock: { actuator } }: EvseConfig): Lock {
  const sensed = high === (actuator === 'motor') ? 'locked' : 'unlocked';
  return lock.sensed === sensed ? lock : { ...lock, sensed };
}

export type Driven = { readonly lock: Lock; readonly commands: readonly EvseCommand[] };

/** @param mayUnlock the contactor is known to be open */
export function drive(
  lock: Lock,
  wanted: LockState,
  { at, mayUnlock }: { readonly at: Milliseconds; readonly mayUnlock: boolean },
  config: EvseConfig,
): Driven {
  const turned = lock.wanted === wanted ? lock : { ...lock, wanted, pulses: 0 };
  const isAllowed = wanted === 'locked' || mayUnlock;
  return isAllowed && isPulseDue(turned, at) ? pulsed(turned, at, config) : { lock: turned, commands: [] };
}

/** The first always, since what was sensed may be a broken wire; then while it does not obey. */
function isPulseDue(lock: Lock, at: Milliseconds): boolean {
  if (lock.pulses === 0) return true;
  return lock.sensed !== lock.wanted && lock.pulses < LOCK_TRIES_MAX && at - lock.pulsedAt >= LOCK_RETRY_ms;
}

function pulsed(lock: Lock, at: Milliseconds, { lock: { actuator, swapped } }: EvseConfig): Driven {
  const other = lock.wanted === 'locked' ? 'unlocked' : 'locked';
  const toward = swapped ? other : lock.wanted;
  const for_ms = LOCK_PULSE_ms[actuator === 'motor' ? 'motor' : 'solenoid'];
  return {
    lock: { ...lock, pulses: lock.pulses + 1, pulsedAt: at },
    commands: [{ kind: 'pulse-lock', toward, for_ms }],
  };
}

/** Locked and seen to be, after its pulse. A charge point without one needs none. */
export function isLocked(lock: Lock, at: Milliseconds, config: EvseConfig): boolean {
  if (!hasLock(config)) return true;
  const isRead = lock.pulses > 0 && at - lock.pulsedAt >= readAfter(config);
  return lock.wanted === 'locked' && lock.sensed === 'locked' && isRead;
}

/** It was pulsed as often as may be and does not obey. */
export function hasFailed(lock: Lock, at: Milliseconds, config: EvseConfig): boolean {
  const isExhausted = lock.pulses >= LOCK_TRIES_MAX && at - lock.pulsedAt >= readAfter(config);
  return hasLock(config) && isExhausted && lock.sensed !== lock.wanted;
}

/** A person stands before it: it may try as often again. */
export function retried(lock: Lock): Lock {
  return { ...lock, pulses: 0 };
}

function readAfter({ lock: { actuator } }: EvseConfig): Milliseconds {
  return LOCK_READ_ms[actuator === 'motor' ? 'motor' : 'solenoid'];
}
