// How often the same thing may be said: once a minute for each key, with the number of times it went unsaid. Bad input
// arrives at the sender's rate, and must not fill a disk. Pure, and bounded: beyond 256 keys the one that was said the
// longest ago is forgotten.
import { type Milliseconds } from '@fairamp/units';

type Said = { readonly key: string; readonly at: Milliseconds; readonly suppressed: number };
/** In the order in which they were last said. */
export type LogLimiterState = readonly Said[];

export const initialLogLimiter: LogLimiterState = [];

const PERIOD_MS = 60_000;
const KEYS_MAX = 256;

export type LimitedLog = {
  readonly state: LogLimiterState;
  /** null = do not say it; else how often it went unsaid since the last time. */
  readonly suppressed: number | null;
};

export function limitLog(state: LogLimiterState, key: string, now: Milliseconds): LimitedLog {
  const known = state.find((said) => said.key === key);
  if (known !== undefined && now - known.at < PERIOD_MS) {
    const counted = { ...known, suppressed: known.suppressed + 1 };
    return { state: state.map((said) => (said === known ? counted : said)), suppressed: null };
  }
  const others = state.filter((said) => said !== known);
  return { state: [...others, { key, at: now, suppressed: 0 }].slice(-KEYS_MAX), suppressed: known?.suppressed ?? 0 };
}
