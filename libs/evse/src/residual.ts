// The residual-current monitor: its trip opens at once and stays until a person has acknowledged it with the input
// low; nothing else clears it (2.07 lost it to any other error). Where the board can make it trip, it is tested before
// a session, once a day. The session calls this with each reading; the trip itself belongs in hardware as well.
import type { Milliseconds } from '@fairamp/units';
import { LOOKED_AT_MOST_ms, RESIDUAL_SILENT_ms, RESIDUAL_TEST_ms, RESIDUAL_TESTED_ms } from './timing.js';
import type { EvseConfig } from './types.js';

export type Residual = {
  /** What its input says; null = never heard. */
  readonly tripped: boolean | null;
  /** For how long it was not heard although the board showed its pilot; at a start and after a board was away. */
  readonly unheard_ms: Milliseconds;
  readonly latched: boolean;
  readonly testedAt: Milliseconds | null;
  /** A test runs since; null = none. */
  readonly testingSince: Milliseconds | null;
  /** It tripped in this test. */
  readonly answered: boolean;
};

export const initialResidual: Residual = {
  tripped: null,
  unheard_ms: 0,
  latched: false,
  testedAt: null,
  testingSince: null,
  answered: false,
};

/** @param gap_ms since the sample before */
export function listened(before: Residual, gap_ms: Milliseconds): Residual {
  if (before.tripped !== null || before.unheard_ms >= RESIDUAL_SILENT_ms) return before;
  return { ...before, unheard_ms: before.unheard_ms + Math.min(gap_ms, LOOKED_AT_MOST_ms) };
}

/** Somebody who never heard it would wait for it without a word; it is over when it is heard. */
export function isMute({ tripped, unheard_ms }: Residual): boolean {
  return tripped === null && unheard_ms >= RESIDUAL_SILENT_ms;
}

/** It, and its board, must be heard anew. */
export function unheard(before: Residual): Residual {
  return { ...before, tripped: null, unheard_ms: 0, testingSince: null, answered: false };
}

export function senseResidual(before: Residual, tripped: boolean, at: Milliseconds): Residual {
  const heard = { ...before, tripped };
  if (before.testingSince === null) return tripped ? { ...heard, latched: true } : heard;
  if (tripped) return { ...heard, answered: true };
  return before.answered ? { ...heard, testedAt: at, testingSince: null, answered: false } : heard;
}

/** A test that is not over in time has failed: it never tripped, or it does not let go, which may be a true trip. */
export function timeTest(before: Residual, at: Milliseconds): Residual {
  if (before.testingSince === null || at - before.testingSince < RESIDUAL_TEST_ms) return before;
  return { ...before, latched: true, testingSince: null, answered: false };
}

export function isTestDue(residual: Residual, at: Milliseconds, config: EvseConfig): boolean {
  if (config.residual !== 'tested' || residual.tripped !== false) return false;
  return residual.testingSince === null && !residual.latched && !isTested(residual, at);
}

export function testing(residual: Residual, at: Milliseconds): Residual {
  return { ...residual, testingSince: at, answered: false };
}

export function acknowledged(residual: Residual): Residual {
  return residual.latched && residual.tripped === false ? { ...residual, latched: false } : residual;
}

/** Heard, quiet, and seen to work where that can be seen. */
export function isReady(residual: Residual, at: Milliseconds, config: EvseConfig): boolean {
  if (config.residual === 'disabled') return true;
  const isQuiet = residual.tripped === false && !residual.latched && residual.testingSince === null;
  return isQuiet && (config.residual === 'monitored' || isTested(residual, at));
}

function isTested({ testedAt }: Residual, at: Milliseconds): boolean {
  return testedAt !== null && at - testedAt < RESIDUAL_TESTED_ms;
}
