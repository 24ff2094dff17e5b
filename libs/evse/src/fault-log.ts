// When each fault came and went. Which faults stand is derived from what is known (faults.ts); this remembers, for a
// person and for the time that the pilot owes to F after one.
import type { Fault, Milliseconds } from '@fairamp/units';

export type FaultEntry = {
  readonly fault: Fault;
  readonly from: Milliseconds;
  /** null = it stands. */
  readonly to: Milliseconds | null;
};

/** What is over is forgotten from the oldest on; what stands never is. */
export const ENTRIES_MAX = 32;

/** @returns the same log while nothing comes or goes */
export function logFaults(
  log: readonly FaultEntry[],
  standing: readonly Fault[],
  at: Milliseconds,
): readonly FaultEntry[] {
  const had = log.filter(({ to }) => to === null);
  const come = standing.filter((fault) => !had.some((entry) => entry.fault === fault));
  const isSame = come.length === 0 && had.every(({ fault }) => standing.includes(fault));
  if (isSame) return log;
  const ended = log.map((entry) => {
    return entry.to === null && !standing.includes(entry.fault) ? { ...entry, to: at } : entry;
  });
  return shortened([...ended, ...come.map((fault) => ({ fault, from: at, to: null }))]);
}

function shortened(log: readonly FaultEntry[]): readonly FaultEntry[] {
  const spare = log.length - ENTRIES_MAX;
  if (spare <= 0) return log;
  const oldest = log.filter(({ to }) => to !== null).slice(0, spare);
  return log.filter((entry) => !oldest.includes(entry));
}
