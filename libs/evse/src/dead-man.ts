// What a heartbeat says to the board: as long as it comes, somebody is there who opens in time. And what a process says to
// whatever restarts it: that it still looks at what it switches.
import type { Milliseconds } from '@fairamp/units';
import type { EvseState } from './state.js';
import { CONTACTOR_TRAVEL_ms } from './timing.js';

/**
 * May the board's dead-man's handle be fed after this step? Not while the contactor is closed against its command: should
 * it be the driver of its coil, the fail-safe opens past it (io.md 4.3). And not in the last part of a soft stop: should
 * the process die there, the board must have opened by itself when the contactor would have at its end, since the master frees
 * this share by then (design.md 3 rules 5 and 6). H and the board's time never add.
 * @param failSafe_ms so long after its last heartbeat the board has opened at the latest; null = it never does
 */
export function vouches({ stopBy, at, contactor }: EvseState, failSafe_ms: Milliseconds | null): boolean {
  if (contactor.wanted === 'open' && contactor.feedback === 'closed') return false;
  return stopBy === null || failSafe_ms === null || at <= stopBy + CONTACTOR_TRAVEL_ms - failSafe_ms;
}

/**
 * Has a decision been made that keeps this process worth living? Each one on a sample of the pilot, also where the charge
 * point does not vouch: a weld is reported by who lives on, and a soft stop is led to its end. Without samples only as long
 * as nothing is closed: a process whose board is lost has opened and says so. Where its contactor stays closed although it
 * was told to open, and nobody sees the pilot, the process ends, so that something else opens (decision 0019).
 */
export function isAttended({ contactor }: EvseState, isSample: boolean): boolean {
  return isSample || (contactor.wanted === 'open' && contactor.feedback !== 'closed');
}
