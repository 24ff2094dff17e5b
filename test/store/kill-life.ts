// One life of a process that keeps things as fast as it can, and says on its output what is acknowledged: `s 7`, `e 7`,
// `l 7`. It is killed in the middle of it. And the look at what it left, as the next life finds it.
import { writeSync } from 'node:fs';
import {
  SessionLog,
  SettingsStore,
  keepEpoch,
  keptEpoch,
  nodeFileSystem,
  readSessionLog,
  type LogSize,
  type SessionEntry,
  type StoreClock,
} from '@fairamp/store';
import { ok } from '@fairamp/units';
import { join } from 'node:path';

export type Held = { readonly s: number; readonly e: number; readonly l: number };
/** Turns a page after some dozens of records. */
const SMALL: LogSize = { file_bytes: 16_384, files: 4 };
const STDOUT = 1;

/** A minute passes with each look, so that no pace holds anything up. */
function hurriedClock(): StoreClock {
  let now = 0;
  return { now: () => (now += 60_000), every: () => () => undefined };
}

type Kept = { readonly id: number; readonly note: string };
const noteOf = (id: number): string => 'x'.repeat((id * 997) % 3_000);
const silent = () => undefined;

function stores(folder: string) {
  const settings = new SettingsStore<Kept>({
    file: join(folder, 'settings.json'),
    check: (value) => ok(value as Kept),
    clock: hurriedClock(),
    onTrouble: silent,
  });
  const log = new SessionLog({ folder: join(folder, 'log'), clock: hurriedClock(), onTrouble: silent, size: SMALL });
  return { settings, log };
}

export function liveUntilKilled(folder: string, from: number): never {
  const { settings, log } = stores(folder);
  for (let id = from; ; id += 1) {
    settings.set({ id, note: noteOf(id) });
    if (settings.isDurable) writeSync(STDOUT, `s ${id}\n`);
    if (keepEpoch(folder, id).ok) writeSync(STDOUT, `e ${id}\n`);
    const appended = log.append({ kind: 'stop', id, note: noteOf(id).slice(0, 900) }, true);
    if (appended.ok && appended.value === 'durable') writeSync(STDOUT, `l ${id}\n`);
  }
}

/** @returns what is there, and what is torn about it */
export function lookAt(folder: string): { readonly held: Held; readonly torn: readonly string[] } {
  const { settings, log } = stores(folder);
  log.close();
  const entries = [...readSessionLog(join(folder, 'log'), nodeFileSystem)];
  const newest = entries.at(-1);
  const l = newest?.ok === true ? Number(newest.record.id) : 0;
  const held = { s: settings.acknowledged?.id ?? 0, e: keptEpoch(folder), l };
  return { held, torn: [...tornSettings(settings), ...tornLines(entries)] };
}

function tornSettings({ found, acknowledged }: SettingsStore<Kept>): readonly string[] {
  if (found.kind !== 'good' && found.kind !== 'empty') return [`settings: ${found.kind}: ${found.detail}`];
  const isWhole = acknowledged === null || acknowledged.note === noteOf(acknowledged.id);
  return isWhole ? [] : [`settings ${acknowledged.id} have the note of another`];
}

/** Each is whole, and numbers and ids follow the one before. */
function tornLines(entries: readonly SessionEntry[]): readonly string[] {
  return entries.flatMap((entry, at) => {
    if (!entry.ok) return [`session log: ${entry.file}: ${entry.why}`];
    const before = entries[at - 1];
    if (before?.ok !== true) return [];
    const follows = entry.n === before.n + 1 && Number(entry.record.id) > Number(before.record.id);
    return follows ? [] : [`session log: ${entry.n} after ${before.n}`];
  });
}

const [, , what, folder = '', from] = process.argv;
if (what === 'live') liveUntilKilled(folder, Number(from));
