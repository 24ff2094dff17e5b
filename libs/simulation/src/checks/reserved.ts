// I4: what was promised stays reserved. At each raise, and at each decision of a master whose silence is over, its book
// is compared with what every slave of the roster can draw at that moment: by its lease in the checkers' own ledger, by
// its pilot, or because it does. Before, and after another was named, a book may know less, for then it raises nobody.
import { amps, type Deciamps, type Milliseconds } from '@fairamp/units';
import { WrongRows } from './episode.js';
import type { Accuse, Checker, Fact, Moment } from './moment.js';
import { ShadowLedger } from './shadow-ledger.js';
import { isWelded, Unruled } from './unruled.js';

/** Milliamperes are rounded to deciamperes once more than by the master. */
const ROUNDING_dA: Deciamps = 1;

/** A fact falls between two looks: the outputs must be beyond the book at both, see I1. */
type Suspicion = { readonly at: Milliseconds; readonly slave: string; readonly reserved_dA: Deciamps };

export class Reserved implements Checker {
  readonly invariant = 'I4';
  readonly #ledger = new ShadowLedger();
  readonly #rows = new WrongRows();
  readonly #unruled = new Unruled();
  #suspicions: Suspicion[] = [];
  #moment: Moment | null = null;
  #paired: string | null = null;

  constructor(private readonly accuse: Accuse) {}

  hear(fact: Fact): void {
    this.#ledger.hear(fact);
    if (fact.kind === 'accepted') this.#paired = fact.pairedMaster;
    if (fact.kind !== 'granted' || this.#moment === null || !(fact.raise || rules(fact, this.#moment))) return;
    // In Normal mode nobody obeys another than the master of the pairing: its book rules nothing.
    if (this.#paired !== null && this.#paired !== fact.master) return;
    for (const [slave, reserved_dA] of Object.entries(fact.reserved_dA)) this.#judge(slave, reserved_dA, fact.at);
  }

  look(moment: Moment): void {
    this.#moment = moment;
    this.#unruled.look(moment);
    if (this.#suspicions.length === 0) return;
    for (const { at, slave, reserved_dA } of this.#suspicions) {
      this.#settle({ at, slave, reserved_dA }, this.#outputsOf(slave), 'can draw');
    }
    this.#suspicions = [];
  }

  #judge(slave: string, reserved_dA: Deciamps, at: Milliseconds): void {
    const held_dA = this.#ledger.heldAt(slave, at);
    const isBeyond = this.#outputsOf(slave) > reserved_dA + ROUNDING_dA;
    if (held_dA > reserved_dA || !isBeyond) this.#settle({ at, slave, reserved_dA }, held_dA, 'holds');
    else this.#suspicions.push({ at, slave, reserved_dA });
  }

  #settle({ at, slave, reserved_dA }: Suspicion, most_dA: Deciamps, how: 'holds' | 'can draw'): void {
    if (!this.#rows.begins(slave, most_dA > reserved_dA + ROUNDING_dA)) return;
    const detail = `${slave} ${how} ${amps(most_dA)} A, ${amps(reserved_dA)} A are reserved of it`;
    this.accuse({ invariant: 'I4', at, detail });
  }

  #outputsOf(slave: string): Deciamps {
    const index = this.#moment?.outlets.findIndex(({ id }) => id === slave) ?? -1;
    return this.#isUnknown(index, slave) ? 0 : this.#unruled.ruledOf(index);
  }

  /** Contacts that hang together at a charge point that nobody hears: no message can have told the master of it. */
  #isUnknown(index: number, slave: string): boolean {
    const outlet = this.#moment?.outlets[index];
    if (this.#moment === null || outlet === undefined || !isWelded(outlet)) return false;
    return !this.#ledger.isAlive(slave, this.#moment.at);
  }
}

/** Could it raise somebody now? By truth, with what its own clock may be wrong by on the safe side. */
function rules({ at, masterStartedAt, basis, id }: Extract<Fact, { kind: 'granted' }>, moment: Moment): boolean {
  const silence_ms = (moment.oldestSample_ms + BESIDE_OLDEST_ms) * SLOWEST + LATE_ms;
  if (moment.mode === 'normal') return at - masterStartedAt > silence_ms;
  if (basis === null || basis.named === null || basis.named.boot !== id.epoch.boot) return false;
  return basis.publishedAt - basis.named.since > silence_ms && at - basis.spokenAt <= OLDEST_FOR_RAISE_ms;
}

/** Rule 8: the silence is A and 7 s (with A = 25 s a little more). */
const BESIDE_OLDEST_ms: Milliseconds = 7_000;
const SLOWEST = 1.01;
const LATE_ms: Milliseconds = 500;
const OLDEST_FOR_RAISE_ms: Milliseconds = 4_900;
