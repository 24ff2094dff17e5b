// The checkers' own account of who holds what: from the facts of acceptance alone, in true time. It takes no part's word
// for what a lease allows now, so a slave whose clock or arithmetic is wrong is seen.
import type { Deciamps, Milliseconds } from '@fairamp/units';
import type { Fact } from './moment.js';

type ShadowLease = {
  /** Of the life that may hold it; null = its start was not told. */
  boot: string | null;
  held_dA: Deciamps;
  /** Of what is held. */
  endsAt: Milliseconds;
  /** Since when nothing is held; only while held_dA is 0. */
  nothingSince: Milliseconds;
};

export class ShadowLedger {
  readonly #leases = new Map<string, ShadowLease>();

  hear(fact: Fact): void {
    if (fact.kind === 'started') {
      this.#leases.set(fact.who, { boot: fact.boot, held_dA: 0, endsAt: fact.at, nothingSince: fact.at });
    } else if (fact.kind === 'accepted') this.#accept(fact);
  }

  bootOf(slave: string): string | null {
    return this.#leases.get(slave)?.boot ?? null;
  }

  /** Some lease is alive, if one of 0 A: its charge point was heard when it began. */
  isAlive(slave: string, at: Milliseconds): boolean {
    const lease = this.#leases.get(slave);
    return lease !== undefined && at < lease.endsAt;
  }

  heldAt(slave: string, at: Milliseconds): Deciamps {
    const lease = this.#leases.get(slave);
    return lease === undefined || at >= lease.endsAt ? 0 : lease.held_dA;
  }

  /** Since when it may draw nothing; null = it may. Who was never granted anything never might. */
  nothingSince(slave: string, at: Milliseconds): Milliseconds | null {
    const lease = this.#leases.get(slave);
    if (lease === undefined) return 0;
    if (lease.held_dA === 0) return lease.nothingSince;
    return at >= lease.endsAt ? lease.endsAt : null;
  }

  #accept({ slave, boot, at, held_dA, endsAt }: Extract<Fact, { kind: 'accepted' }>): void {
    const nothingSince = this.nothingSince(slave, at) ?? at;
    this.#leases.set(slave, { boot: this.bootOf(slave) ?? boot, held_dA, endsAt, nothingSince });
  }
}
