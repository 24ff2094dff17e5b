// Small histories of what is kept, and what must be found of each after anything: never an exception, never something
// torn, and nothing lost that was acknowledged.
import { ok } from '@fairamp/units';
import { keepEpoch, keptEpoch } from '../src/epoch-file.js';
import type { FileSystem } from '../src/file-system.js';
import { readSessionLog, type SessionEntry } from '../src/read-session-log.js';
import { SessionLog } from '../src/session-log.js';
import { SettingsStore } from '../src/settings-store.js';
import { HandClock } from './hand-clock.js';

export const FOLDER = '/store';
export type Told = { readonly begun: (id: number) => void; readonly acknowledged: (id: number) => void };
/** Of ids that count up: what must be found, and what may. */
export type Knowledge = {
  readonly acknowledged: number;
  readonly begun: number;
  /** Of a log, the oldest that was not removed. */
  readonly oldest: number;
  /** Never acknowledged, and not there when this life began. */
  readonly absent: readonly number[];
};

export type History = {
  readonly name: string;
  /** One life: what is there is opened, and then kept from `first` on. */
  readonly live: (fs: FileSystem, first: number, told: Told) => void;
  /** A new life opens it and finds no more and no less. @returns what is wrong, or null */
  readonly verify: (fs: FileSystem, known: Knowledge) => string | null;
  /** The ids that are there, in order; of what is replaced as a whole, the last. */
  readonly held: (fs: FileSystem) => readonly number[];
};

export type Kept = { readonly id: number; readonly note: string };
/** Every other one is longer than a sector. */
const noteOf = (id: number): string => `${id} `.repeat(id % 2 === 0 ? 10 : 200);
export const checkKept = (value: unknown) => ok(value as Kept);

export function openSettings(fs: FileSystem, clock = new HandClock()): SettingsStore<Kept> {
  return new SettingsStore({
    file: `${FOLDER}/settings.json`,
    check: checkKept,
    clock,
    onTrouble: () => undefined,
    fs,
  });
}

const SAVES = 4;

export const settings: History = {
  name: 'settings',
  live: (fs, first, told) => {
    const store = openSettings(fs);
    store.flush();
    for (let id = first; id < first + SAVES; id += 1) {
      told.begun(id);
      store.set({ id, note: noteOf(id) });
      if (store.flush()) told.acknowledged(id);
    }
    store.close();
  },
  verify: (fs, known) => {
    const { found, acknowledged } = openSettings(fs);
    if (found.kind !== 'good' && found.kind !== 'empty') return JSON.stringify(found);
    if (acknowledged !== null && acknowledged.note !== noteOf(acknowledged.id)) return `torn: ${acknowledged.note}`;
    return outside(acknowledged?.id ?? 0, known);
  },
  held: (fs) => [openSettings(fs).acknowledged?.id ?? 0],
};

export const epoch: History = {
  name: 'epoch',
  live: (fs, first, told) => {
    for (let id = first; id < first + SAVES; id += 1) {
      told.begun(id);
      if (keepEpoch(FOLDER, id, fs).ok) told.acknowledged(id);
    }
  },
  verify: (fs, known) => outside(keptEpoch(FOLDER, fs), known),
  held: (fs) => [keptEpoch(FOLDER, fs)],
};

function outside(id: number, { acknowledged, begun }: Knowledge): string | null {
  return id >= acknowledged && id <= begun ? null : `${id} is there, ${acknowledged} was acknowledged, ${begun} begun`;
}

/** Small enough that a history turns pages and removes the oldest. */
export const SMALL = { file_bytes: 1_400, files: 3 };
const RECORDS = 14;

export function openLog(fs: FileSystem, clock = new HandClock()): SessionLog {
  return new SessionLog({ folder: FOLDER, clock, onTrouble: () => undefined, size: SMALL, fs });
}

export const sessions: History = {
  name: 'session log',
  live: (fs, first, told) => {
    const log = openLog(fs);
    for (let id = first; id < first + RECORDS; id += 1) {
      told.begun(id);
      // Each third waits for the next one's sync.
      const appended = log.append({ kind: 'stop', id, note: noteOf(id).slice(0, 600) }, id % 3 !== 0);
      if (appended.ok && appended.value === 'durable') told.acknowledged(id);
    }
    log.close();
  },
  verify: (fs, known) => {
    const before = unsound(fs, known);
    if (before !== null) return before;
    const newest = sessions.held(fs).at(-1) ?? 0;
    const appended = openLog(fs).append({ kind: 'start', id: newest + 1 }, true);
    if (!appended.ok || appended.value !== 'durable')
      return `after it nothing can be appended: ${JSON.stringify(appended)}`;
    return unsound(fs, { oldest: newest + 1, acknowledged: newest + 1, begun: newest + 1, absent: [] });
  },
  held: (fs) => idsOf([...readSessionLog(FOLDER, fs)]),
};

export function idsOf(entries: readonly SessionEntry[]): readonly number[] {
  return entries.flatMap((entry) => (entry.ok && typeof entry.record.id === 'number' ? [entry.record.id] : []));
}

/** Looks at every line; what of the last life was not synced may be damaged or missing. */
function unsound(fs: FileSystem, known: Knowledge): string | null {
  const entries = [...readSessionLog(FOLDER, fs)];
  const ids = idsOf(entries);
  const expected = Array.from(
    { length: Math.max(0, known.acknowledged - known.oldest + 1) },
    (_, at) => known.oldest + at,
  );
  const missing = expected.filter((id) => !ids.includes(id) && !known.absent.includes(id));
  if (missing.length > 0) return `acknowledged and not there: ${missing.join()} of ${ids.join()}`;
  if (ids.some((id, at) => id <= (ids[at - 1] ?? 0))) return `not in order: ${ids.join()}`;
  if ((ids.at(-1) ?? 0) > known.begun) return `${ids.at(-1)} was never written`;
  return gapIn(entries);
}

/** Numbers follow each other; only where lines are damaged some are missing. */
export function gapIn(entries: readonly SessionEntry[]): string | null {
  let last: number | null = null;
  let damaged = 0;
  for (const entry of entries) {
    if (!entry.ok) damaged += 1;
    else {
      const missing: number = last === null ? 0 : entry.n - last - 1;
      if (missing < damaged * Number(last !== null) || (damaged === 0 && missing > 0))
        return `number ${entry.n} follows ${last}, ${damaged} damaged between`;
      last = entry.n;
      damaged = 0;
    }
  }
  return null;
}

export const HISTORIES: readonly History[] = [settings, epoch, sessions];
