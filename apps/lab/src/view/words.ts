// From the words of the wire to the words of people. Those for becauses and faults are the simulator's too (units).
import { type Because, becauseWords, FAULT_WORDS, type Fault, NO_GRANT_WORDS } from '@fairamp/units';
import { type SessionWord } from './snapshot.js';

export const SESSION_WORDS: Readonly<Record<SessionWord, string>> = {
  idle: 'no car',
  connected: 'connected',
  offering: 'offering',
  charging: 'charging',
  stopping: 'stopping',
  blocked: 'blocked',
  denied: 'no access',
  stopped: 'stopped',
};

/** What a latched fault waits for, beside being mended. */
export const ENDS_WORDS: Readonly<Partial<Record<Fault, string>>> = {
  'residual-current': 'press its switch',
  contactor: 'until its car leaves; welded: until it is restarted',
  'over-current': 'until its car leaves',
  diode: 'until its car leaves',
  'lock-failed': 'until it obeys, or its car leaves',
};

/** By a person at the charge point. */
export const HELD_BACK_WORDS = {
  denied: 'until its switch grants access',
  stopped: 'stopped by its switch, until unplugged or pressed again',
} as const;

export function whyOf(because: readonly Because[]): string {
  if (because.length === 0) return NO_GRANT_WORDS;
  return because.map(becauseWords).join('; ');
}

export function faultsOf(faults: readonly Fault[]): string {
  return faults.map((fault) => FAULT_WORDS[fault]).join(', ');
}

/** 72.4 becomes `00:01:12`. */
export function clockOf(seconds: number): string {
  const whole = Math.floor(seconds);
  const parts = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  return parts.map((part) => String(part).padStart(2, '0')).join(':');
}
