// "Is current available?" as 2.07 asks it (behaviour.md 5.2): before a car of its own or of a slave may begin, and each
// second to end a LESS_6A. Only who charges is counted, not who has been let in and still requests; and the set-points
// are taken for what the cars draw (W6), both of which we do otherwise.
import { sumOf } from '@fairamp/units';
import { signed16, unsigned16 } from './integers.js';
import { CLASSIC_MODULES, type ClassicBalance, type ClassicRecord, type ClassicSettings } from './types.js';

export function isCurrentAvailable(balance: ClassicBalance, settings: ClassicSettings): boolean {
  const { mains_A, min_A } = settings;
  const active = charging(balance.records);
  // A MIN above MAINS wraps to some 65 000 dA here, so that everything passes (W19).
  if (active.length === 0) return balance.measured_dA <= unsigned16(10 * (mains_A - min_A));
  const wanted = Math.min(active.length + 1, CLASSIC_MODULES);
  return wanted * 10 * min_A + houseOf(balance) <= 10 * mains_A;
}

export function charging(records: readonly ClassicRecord[]): readonly ClassicRecord[] {
  return records.filter(({ state }) => state === 'charging');
}

/** The house, guessed: what is measured less what the cars were told they may draw, and never below 0. */
export function houseOf({ measured_dA, records }: ClassicBalance): number {
  const shares_A = sumOf(charging(records), ({ share_A }) => share_A);
  return Math.max(0, signed16(measured_dA - 10 * shares_A));
}
