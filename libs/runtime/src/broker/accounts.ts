// Who is who, from a list of accounts: the username is the id. Whoever gives no name at all is a viewer, where viewers
// are allowed. Passwords are compared in constant time, also for names that do not exist.
import { createHash, timingSafeEqual } from 'node:crypto';
import { type Identity } from './roles.js';

export type Account = Identity & { readonly password: string };

/** null = neither a known account nor a viewer. */
export type Identify = (username: string | null, password: string | null) => Identity | null;

export function identifyFrom(accounts: readonly Account[], { viewers }: { readonly viewers: boolean }): Identify {
  const byId = new Map(accounts.map((account) => [account.id, account]));
  return (username, password) => {
    if (username === null || username === '') return viewers ? { role: 'viewer', id: '' } : null;
    const account = byId.get(username);
    const isRight = isSame(password ?? '', account?.password ?? '');
    return account !== undefined && isRight ? { role: account.role, id: account.id } : null;
  };
}

/** Digests have one length, so that the comparison says nothing about it. */
function isSame(given: string, expected: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(expected));
}
