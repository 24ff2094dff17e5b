// One process per store (design 3 rule 8): two masters on one store would count the same epoch. The lock is a file
// with the owner's process id; a lock whose owner is dead is taken over.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readIfThere } from './atomic-file.js';

const NAME = 'lock';

/** @returns how to let go of it, or the id of the living process that holds it */
export function lockStore(folder: string, pid: number): { readonly release: () => void } | { readonly heldBy: number } {
  const file = join(folder, NAME);
  mkdirSync(folder, { recursive: true });
  // Twice at most: a second loser means that somebody else has just taken it over.
  for (let attempt = 0; attempt < 2; attempt += 1) {
    if (isCreated(file, pid)) return { release: () => releaseIfMine(file, pid) };
    const owner = Number(readIfThere(file) ?? NaN);
    if (owner !== pid && isAlive(owner)) return { heldBy: owner };
    rmSync(file, { force: true });
  }
  return { heldBy: Number(readIfThere(file) ?? NaN) };
}

function isCreated(file: string, pid: number): boolean {
  try {
    writeFileSync(file, String(pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw error;
  }
}

function releaseIfMine(file: string, pid: number): void {
  if (readIfThere(file) === String(pid)) rmSync(file, { force: true });
}

function isAlive(pid: number): boolean {
  if (!Number.isInteger(pid) || pid <= 0) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // EPERM: it lives, but belongs to somebody else.
    return codeOf(error) === 'EPERM';
  }
}

function codeOf(error: unknown): unknown {
  return typeof error === 'object' && error !== null ? Reflect.get(error, 'code') : undefined;
}
