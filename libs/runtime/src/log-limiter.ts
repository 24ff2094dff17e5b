// How often the same thing may be said: once a minute for each key, with the number of times it went unsaid. Bad input
// arrives at the sender's rate, and must not fill a disk: at most 64 different things are said within a minute, so that
// a sender who invents keys gains nothing. Pure, and bounded by the same figure.
import { type Milliseconds } from '@fairamp/units';

type Said = { readonly key: string; readonly at: Milliseconds; readonly suppressed: number };
/** In the order in which they were last said. */
export type LogLimiterState = readonly Said[];

export const initialLogLimiter: LogLimiterState = [];

const PERIOD_ms = 60_000;
/** 64 lines a minute of 300 bytes are 28 MB a day at the worst; a site with every fault at once says some ten. */
const KEYS_MAX = 64;

export type LimitedLog = {
  readonly state: LogLimiterState;
  /** null = do not say it; else how often it went unsaid since the last time. */
  readonly suppressed: number | null;
};

export function limitLog(state: LogLimiterState, key: string, now: Milliseconds): LimitedLog {
  const known = state.find((said) => said.key === key);
  if (known !== undefined && now - known.at < PERIOD_ms) {
    const counted = { ...known, suppressed: known.suppressed + 1 };
    return { state: state.map((said) => (said === known ? counted : said)), suppressed: null };
  }
  const recent = state.filter((said) => now - said.at < PERIOD_ms);
  if (recent.length >= KEYS_MAX) return { state, suppressed: null };
  const others = state.filter((said) => said !== known);
  return { state: [...others, { key, at: now, suppressed: 0 }].slice(-KEYS_MAX), suppressed: known?.suppressed ?? 0 };
}
