// What each raise that a master put on the wire rested on, kept until it can no longer be accepted: I1 judges a raise
// where it is taken up, by what could be known when it was given.
import { compareGrants, type GrantId } from '@fairamp/leases';
import { MAINS, type Milliseconds, type Phase } from '@fairamp/units';
import { Branches } from './branches.js';
import type { Basis, Fact, Moment } from './moment.js';

export type Raise = {
  readonly id: GrantId;
  readonly at: Milliseconds;
  /** By circuit; null where nobody measures, or nothing had been measured. */
  readonly basisOf: (circuit: string) => Basis | null;
};

/** A grant dies 10 s after the report that it echoes, by a slow clock 10.1 s: after this nobody takes it up. */
const TAKEN_UP_WITHIN_ms: Milliseconds = 10_500;

export class Raises {
  readonly #bySlave = new Map<string, Raise[]>();
  /** The newest to a car that uses the branch. */
  readonly #newest = new Branches<{ raise: Raise | null }>(() => ({ raise: null }));

  /** @param moment the newest look, for the phases of the cars */
  hear(fact: Fact, moment: Moment | null): void {
    if (fact.kind !== 'granted' || !fact.raise || fact.basis === null) return;
    const { basis, circuitBases } = fact;
    const basisOf = (circuit: string): Basis | null => (circuit === MAINS ? basis : (circuitBases[circuit] ?? null));
    const raise = { id: fact.id, at: fact.at, basisOf };
    const standing = (this.#bySlave.get(fact.to) ?? []).filter(({ at }) => fact.at - at <= TAKEN_UP_WITHIN_ms);
    this.#bySlave.set(fact.to, [...standing, raise]);
    const index = moment?.outlets.findIndex(({ id }) => id === fact.to) ?? -1;
    moment?.circuits.forEach(({ outlets }, place) => {
      if (!outlets.includes(index)) return;
      for (const phase of moment.outlets[index]?.phases ?? []) this.#newest.of(place, phase).raise = raise;
    });
  }

  find(slave: string, id: GrantId): Raise | null {
    return this.#bySlave.get(slave)?.find((raise) => compareGrants(raise.id, id) === 0) ?? null;
  }

  /**
   * What a raise that is accepted now is measured by on a branch: its own basis, or that of a newer raise there, whose
   * check counted this one's promise already. An older one's house may have gone since, and its room been given away.
   * @param place of the circuit in its list
   */
  newestOn(place: number, phase: Phase, own: Raise): Raise {
    const { raise: newest } = this.#newest.of(place, phase);
    return newest !== null && newest.at > own.at ? newest : own;
  }
}
