// From the form in which an older version wrote a value to the newest, step by step. Each step is a pure function that
// stays as it is for ever; the newest version is one above their number.
import { failure, ok, type Result } from '@fairamp/units';
import { messageOf } from './system-error.js';

/** The n-th of a list (from 1) makes the form of version n + 1 of that of version n. */
export type Migration = (value: unknown) => unknown;

export function migrated(value: unknown, version: number, steps: readonly Migration[]): Result<unknown, string> {
  try {
    return ok(steps.slice(version - 1).reduce((form, step) => step(form), value));
  } catch (error) {
    // Whole, but not what that version wrote.
    return failure('migration', `version ${version} cannot be read: ${messageOf(error)}`);
  }
}
