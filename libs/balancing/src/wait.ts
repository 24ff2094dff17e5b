// Since when somebody waits for a place, as those who remember it between decisions have to reckon: the master's node, and
// whoever plays one.
import type { Milliseconds } from '@fairamp/units';

type Place = { readonly seatedAt: Milliseconds | null; readonly waitsSince: Milliseconds };

/**
 * Who loses a place that it had for a turn waits from now on. Of a shorter time it loses as great a part of its wait: a
 * house that leaves room for half a minute would else send it to the end of the queue each time, before it had begun.
 * @param now when it loses its place
 */
export function waitsAfter({ seatedAt, waitsSince }: Place, now: Milliseconds, turn_ms: Milliseconds): Milliseconds {
  if (seatedAt === null) return waitsSince;
  const left = Math.max(0, 1 - (now - seatedAt) / turn_ms);
  return now - Math.round(left * Math.max(0, seatedAt - waitsSince));
}
