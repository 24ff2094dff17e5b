// Stops the guessing of passwords: five wrong ones a minute from one address, then 60 s of silence for it (reliability.md
// 4b). On the loopback address every participant of a computer has the same address, so there it counts by username: one
// misconfigured slave must not lock the master out. Pure: moments come with the questions; the memory is bounded.
import { type Milliseconds } from '@fairamp/units';

const FAILURES_MAX = 5;
const WINDOW_ms = 60_000;
/** More addresses than a house has; the longest unseen is forgotten first. */
const REMEMBERED_MAX = 1024;

type Record = { readonly count: number; readonly since: Milliseconds };

export class AuthThrottle {
  readonly #failures = new Map<string, Record>();

  isBlocked(address: string, username: string, now: Milliseconds): boolean {
    const record = this.#failures.get(keyOf(address, username));
    return record !== undefined && record.count >= FAILURES_MAX && now - record.since < WINDOW_ms;
  }

  /** The fifth failure begins the 60 s anew. */
  failed(address: string, username: string, now: Milliseconds): void {
    const key = keyOf(address, username);
    const old = this.#failures.get(key);
    const isFresh = old !== undefined && now - old.since < WINDOW_ms;
    const count = isFresh ? old.count + 1 : 1;
    this.#failures.delete(key);
    this.#failures.set(key, { count, since: isFresh && count < FAILURES_MAX ? old.since : now });
    if (this.#failures.size > REMEMBERED_MAX) this.#forgetOldest();
  }

  #forgetOldest(): void {
    const [oldest] = this.#failures.keys();
    if (oldest !== undefined) this.#failures.delete(oldest);
  }
}

function keyOf(address: string, username: string): string {
  const isLoopback = address === '::1' || /^(::ffff:)?127\./.test(address);
  return isLoopback ? `${address} ${username}` : address;
}
