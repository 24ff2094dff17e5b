// The master's epoch count, kept over its lives so that a new one is above the last. A lost or damaged count is
// harmless: slaves report the epoch they obey, and a master that sees a higher one begins again above it
// (leases.md B12).
import { join } from 'node:path';
import { readIfThere, writeAtomically } from './atomic-file.js';

const NAME = 'epoch.json';

/** @returns the count of the last life; 0 when none is known */
export function keptEpoch(folder: string): number {
  const text = readIfThere(join(folder, NAME));
  const count = text === null ? 0 : countIn(text);
  return Number.isSafeInteger(count) && count >= 0 ? count : 0;
}

function countIn(text: string): number {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null && 'count' in value ? Number(value.count) : 0;
  } catch {
    return 0;
  }
}

/** Before the first grant of a life (reliability.md I9). */
export function keepEpoch(folder: string, count: number): void {
  writeAtomically(join(folder, NAME), `${JSON.stringify({ count })}\n`);
}
