// What is watched over time beside the pilot: temperature, the draw against the grant, and whether there is any current
// at all. Each is a few facts from which faults.ts derives its fault; one function an event.
import { PHASES, type Deciamps, type Milliseconds, type PerPhase } from '@fairamp/units';
import { OVER_CURRENT_ms, RETRY_ms, TRIED_ms } from './timing.js';

/** most_dA: what it might draw then; a car that has come down to that follows, and gets as long for the next cut. */
type Over = { readonly since: Milliseconds; readonly most_dA: Deciamps };

export type Watches = {
  /** From 65 degrees on, until below 55 (quick manual 2.07). */
  readonly hot: boolean;
  /** The car draws more than it may; null = it does not. */
  readonly over: Over | null;
  /** It did so for too long; until it is gone. */
  readonly overCurrent: boolean;
  /** Since when the newest NO CURRENT stands; null = none has come since the car did, or current has. */
  readonly noCurrentAt: Milliseconds | null;
};

export const initialWatches: Watches = {
  hot: false,
  over: null,
  overCurrent: false,
  noCurrentAt: null,
};

const HOT_celsius = 65;
const COOL_celsius = 55;

export function senseTemperature(watches: Watches, celsius: number): Watches {
  const hot = watches.hot ? !(celsius < COOL_celsius) : !(celsius < HOT_celsius);
  return hot === watches.hot ? watches : { ...watches, hot };
}

/** A meter's half ampere, and a tenth of the grant for a car's own tolerance. */
export function mostOf(granted_dA: Deciamps): Deciamps {
  return granted_dA + granted_dA / 10 + 5;
}

/** @param most_dA null = the contactor is open, and what is metered is no car's */
export function meterOver(
  watches: Watches,
  draw_dA: PerPhase<Deciamps>,
  most_dA: Deciamps | null,
  at: Milliseconds,
): Watches {
  if (most_dA === null || !isAbove(draw_dA, most_dA))
    return watches.over === null ? watches : { ...watches, over: null };
  if (watches.over !== null && isAbove(draw_dA, watches.over.most_dA)) return watches;
  return { ...watches, over: { since: at, most_dA } };
}

function isAbove(draw_dA: PerPhase<Deciamps>, most_dA: Deciamps): boolean {
  return PHASES.some((phase) => draw_dA[phase] > most_dA);
}

type Moment = {
  readonly at: Milliseconds;
  readonly isCarGone: boolean;
  /** The master says that there is not enough even for this one car. */
  readonly isShort: boolean;
};

/** What time alone changes: called in each step, after the event was heard. */
export function pass(before: Watches, moment: Moment): Watches {
  const { hot, over } = before;
  if (moment.isCarGone) return hasAny(before) ? { ...initialWatches, hot } : before;
  const overCurrent = before.overCurrent || (over !== null && moment.at - over.since >= OVER_CURRENT_ms);
  const noCurrentAt = noCurrent(before.noCurrentAt, moment);
  const isSame = overCurrent === before.overCurrent && noCurrentAt === before.noCurrentAt;
  return isSame ? before : { hot, over, overCurrent, noCurrentAt };
}

/** It stands for its 60 s whatever is said meanwhile; then the master has a moment to find current for it. */
function noCurrent(since: Milliseconds | null, { at, isShort }: Moment): Milliseconds | null {
  if (since === null) return isShort ? at : null;
  if (at - since < RETRY_ms) return since;
  if (!isShort) return null;
  return at - since >= RETRY_ms + TRIED_ms ? at : since;
}

/** When it tries again; null = NO CURRENT does not stand. */
export function retriesAt({ noCurrentAt }: Watches, at: Milliseconds): Milliseconds | null {
  return noCurrentAt !== null && at - noCurrentAt < RETRY_ms ? noCurrentAt + RETRY_ms : null;
}

function hasAny({ over, overCurrent, noCurrentAt }: Watches): boolean {
  return over !== null || overCurrent || noCurrentAt !== null;
}
