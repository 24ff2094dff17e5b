// How far two histories of a limit are apart. They agree when each stays in a tube around the other: at every moment of
// one there is a moment of the other, at most so far away in time, with a limit at most so far away in current. Looked at
// from both sides, so that neither may do a thing that the other never does.
import type { Deciamps, Milliseconds } from '@fairamp/units';

export type History = readonly { readonly at: Milliseconds; readonly limit_dA: Deciamps }[];
export type Tube = { readonly time_ms: Milliseconds; readonly current_dA: Deciamps };
export type Span = { readonly from: Milliseconds; readonly to: Milliseconds };
/** @param unjudged what the computer spoilt */
type Judged = { readonly span: Span; readonly tube: Tube; readonly unjudged?: readonly Span[] };

/** Worst of all moments: how far one had to go for a limit within the tube's current, and how near one came within its time. */
export type Difference = {
  readonly time_ms: Milliseconds;
  readonly current_dA: Deciamps;
};

const LOOK_ms: Milliseconds = 50;

export function differenceOf(one: History, other: History, judged: Judged): Difference {
  const [there, back] = [reach(one, other, judged), reach(other, one, judged)];
  return {
    time_ms: Math.max(there.time_ms, back.time_ms),
    current_dA: Math.max(there.current_dA, back.current_dA),
  };
}

function reach(from: History, to: History, { span, tube, unjudged = [] }: Judged): Difference {
  let worst: Difference = { time_ms: 0, current_dA: 0 };
  for (let at = span.from; at <= span.to; at += LOOK_ms) {
    if (unjudged.some((one) => one.from <= at && at <= one.to)) continue;
    const limit_dA = limitAt(from, at);
    const { time_ms, current_dA } = nearest(to, { at, limit_dA }, tube);
    worst = { time_ms: Math.max(worst.time_ms, time_ms), current_dA: Math.max(worst.current_dA, current_dA) };
  }
  return worst;
}

/** time_ms: to the first moment, before or after, within the tube's current; infinite when there is none. */
function nearest(history: History, { at, limit_dA }: History[number], tube: Tube): Difference {
  let [time_ms, current_dA]: [number, number] = [Infinity, Infinity];
  for (let away = 0; away <= FARTHEST_ms && (time_ms === Infinity || away <= tube.time_ms); away += LOOK_ms) {
    const apart_dA = Math.min(
      Math.abs(limitAt(history, at - away) - limit_dA),
      Math.abs(limitAt(history, at + away) - limit_dA),
    );
    if (away <= tube.time_ms) current_dA = Math.min(current_dA, apart_dA);
    if (apart_dA <= tube.current_dA) time_ms = Math.min(time_ms, away);
  }
  return { time_ms, current_dA };
}
/** Beyond it nobody asks how far. */
const FARTHEST_ms: Milliseconds = 10_000;

/** It holds from its row on until the next. */
function limitAt(history: History, at: Milliseconds): Deciamps {
  let [low, high] = [0, history.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((history[middle]?.at ?? Infinity) <= at) low = middle + 1;
    else high = middle;
  }
  return history[low - 1]?.limit_dA ?? 0;
}
