// Records that are not on the disk yet, in their order and never more than a number of them. The oldest give way, and how
// many did is itself a record, in their place. Pure.

export type Entry = {
  /** JSON of an object, without number and CRC. */
  readonly text: string;
  /** Must last before it counts as appended. */
  readonly matters: boolean;
  /** How many lost ones it tells of; 0 = a record of the caller's. */
  readonly tells: number;
};

export type Waiting = {
  readonly entries: readonly Entry[];
  /** Gave way since it was last told. */
  readonly untold: number;
  /** Gave way in all. */
  readonly lost: number;
};

/** A quarter of an hour each: more than two days. */
export const WAITING_MAX = 256;

export const NONE_WAITING: Waiting = { entries: [], untold: 0, lost: 0 };

export function queued(waiting: Waiting, entry: Entry): Waiting {
  return bounded({ ...waiting, entries: [...waiting.entries, entry] });
}

/** Were written, and may not be on the disk after all. */
export function putBack(waiting: Waiting, entries: readonly Entry[]): Waiting {
  // What was lost since is younger than these, and older than what waits.
  const told = waiting.untold > 0 ? [lossOf(waiting.untold)] : [];
  return bounded({ ...waiting, untold: 0, entries: [...entries, ...told, ...waiting.entries] });
}

/** The next to be written, and what is left; null = nothing waits. */
export function taken(waiting: Waiting): readonly [Entry, Waiting] | null {
  if (waiting.untold > 0) return [lossOf(waiting.untold), { ...waiting, untold: 0 }];
  const [entry, ...entries] = waiting.entries;
  return entry === undefined ? null : [entry, { ...waiting, entries }];
}

export function isEmpty({ entries, untold }: Waiting): boolean {
  return entries.length === 0 && untold === 0;
}

function lossOf(records: number): Entry {
  return { text: JSON.stringify({ kind: 'lost', records }), matters: false, tells: records };
}

function bounded(waiting: Waiting): Waiting {
  const tooMany = Math.max(0, waiting.entries.length - WAITING_MAX);
  const gone = waiting.entries.slice(0, tooMany);
  return {
    entries: waiting.entries.slice(tooMany),
    untold: gone.reduce((sum, { tells }) => sum + Math.max(1, tells), waiting.untold),
    lost: waiting.lost + gone.filter(({ tells }) => tells === 0).length,
  };
}
