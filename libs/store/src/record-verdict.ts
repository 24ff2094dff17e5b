// Of a record there may be two files, itself and its backup: which of them counts, and what is said of the other. Pure;
// `record-file.ts` reads them.
import type { Failure } from '@fairamp/units';

/** What one file is found to be. */
export type Seen<T> =
  | { readonly kind: 'missing' }
  | { readonly kind: 'good'; readonly value: T; readonly version: number }
  | { readonly kind: 'future'; readonly version: number }
  | { readonly kind: 'damaged'; readonly why: string };

export type Loaded<T> =
  | { readonly kind: 'good'; readonly value: T; readonly version: number }
  /** An older value than the last one: the record itself is damaged or gone. */
  | { readonly kind: 'backup'; readonly value: T; readonly version: number; readonly detail: string }
  | { readonly kind: 'empty' }
  | { readonly kind: 'damaged'; readonly detail: string }
  /** Written by a newer program. Nothing is saved over it before a person has moved it. */
  | { readonly kind: 'from-the-future'; readonly detail: string };

export type Two<T> = {
  readonly file: string;
  readonly own: Seen<T>;
  readonly backup: Seen<T>;
  /** A damaged one stands aside: what is missing was not always missing. */
  readonly hasDamagedAside: boolean;
};

export function verdict<T>(two: Two<T>): Loaded<T> {
  const { own, backup } = two;
  if (own.kind === 'good') return own;
  const future = futureOf(two);
  if (future !== null) return { kind: 'from-the-future', detail: future.detail };
  if (backup.kind === 'good') return { ...backup, kind: 'backup', detail: detailOf(two) };
  const isEmpty = own.kind === 'missing' && backup.kind === 'missing' && !two.hasDamagedAside;
  return isEmpty ? { kind: 'empty' } : { kind: 'damaged', detail: detailOf(two) };
}

/** Why nothing may be saved here; null = it may. */
export function futureOf({ file, own, backup }: Two<unknown>): Failure<'from-the-future'> | null {
  const [path, seen] = own.kind === 'future' ? [file, own] : [backupOf(file), backup];
  if (seen.kind !== 'future') return null;
  const detail = `${path}: version ${seen.version} is of a newer program; it is kept, and nothing is saved until it is moved away`;
  return { ok: false, reason: 'from-the-future', detail };
}

export const backupOf = (file: string): string => `${file}.backup`;
export const damagedOf = (file: string): string => `${file}.damaged`;

function detailOf({ file, own, backup }: Two<unknown>): string {
  const backupText = backup.kind === 'damaged' ? `; ${backupOf(file)}: ${backup.why}` : '';
  return `${file}: ${own.kind === 'damaged' ? own.why : 'missing'}${backupText}`;
}
