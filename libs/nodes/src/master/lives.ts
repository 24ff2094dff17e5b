// Two slaves with one id: each goes on with its own boot and seq, so an older boot that is heard again *with a higher
// seq* after a newer one lives beside it. A delayed or repeated report of a former life has no higher seq and proves
// nothing (leases.md B4). While both live, neither is raised.
import type { Report } from '@fairamp/protocol';
import type { Milliseconds } from '@fairamp/units';
import type { Note } from '../node.js';
import type { Life, SlaveRecord } from './types.js';

const LIVES_KEPT = 4;
/** One late report of a life that ended is possible under reordering; the alarm stands until the site is quiet again. */
const ALARM_ms: Milliseconds = 20_000;

type Known = Pick<SlaveRecord, 'id' | 'lives' | 'duplicateUntil' | 'limit_dA'>;
export type Heard = {
  readonly record: Pick<SlaveRecord, 'lives' | 'duplicateUntil' | 'limit_dA'>;
  readonly alarm: readonly Note[];
};

/** @returns null for a report that was heard before: repeated, or overtaken by a newer one of the same life */
export function noteLife(record: Known, report: Pick<Report, 'boot' | 'seq'>, at: Milliseconds): Heard | null {
  const known = record.lives.find((life) => life.boot === report.boot);
  if (known !== undefined && report.seq <= known.seq) return null;
  const newest = record.lives.at(-1);
  const isNewest = newest === undefined || newest.boot === report.boot;
  const others = record.lives.filter((life) => life.boot !== report.boot);
  const lives: readonly Life[] = [...others, { boot: report.boot, seq: report.seq, at }].slice(-LIVES_KEPT);
  const isDuplicate = known !== undefined && !isNewest;
  const duplicateUntil = isDuplicate ? at + ALARM_ms : record.duplicateUntil;
  // A new life starts with a lease of 0 A.
  const limit_dA = isNewest ? record.limit_dA : 0;
  return { record: { lives, duplicateUntil, limit_dA }, alarm: isDuplicate ? [alarmOf(record.id)] : [] };
}

function alarmOf(id: string): Note {
  const text = `two slaves answer to the id "${id}": neither is raised until only one does`;
  return { kind: 'note', level: 'alarm', key: `duplicate-id ${id}`, text };
}
