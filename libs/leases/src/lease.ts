// The slave's side of the one safety idea: a charge point may offer current only while it holds an unexpired lease,
// timed on its own monotonic clock. Runs in the process that holds the contactor. A refused grant leaves no trace but
// its count and reason; the safe answer (nothing held) is what every doubt falls back to.
import type { Because, Deciamps, Milliseconds } from '@fairamp/units';
import { compareGrants, type GrantId } from './order.js';
import { LEASE_SHORTENING_ms, LONGEST_LEASE_ms } from './timing.js';

export type Offer = GrantId & {
  /** The master's id: Normal mode binds to one. */
  readonly from: string;
  readonly echo: { readonly boot: string; readonly seq: number; readonly t: Milliseconds };
  readonly limit_dA: Deciamps;
  readonly validFor_ms: Milliseconds;
  readonly raise: boolean;
  readonly because: readonly Because[];
};

export type Held = GrantId & { readonly limit_dA: Deciamps; readonly endsAt: Milliseconds };

export const REFUSALS = [
  'retained',
  'other-boot',
  'echo-from-the-future',
  'expired',
  'valid-for-too-long',
  'not-newer',
  'limit-out-of-range',
  'other-master',
  'changes-nothing',
] as const;
export type Refusal = (typeof REFUSALS)[number];

export type LeaseState = {
  readonly boot: string;
  /** Newest accepted in this boot. null before the first: then `endsAt` is that of the start, a lease of 0 A. */
  readonly accepted: Held | null;
  readonly endsAt: Milliseconds;
  /** Newest grant that the outputs obey; stays after its end, null only before the first. */
  readonly obeyed: Held | null;
  readonly because: readonly Because[];
  readonly refused: Readonly<Partial<Record<Refusal, number>>>;
};

export type LeaseConfig = {
  /** Normal mode: the only master that is obeyed; null in Smart mode, where the bridge is the arbiter. */
  readonly pairedMaster: string | null;
};

/** What the charge point's outputs do, as far as obeying is concerned. */
export type Outputs = {
  readonly offered_dA: Deciamps;
  /** The board has been seen to do what it was told; a command into a dead socket lowers nothing. */
  readonly confirmed: boolean;
  readonly stopping: boolean;
  readonly contactorOpen: boolean;
};

export type Verdict = { readonly accepted: true } | { readonly accepted: false; readonly refusal: Refusal };

/** Rule 5: a start counts as a lease of 0 A that ends T later. */
export function initialLease(boot: string, at: Milliseconds): LeaseState {
  return { boot, accepted: null, endsAt: at + LONGEST_LEASE_ms, obeyed: null, because: [], refused: {} };
}

/** What the charge point may offer at this moment: 0 from the lease's end on, and before the first (leases.md B8). */
export function heldLimit(state: LeaseState, at: Milliseconds): Deciamps {
  if (state.accepted === null || at >= state.endsAt) return 0;
  return state.accepted.limit_dA;
}

/** Nobody has renewed the lease, not even one of 0 A: ERROR NO SERIAL COM. */
export function isSilent(state: LeaseState, at: Milliseconds): boolean {
  return at >= state.endsAt;
}

/** Rule 3. `at` is read when the message is processed, never when it was received. */
export function offerGrant(
  state: LeaseState,
  grant: Offer & { readonly retained: boolean },
  at: Milliseconds,
  config: LeaseConfig,
): { state: LeaseState; verdict: Verdict } {
  const held = heldLimit(state, at);
  // Without a raise that passed the master's whole check, a grant can only keep or lower (leases.md B9).
  const limit_dA = grant.raise ? grant.limit_dA : Math.min(held, grant.limit_dA);
  const endsAt = grant.echo.t + grant.validFor_ms;
  const refusal = refusalOf(state, grant, at, config) ?? changesNothing(state, limit_dA === held, endsAt, at);
  if (refusal !== null) return { state: counted(state, refusal), verdict: { accepted: false, refusal } };
  const accepted: Held = { epoch: grant.epoch, n: grant.n, limit_dA, endsAt };
  return { state: { ...state, accepted, endsAt, because: grant.because }, verdict: { accepted: true } };
}

function refusalOf(
  state: LeaseState,
  grant: Offer & { readonly retained: boolean },
  at: Milliseconds,
  config: LeaseConfig,
): Refusal | null {
  if (grant.retained) return 'retained';
  if (config.pairedMaster !== null && grant.from !== config.pairedMaster) return 'other-master';
  const late = timeRefusalOf(state, grant, at);
  if (late !== null) return late;
  if (!isGrantable(grant.limit_dA)) return 'limit-out-of-range';
  // Written so that a number which is none (NaN) is refused too.
  return state.accepted === null || compareGrants(grant, state.accepted) > 0 ? null : 'not-newer';
}

function timeRefusalOf(state: LeaseState, grant: Offer, at: Milliseconds): Refusal | null {
  if (grant.echo.boot !== state.boot) return 'other-boot';
  if (!(grant.validFor_ms <= LONGEST_LEASE_ms)) return 'valid-for-too-long';
  if (!(grant.echo.t <= at)) return 'echo-from-the-future';
  if (!(at < grant.echo.t + grant.validFor_ms)) return 'expired';
  return null;
}

/** 0, or what a pilot can say: 6 A to 80 A (IEC 61851-1 Table A.7). */
export function isGrantable(limit_dA: Deciamps): boolean {
  return Number.isInteger(limit_dA) && (limit_dA === 0 || (limit_dA >= 60 && limit_dA <= 800));
}

/**
 * A late duplicate must not shorten a live lease for nothing (leases.md, residual a). A raise is something: refused for
 * its earlier end it would be lost, and the master would wait 5 s before it tries again (decision 0009).
 */
function changesNothing(state: LeaseState, isHeld: boolean, endsAt: Milliseconds, at: Milliseconds): Refusal | null {
  const isAlive = state.accepted !== null && at < state.endsAt;
  return isAlive && isHeld && endsAt <= state.endsAt - LEASE_SHORTENING_ms ? 'changes-nothing' : null;
}

function counted(state: LeaseState, refusal: Refusal): LeaseState {
  return { ...state, refused: { ...state.refused, [refusal]: (state.refused[refusal] ?? 0) + 1 } };
}

/**
 * Rule 1: the report carries the newest grant that the outputs *obey*: the pilot at or under it and no soft stop
 * running. A pilot that offers nothing obeys anything only over an open contactor: a car may draw on through a weld by an
 * offer of long ago. An acknowledgement on acceptance frees what still flows (leases.md B5).
 */
export function observeOutputs(state: LeaseState, outputs: Outputs): LeaseState {
  const { accepted } = state;
  if (accepted === null || accepted === state.obeyed || outputs.stopping || !outputs.confirmed) return state;
  const obeys = outputs.offered_dA === 0 ? outputs.contactorOpen : outputs.offered_dA <= accepted.limit_dA;
  return obeys ? { ...state, obeyed: accepted } : state;
}
