// I10: two masters are never both obeyed into more than the mains. In Smart mode who raises does so on a sample that
// names it, at most 5 s old, so that a superseded one's last raises are over long before its successor's first. In
// Normal mode there is no arbiter, and a slave takes grants of the master it is paired with and of no other.
import { MAINS, type Milliseconds } from '@fairamp/units';
import { WrongRows } from './episode.js';
import type { Accuse, Basis, Checker, Fact, Moment } from './moment.js';
import { basesOf } from './truth.js';

const OLDEST_FOR_RAISE_ms: Milliseconds = 5_000;
/** Two clocks of 5,000 ppm, and as in I6 what an echo hides. */
const SLOWEST = 1.01;
const HIDDEN_ms: Milliseconds = 300;

export class OneMaster implements Checker {
  readonly invariant = 'I10';
  readonly #rows = new WrongRows();
  #moment: Moment | null = null;

  constructor(private readonly accuse: Accuse) {}

  hear(fact: Fact): void {
    if (this.#moment === null) return;
    const isNormal = this.#moment.mode === 'normal';
    if (fact.kind === 'accepted' && isNormal) this.#judgePairing(fact);
    if (fact.kind === 'granted' && fact.raise && !isNormal) this.#judgeRaise(fact, this.#moment);
  }

  #judgePairing({ at, slave, from, pairedMaster }: Extract<Fact, { kind: 'accepted' }>): void {
    const why = from === pairedMaster ? null : `${slave} obeys ${from}, it is paired with ${pairedMaster}`;
    this.#judge(slave, at, why);
  }

  #judgeRaise(fact: Granted, moment: Moment): void {
    for (const { circuit, basis } of basesOf(fact, moment)) {
      const why = whyMayNotRaise(fact, basis);
      const of = circuit === MAINS ? '' : ` (${circuit})`;
      this.#judge(`${fact.master} ${circuit}`, fact.at, why === null ? null : `${why}${of}`);
    }
  }

  look(moment: Moment): void {
    this.#moment = moment;
  }

  #judge(subject: string, at: Milliseconds, why: string | null): void {
    if (this.#rows.begins(subject, why !== null)) this.accuse({ invariant: 'I10', at, detail: why ?? '' });
  }
}

type Granted = Extract<Fact, { kind: 'granted' }>;

function whyMayNotRaise({ at, master, to, id }: Granted, basis: Basis | null): string | null {
  // Without a measurement it is I6's.
  if (basis === null) return null;
  if (basis.named?.boot !== id.epoch.boot) return `${master} raised ${to} on a sample that names another`;
  const age_ms = at - basis.spokenAt;
  return age_ms > OLDEST_FOR_RAISE_ms * SLOWEST + HIDDEN_ms
    ? `${master} raised ${to} on a sample of ${age_ms} ms`
    : null;
}
