// When was the port last found empty? Bytes that waited in a buffer while this process was stopped look new; only the
// moment at which nothing waited dates them (design 3 rule 7; leases.md B13). A reader learns it from its own pace:
// two punctual ticks in a row without a byte mean that the first of them found the port empty. After a stall the old
// date stays until then, so that what had waited is as old as it is.
import type { Milliseconds } from '@fairamp/units';

export type EmptinessState = {
  readonly emptyAt: Milliseconds;
  readonly tickedAt: Milliseconds;
  /** A byte arrived since the last tick. */
  readonly busy: boolean;
  /** The last tick was punctual and quiet. */
  readonly quiet: boolean;
};

/** The shell ticks each 50 ms; a gap of three ticks is a stall, in which bytes may have waited unread. */
const STALL_ms: Milliseconds = 150;

/** A port counts as empty when it has just been opened and flushed. */
export function initialEmptiness(at: Milliseconds): EmptinessState {
  return { emptyAt: at, tickedAt: at, busy: false, quiet: false };
}

export function noteBytes(state: EmptinessState): EmptinessState {
  return { ...state, busy: true, quiet: false };
}

export function noteTick(state: EmptinessState, at: Milliseconds): EmptinessState {
  const quiet = !state.busy && at - state.tickedAt <= STALL_ms;
  const emptyAt = quiet && state.quiet ? state.tickedAt : state.emptyAt;
  return { emptyAt, tickedAt: at, busy: false, quiet };
}
