// What each raise that a master put on the wire rested on, kept until it can no longer be accepted: I1 judges a raise
// where it is taken up, by what could be known when it was given.
import { compareGrants, type GrantId } from '@fairamp/leases';
import type { Milliseconds, Phase } from '@fairamp/units';
import type { Basis, Fact, Moment } from './moment.js';
import { outletOf } from './truth.js';

export type Raise = { readonly id: GrantId; readonly at: Milliseconds; readonly basis: Basis };

/** A grant dies 10 s after the report that it echoes, by a slow clock 10.1 s: after this nobody takes it up. */
const TAKEN_UP_WITHIN_ms: Milliseconds = 10_500;

export class Raises {
  readonly #bySlave = new Map<string, Raise[]>();
  /** The newest to a car that uses the phase. */
  readonly #newest: Record<Phase, Raise | null> = { L1: null, L2: null, L3: null };

  /** @param moment the newest look, for the phases of the cars */
  hear(fact: Fact, moment: Moment | null): void {
    if (fact.kind !== 'granted' || !fact.raise || fact.basis === null) return;
    const raise = { id: fact.id, at: fact.at, basis: fact.basis };
    const standing = (this.#bySlave.get(fact.to) ?? []).filter(({ at }) => fact.at - at <= TAKEN_UP_WITHIN_ms);
    this.#bySlave.set(fact.to, [...standing, raise]);
    const phases = moment === null ? undefined : outletOf(moment, fact.to)?.phases;
    for (const phase of phases ?? []) this.#newest[phase] = raise;
  }

  find(slave: string, id: GrantId): Raise | null {
    return this.#bySlave.get(slave)?.find((raise) => compareGrants(raise.id, id) === 0) ?? null;
  }

  /**
   * What a raise that is accepted now is measured by on a phase: its own basis, or that of a newer raise there, whose
   * check counted this one's promise already. An older one's house may have gone since, and its room been given away.
   */
  newestOn(phase: Phase, own: Raise): Raise {
    const newest = this.#newest[phase];
    return newest !== null && newest.at > own.at ? newest : own;
  }
}
