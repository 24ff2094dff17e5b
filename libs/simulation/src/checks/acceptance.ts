// I5: a lease is taken up only from a fresh grant that was meant for this very life, in its order, and it acts as rule 3
// says. Every condition is put here once more, in the checkers' own words and figures: one that was borrowed from the
// code it judges would be wrong together with it.
import { compareGrants, type GrantId } from '@fairamp/leases';
import type { Deciamps, Milliseconds } from '@fairamp/units';
import { WrongRows } from './episode.js';
import type { Accuse, Checker, Fact } from './moment.js';
import { ShadowLedger } from './shadow-ledger.js';

type Accepted = Extract<Fact, { kind: 'accepted' }>;

const LONGEST_ms: Milliseconds = 10_000;
/** A true time that follows from whole milliseconds of another clock, and back. */
const CLOCK_ms: Milliseconds = 5;
/** Two clocks of 5,000 ppm. */
const SLOWEST = 1.01;

export class Acceptance implements Checker {
  readonly invariant = 'I5';
  readonly #ledger = new ShadowLedger();
  readonly #rows = new WrongRows();
  /** The newest accepted in the present life. */
  readonly #newest = new Map<string, GrantId>();

  constructor(private readonly accuse: Accuse) {}

  hear(fact: Fact): void {
    if (fact.kind === 'started') this.#newest.delete(fact.who);
    if (fact.kind === 'accepted') this.#judge(fact);
    this.#ledger.hear(fact);
  }

  look(): void {}

  #judge(fact: Accepted): void {
    const { at, slave, id } = fact;
    const why = whyNotFresh(fact) ?? this.#whyNotItsOwn(fact) ?? this.#whyNotHeld(fact);
    this.#newest.set(slave, id);
    if (!this.#rows.begins(slave, why !== null)) return;
    this.accuse({ invariant: 'I5', at, detail: `${slave} took grant ${id.epoch.count}.${id.n}: ${why}` });
  }

  #whyNotItsOwn({ slave, boot, echoBoot, id }: Accepted): string | null {
    const newest = this.#newest.get(slave);
    if (echoBoot !== boot || boot !== (this.#ledger.bootOf(slave) ?? boot)) return 'it answers another life';
    if (newest !== undefined && compareGrants(id, newest) <= 0) return 'it is not newer than the one before';
    return null;
  }

  #whyNotHeld({ slave, at, raise, limit_dA, held_dA }: Accepted): string | null {
    if (!isLimit(limit_dA)) return `no limit is ${limit_dA} dA`;
    if (raise) return held_dA === limit_dA ? null : `it holds ${held_dA} dA of a raise to ${limit_dA} dA`;
    // At the very end of the old lease either may be right.
    const before_dA = [this.#ledger.heldAt(slave, at - CLOCK_ms), this.#ledger.heldAt(slave, at + CLOCK_ms)];
    const isRight = before_dA.some((before) => held_dA === Math.min(before, limit_dA));
    return isRight ? null : `it holds ${held_dA} dA, without a raise, of ${limit_dA} dA and ${before_dA[0]} dA before`;
  }
}

function whyNotFresh({ at, retained, echo_t, local, validFor_ms, endsAt }: Accepted): string | null {
  if (retained) return 'it was retained';
  if (!(validFor_ms > 0 && validFor_ms <= LONGEST_ms)) return `valid for ${validFor_ms} ms`;
  if (!(echo_t <= local)) return 'it answers a report that is not yet made';
  if (!(local < echo_t + validFor_ms)) return 'it had ended';
  if (!(endsAt + CLOCK_ms > at)) return 'its end is past';
  return endsAt <= at + validFor_ms * SLOWEST + CLOCK_ms ? null : 'it ends later than it is valid for';
}

function isLimit(limit_dA: Deciamps): boolean {
  return limit_dA === 0 || (Number.isInteger(limit_dA) && limit_dA >= 60 && limit_dA <= 800);
}
