// What is known of the contactor: what was commanded, what its feedback contact says, and since when the two disagree.
// The session commands it; nothing here decides. A disagreement counts only while samples arrive, because they come
// the same way as the feedback: a board or a process that stands still is not a welded contactor.
import type { Milliseconds } from '@fairamp/units';
import { CONTACTOR_TRAVEL_ms, FEEDBACK_ms, LOOKED_AT_MOST_ms } from './timing.js';
import type { EvseConfig } from './types.js';

export type ContactorState = {
  readonly wanted: 'open' | 'closed';
  readonly commandedAt: Milliseconds;
  /** The start counts as a closing: the process before may have done it (io.md 1.2). */
  readonly closedAt: Milliseconds;
  /** null = its feedback was never heard. */
  readonly feedback: 'open' | 'closed' | null;
  /** For how long feedback and command have disagreed under somebody's eyes; null = they agree. */
  readonly doubt_ms: Milliseconds | null;
  /** The board opened it by itself after it had closed. */
  readonly dropped: boolean;
  /** stuck: commanded closed, stays open; until the car is gone. welded: commanded open, stays closed; for good (I12). */
  readonly fault: 'none' | 'stuck' | 'welded';
};

export function initialContactor(at: Milliseconds): ContactorState {
  return {
    wanted: 'open',
    commandedAt: at,
    closedAt: at,
    feedback: null,
    doubt_ms: 0,
    dropped: false,
    fault: 'none',
  };
}

export function command(contactor: ContactorState, wanted: 'open' | 'closed', at: Milliseconds): ContactorState {
  const closedAt = wanted === 'closed' ? at : contactor.closedAt;
  return { ...contactor, wanted, commandedAt: at, closedAt, doubt_ms: 0, dropped: false };
}

export function confirm(contactor: ContactorState, closed: boolean): ContactorState {
  const feedback = closed ? 'closed' : 'open';
  if (feedback === contactor.wanted) return { ...contactor, feedback, doubt_ms: null };
  const hadClosed = contactor.wanted === 'closed' && contactor.feedback === 'closed';
  return { ...contactor, feedback, doubt_ms: contactor.doubt_ms ?? 0, dropped: contactor.dropped || hadClosed };
}

/** @param gap_ms since the sample before */
export function looked(contactor: ContactorState, gap_ms: Milliseconds, config: EvseConfig): ContactorState {
  if (!config.contactorFeedback || contactor.doubt_ms === null) return contactor;
  const doubt_ms = contactor.doubt_ms + Math.min(gap_ms, LOOKED_AT_MOST_ms);
  if (doubt_ms < FEEDBACK_ms) return { ...contactor, doubt_ms };
  // Commanded to and fro before it had moved: what was heard last is still so.
  if (contactor.feedback === contactor.wanted) return { ...contactor, doubt_ms: null };
  // Silence blocks, but proves no weld.
  if (contactor.feedback === null) return { ...contactor, doubt_ms };
  return { ...contactor, doubt_ms, fault: contactor.wanted === 'open' ? 'welded' : 'stuck' };
}

/** A car that is gone ends what its session had begun, a weld it does not end. */
export function unplugged(contactor: ContactorState): ContactorState {
  return contactor.fault === 'stuck' ? { ...contactor, fault: 'none' } : contactor;
}

export function isFaulty(contactor: ContactorState): boolean {
  const silent = contactor.feedback === null && (contactor.doubt_ms ?? 0) >= FEEDBACK_ms;
  return silent || contactor.fault !== 'none';
}

/** Known to be open; the safe reading of a doubt is closed. */
export function isOpen(contactor: ContactorState, at: Milliseconds, config: EvseConfig): boolean {
  if (contactor.wanted === 'closed') return false;
  if (!config.contactorFeedback) return at - contactor.commandedAt >= CONTACTOR_TRAVEL_ms;
  return contactor.feedback === 'open' && contactor.doubt_ms === null;
}
