// The master's epoch count, kept over its lives so that a new one is above the last. A lost, damaged or unsaved count is
// harmless: slaves report the epoch they obey, and a master that sees a higher one begins again above it (leases.md B12).
import { join } from 'node:path';
import { failure, ok, type Result } from '@fairamp/units';
import type { FileSystem } from './file-system.js';
import { RecordFile, type RecordFormat } from './record-file.js';
import type { Seen } from './record-verdict.js';
import { isObject } from './seal.js';

const NAME = 'epoch.json';
const VERSION = 1;
type Count = { readonly count: number };

const FORMAT: RecordFormat<Count> = { version: VERSION, accept, unsealed: asFirstWritten };

/** @returns the count of the last life that could keep one; 0 when none is known */
export function keptEpoch(folder: string, fs?: FileSystem): number {
  const loaded = new RecordFile(join(folder, NAME), FORMAT, fs).load();
  return 'value' in loaded ? loaded.value.count : 0;
}

/** Before the first grant of a life (reliability.md I9). Not ok: who asked says so and goes on. */
export function keepEpoch(folder: string, count: number, fs?: FileSystem): Result<null, string> {
  return new RecordFile(join(folder, NAME), FORMAT, fs).save({ count });
}

function accept(value: unknown): Result<Count, string> {
  const count = isObject(value) ? value.count : undefined;
  if (typeof count !== 'number' || !Number.isSafeInteger(count) || count < 0)
    return failure('count', `count ${String(count)} is no whole number from 0 on`);
  return ok({ count });
}

/** Exactly `{"count":7}`: nothing that a sealed file could become by an accident. */
function asFirstWritten(text: string): Seen<Count> | null {
  const count = /^\{"count":(\d{1,15})\}\n?$/.exec(text)?.[1];
  return count === undefined ? null : { kind: 'good', value: { count: Number(count) }, version: VERSION };
}
