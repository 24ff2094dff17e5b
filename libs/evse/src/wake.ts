// A car that has been offered current for half a minute and never asked may sleep: a spell of -12 V wakes some
// (behaviour.md 13.1, version 2.15). It is tried a few times a car and never on one that has charged: that one has had
// enough. The session asks it for each offer.
import type { Milliseconds } from '@fairamp/units';
import { ASLEEP_ms, WAKE_ms, WAKES_MAX } from './timing.js';

export type Wake = {
  readonly tries: number;
  /** The spell lasts until then; null = none does. */
  readonly until: Milliseconds | null;
  /** It has asked since it came. */
  readonly hasAsked: boolean;
};

export const initialWake: Wake = { tries: 0, until: null, hasAsked: false };

type Moment = {
  readonly at: Milliseconds;
  readonly pilot: 'gone' | 'waits' | 'asks' | 'other';
  /** Since when PWM has been on; null = it is not. */
  readonly offeredSince: Milliseconds | null;
};

export function passWake(before: Wake, moment: Moment): Wake {
  const { at, pilot } = moment;
  if (pilot === 'gone') return isInitial(before) ? before : initialWake;
  if (pilot === 'asks' && !before.hasAsked) return { ...before, hasAsked: true, until: null };
  if (before.until !== null) return at < before.until ? before : { ...before, until: null };
  return isAsleep(before, moment) ? { ...before, tries: before.tries + 1, until: at + WAKE_ms } : before;
}

function isAsleep({ hasAsked, tries }: Wake, { at, pilot, offeredSince }: Moment): boolean {
  const lies = pilot === 'waits' && offeredSince !== null && at - offeredSince >= ASLEEP_ms;
  return lies && !hasAsked && tries < WAKES_MAX;
}

function isInitial({ tries, until, hasAsked }: Wake): boolean {
  return tries === 0 && until === null && !hasAsked;
}
