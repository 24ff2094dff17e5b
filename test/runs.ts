// How often a property is drawn: as often as `npm test` has time for, or FAIRAMP_RUNS times where that is more (`npm run
// long` sets it). The one place that reads the variable.
import { env } from 'node:process';

const asked = env['FAIRAMP_RUNS'] ?? '0';
if (!/^\d{1,9}$/.test(asked)) throw new Error(`FAIRAMP_RUNS=${asked}: allowed are whole numbers`);

export function runs(quick: number): { readonly numRuns: number } {
  return { numRuns: Math.max(quick, Number(asked)) };
}
