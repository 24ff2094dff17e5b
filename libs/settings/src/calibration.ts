// CAL as a person uses it: they type what a clamp meter shows, and the gain changes in proportion. 2.07 took any
// reading, and one of 0 A made the gain infinite for good (behaviour.md 13.2 item 13, 14 rows 2 and 3).
import { amps, clamp, failure, ok, type Deciamps, type Result } from '@fairamp/units';
import { CATALOGUE } from './catalogue.js';

/** What may be typed; with less on CT1 nothing may be changed. */
export const CAL_TYPED = { lowest_dA: 60, highest_dA: 999, step_dA: 1 } as const;

export type CalRefusal = 'reading' | 'typed' | 'gain';

/** @param read_dA CT1 by the gain that holds now; @param typed_dA what it is in truth */
export function calibrated(cal: number, read_dA: Deciamps, typed_dA: Deciamps): Result<number, CalRefusal> {
  const { lowest_dA, highest_dA } = CAL_TYPED;
  const least = `at least ${amps(lowest_dA)} A`;
  if (!(read_dA >= lowest_dA)) return failure('reading', `CAL: CT1 reads ${amps(read_dA)} A, ${least} are needed`);
  if (clamp(typed_dA, lowest_dA, highest_dA) !== typed_dA) {
    return failure(
      'typed',
      `CAL: ${amps(typed_dA)} A is not allowed; allowed: ${amps(lowest_dA)} to ${amps(highest_dA)}`,
    );
  }
  const { lowest, highest, step } = CATALOGUE.cal.range;
  const perUnit = Math.round(1 / step);
  const gain = Math.round(((cal * typed_dA) / read_dA) * perUnit) / perUnit;
  return clamp(gain, lowest, highest) === gain
    ? ok(gain)
    : failure(
        'gain',
        `CAL: ${amps(typed_dA)} A for a reading of ${amps(read_dA)} A is a gain of ${gain}; allowed: ${lowest} to ${highest}`,
      );
}
