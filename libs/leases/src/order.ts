// The order of grants: by epoch (count, then the master's boot), then n. There is no other: neither the order of
// arrival nor a clock decides which of two grants is newer (leases.md B4, B15).

/** One life of one master. `count` = 1 + the highest seen; `boot` breaks ties and makes replays of an earlier life visible. */
export type Epoch = { readonly count: number; readonly boot: string };
/** A grant's place in that order; `n` counts per slave. */
export type GrantId = { readonly epoch: Epoch; readonly n: number };

/** Negative when a is older, 0 when they are the same life. Boots are lower-case hex of one length, so their text orders them. */
export function compareEpochs(a: Epoch, b: Epoch): number {
  if (a.count !== b.count) return a.count - b.count;
  return a.boot < b.boot ? -1 : Number(a.boot !== b.boot);
}

export function isSameEpoch(a: Epoch, b: Epoch): boolean {
  return compareEpochs(a, b) === 0;
}

export function compareGrants(a: GrantId, b: GrantId): number {
  const byEpoch = compareEpochs(a.epoch, b.epoch);
  return byEpoch === 0 ? a.n - b.n : byEpoch;
}
