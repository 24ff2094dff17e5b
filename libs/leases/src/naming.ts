// The bridge's side of "one master": it names one master's boot in every sample, and another one only after 3 s
// without a newer beacon of the named one. A master decides only on samples that name it, so two never share one
// mains, whatever the broker delays or repeats (design 3 rules 7 and 8; leases.md B1, B16).
import type { Milliseconds } from '@fairamp/units';
import { BEACON_SILENCE_ms } from './timing.js';

export type Named = {
  readonly id: string;
  readonly boot: string;
  /** Since when this boot is named without a break. */
  readonly since: Milliseconds;
  /** Newest beacon: only a higher seq of the same boot counts. */
  readonly seq: number;
  readonly heardAt: Milliseconds;
};

export type Rival = {
  readonly id: string;
  readonly boot: string;
  /** First and last heard while another was named. */
  readonly since: Milliseconds;
  readonly at: Milliseconds;
};

export type NamingState = {
  readonly named: Named | null;
  /** The newest other decider heard: two on one mains is an alarm, though a harmless one. */
  readonly rival: Rival | null;
  /** The highest seq heard of each boot, newest boot last: an old beacon that comes again names nobody. */
  readonly heard: readonly { readonly boot: string; readonly seq: number }[];
};

export const initialNaming: NamingState = { named: null, rival: null, heard: [] };

/**
 * A master has another boot after each start. A recorded beacon of one that is so many starts ago could name it again,
 * for 3 s, as it could after a start of the bridge (leases.md B15).
 */
const BOOTS_KEPT = 16;

export type Beacon = { readonly from: string; readonly boot: string; readonly seq: number };

/** @returns renamed: the newest sample must be repeated at once, so that the first renewal comes in time */
export function hearBeacon(
  state: NamingState,
  beacon: Beacon,
  at: Milliseconds,
): { state: NamingState; renamed: boolean } {
  const known = state.heard.find(({ boot }) => boot === beacon.boot);
  if (known !== undefined && beacon.seq <= known.seq) return { state, renamed: false };
  const { named } = state;
  // Whatever was forgotten meanwhile: of the named one only a newer beacon ever counts.
  if (named !== null && beacon.boot === named.boot && beacon.seq <= named.seq) return { state, renamed: false };
  const others = state.heard.filter((one) => one !== known);
  const heard = [...others, { boot: beacon.boot, seq: beacon.seq }].slice(-BOOTS_KEPT);
  if (named !== null && beacon.boot === named.boot) {
    return { state: { ...state, heard, named: { ...named, seq: beacon.seq, heardAt: at } }, renamed: false };
  }
  if (named !== null && at - named.heardAt < BEACON_SILENCE_ms) {
    return { state: { ...state, heard, rival: rivalOf(state, beacon, at) }, renamed: false };
  }
  const next = { id: beacon.from, boot: beacon.boot, since: at, seq: beacon.seq, heardAt: at };
  return { state: { named: next, rival: null, heard }, renamed: true };
}

function rivalOf({ rival }: NamingState, { from, boot }: Beacon, at: Milliseconds): Rival {
  return { id: from, boot, since: rival?.boot === boot ? rival.since : at, at };
}

/** What a sample says of the named master; for_ms is 0 just after the bridge's own start. */
export function naming(
  state: NamingState,
  at: Milliseconds,
): {
  master: { boot: string; for_ms: Milliseconds };
  echo: { boot: string; seq: number; since_ms: Milliseconds };
} | null {
  const { named } = state;
  if (named === null) return null;
  return {
    master: { boot: named.boot, for_ms: at - named.since },
    echo: { boot: named.boot, seq: named.seq, since_ms: at - named.heardAt },
  };
}

/** Longer than a standby without samples withholds its beacons. */
const RIVAL_REMEMBERED_ms: Milliseconds = 10_000;

/** Two live side by side when the named one speaks after the other was heard; one that replaces a dead one is no rival. */
export function hasRival({ named, rival }: NamingState, at: Milliseconds): boolean {
  if (named === null || rival === null) return false;
  return named.heardAt > rival.since && at - rival.at < RIVAL_REMEMBERED_ms;
}
