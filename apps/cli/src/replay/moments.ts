// A moment: a stretch of time in which one charge point would have had another limit. Of what stood during it, the range
// of the limits and the reason that stood longest. Short agreements in between end nothing. Pure.
import { type Because, type Deciamps, type Milliseconds } from '@fairamp/units';

/** What a charge point may draw, and because of what; empty: nobody grants it anything. */
export type Answer = { readonly limit_dA: Deciamps; readonly because: readonly Because[] };

export type Stood = {
  readonly least_dA: Deciamps;
  readonly most_dA: Deciamps;
  /** How long each reason stood, by its codes. */
  readonly becauses: Readonly<Record<string, Milliseconds>>;
};
export type Moment = {
  readonly id: string;
  readonly from_ms: Milliseconds;
  /** The last time at which it differed. */
  readonly to_ms: Milliseconds;
  readonly recorded: Stood;
  readonly other: Stood;
};

/** Less is the meters' noise, and no raise would be made for it. */
export const DIFFERS_dA: Deciamps = 5;
const ENDS_AFTER_ms: Milliseconds = 2000;

export function differs(one: Answer, other: Answer): boolean {
  return Math.abs(one.limit_dA - other.limit_dA) >= DIFFERS_dA;
}

export type Both = { readonly recorded: Answer; readonly other: Answer };

/** @param from_ms since when both stood */
export function prolonged(
  moment: Moment | null,
  id: string,
  { recorded, other }: Both,
  { from_ms, to_ms }: { readonly from_ms: Milliseconds; readonly to_ms: Milliseconds },
): Moment {
  const lasted_ms = to_ms - from_ms;
  return {
    id,
    from_ms: moment?.from_ms ?? from_ms,
    to_ms,
    recorded: stood(moment?.recorded ?? null, recorded, lasted_ms),
    other: stood(moment?.other ?? null, other, lasted_ms),
  };
}

export function isOver(moment: Moment, at: Milliseconds): boolean {
  return at - moment.to_ms > ENDS_AFTER_ms;
}

function stood(before: Stood | null, { limit_dA, because }: Answer, lasted_ms: Milliseconds): Stood {
  const codes = because.join(' ');
  return {
    least_dA: Math.min(before?.least_dA ?? limit_dA, limit_dA),
    most_dA: Math.max(before?.most_dA ?? limit_dA, limit_dA),
    becauses: { ...before?.becauses, [codes]: (before?.becauses[codes] ?? 0) + lasted_ms },
  };
}

/** The codes that stood longest. */
export function longest({ becauses }: Stood): readonly Because[] {
  const [first] = Object.entries(becauses).sort(([, a], [, b]) => b - a);
  return (first?.[0] ?? '').split(' ').filter((code) => code !== '') as Because[];
}
