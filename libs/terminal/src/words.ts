// From the words of the wire to the words of people: what a charge point does, and why it gets no more. Those for single
// becauses and faults are the simulator's too (units).
import { type SessionPhase } from '@fairamp/evse';
import { type Because, becauseWords, FAULT_WORDS, type Fault, NO_GRANT_WORDS } from '@fairamp/units';
import { type Ink } from './span.js';

/** What a charge point does, as its reports say it. */
export type SessionWord = SessionPhase;

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

export const SESSION_INKS: Readonly<Record<SessionWord, Ink>> = {
  idle: 'quiet',
  connected: 'warn',
  offering: 'plain',
  charging: 'good',
  stopping: 'warn',
  blocked: 'bad',
  denied: 'warn',
  stopped: 'warn',
};

/** What a latched fault waits for, beside being mended. */
const ENDS_WORDS: Readonly<Partial<Record<Fault, string>>> = {
  'residual-current': 'press its switch',
  contactor: 'until its car leaves; welded: until it is restarted',
  'over-current': 'until its car leaves',
  diode: 'until its car leaves',
  'lock-failed': 'until it obeys, or its car leaves',
};

/** By a person at the charge point. */
const HELD_BACK_WORDS = {
  denied: 'until its switch grants access',
  stopped: 'stopped by its switch, until unplugged or pressed again',
} as const;

export function whyOf(because: readonly Because[]): string {
  if (because.length === 0) return NO_GRANT_WORDS;
  return because.map(becauseWords).join('; ');
}

/** What stands with these is the master's to say. */
const OF_THE_LINK: readonly Fault[] = ['no-serial-com', 'no-current'];

export type Held = {
  readonly session: SessionWord;
  readonly faults: readonly Fault[];
  readonly because: readonly Because[];
};

/** The master's because, unless the charge point itself knows better: then that one is beside the point. */
export function whyItWaits({ session, faults, because }: Held): string {
  const [first] = faults.filter((fault) => !OF_THE_LINK.includes(fault));
  if (first !== undefined) return ENDS_WORDS[first] ?? '';
  return session === 'stopped' || session === 'denied' ? HELD_BACK_WORDS[session] : `because ${whyOf(because)}`;
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
