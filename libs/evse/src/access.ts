// Who may charge, and who said stop: the switch at terminal SW. It grants (setting ACCESS), or it stops. The session
// asks; a stop ends softly, as nothing is wrong (behaviour.md 13.1: not under load as in 2.07).
import type { Milliseconds } from '@fairamp/units';
import { SWITCH_BOUNCE_ms } from './timing.js';
import type { EvseConfig } from './types.js';

export type Access = {
  /** null = never heard. */
  readonly pressed: boolean | null;
  readonly changedAt: Milliseconds;
  /** By a momentary switch; off after every start (behaviour.md 14 row 6). */
  readonly granted: boolean;
  /** Stopped by the switch since; null = not. Ends when the car is unplugged, or the switch is pressed again. */
  readonly stoppedAt: Milliseconds | null;
};

export function initialAccess(at: Milliseconds): Access {
  return { pressed: null, changedAt: at, granted: false, stoppedAt: null };
}

/** A press is a change from released; what is found pressed at the start has been so for long. */
export function isPress(access: Access, pressed: boolean, at: Milliseconds): boolean {
  return pressed && access.pressed === false && at - access.changedAt >= SWITCH_BOUNCE_ms;
}

/** @param means what a press is for now; nothing when it has acknowledged a fault */
export function hearSwitch(
  access: Access,
  { pressed, at }: { readonly pressed: boolean; readonly at: Milliseconds },
  means: 'grant' | 'stop' | 'nothing',
): Access {
  const known = pressed === access.pressed ? access : { ...access, pressed, changedAt: at };
  if (means === 'nothing' || !isPress(access, pressed, at)) return known;
  if (means === 'grant') return { ...known, granted: !access.granted };
  return { ...known, stoppedAt: access.stoppedAt === null ? at : null };
}

export function isGranted({ granted, pressed }: Access, { access }: EvseConfig): boolean {
  if (access === 'disabled') return true;
  return access === 'momentary' ? granted : pressed === true;
}

export function isStopped({ stoppedAt }: Access, at: Milliseconds, { stopRestart_s }: EvseConfig): boolean {
  return stoppedAt !== null && (stopRestart_s === 0 || at - stoppedAt < stopRestart_s * 1000);
}

/** When a stop is over by itself; null = never, or there is none. */
export function restartsAt({ stoppedAt }: Access, { stopRestart_s }: EvseConfig): Milliseconds | null {
  return stoppedAt === null || stopRestart_s === 0 ? null : stoppedAt + stopRestart_s * 1000;
}
