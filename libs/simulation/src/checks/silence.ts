// I9: a new master raises nobody until everything that a former one granted has ended: in Smart mode the bridge has
// named it for so long without a break, in Normal mode its process is so old. And what the former one granted did end:
// no slave took anything of another life up longer after the naming than a sample lives.
import type { Milliseconds } from '@fairamp/units';
import { WrongRows } from './episode.js';
import type { Accuse, Basis, Checker, Fact, Moment } from './moment.js';

type Granted = Extract<Fact, { kind: 'granted' }>;

/** Beside A: the slave reacts, soft stop, contactor, and the margin of rule 8. With A = 10 s: 17 s. */
const BESIDE_OLDEST_ms: Milliseconds = 7_000;
/** Two clocks of 5,000 ppm: so much less may have passed in true time. */
const FASTEST = 1.01;
/** As in I6: what a slow clock makes of A, and what an echo hides. */
const HIDDEN_ms: Milliseconds = 300;

/** A life of a master: since when the bridge names it (null = it was never seen to be named), and what was taken up of it. */
type Life = { readonly of: string; namedSince: Milliseconds | null; takenUpAt: Milliseconds };

export class Silence implements Checker {
  readonly invariant = 'I9';
  readonly #rows = new WrongRows();
  #moment: Moment | null = null;
  /** By boot. */
  readonly #lives = new Map<string, Life>();

  constructor(private readonly accuse: Accuse) {}

  hear(fact: Fact): void {
    if (fact.kind === 'accepted') this.#lifeOf(fact.id.epoch.boot, fact.from).takenUpAt = fact.at;
    if (fact.kind !== 'granted') return;
    const { boot } = fact.id.epoch;
    const life = this.#lifeOf(boot, fact.master);
    life.namedSince = namedSince(fact.basis, boot) ?? life.namedSince;
    if (!fact.raise || this.#moment === null) return;
    const why = this.#whyNot(fact, this.#moment);
    if (!this.#rows.begins(fact.master, why !== null)) return;
    this.accuse({ invariant: 'I9', at: fact.at, detail: `${fact.master} raised ${fact.to}: ${why}` });
  }

  look(moment: Moment): void {
    this.#moment = moment;
  }

  #lifeOf(boot: string, of: string): Life {
    const known = this.#lives.get(boot);
    if (known !== undefined) return known;
    const life = { of, namedSince: null, takenUpAt: -Infinity };
    this.#lives.set(boot, life);
    return life;
  }

  #whyNot(fact: Granted, { mode, oldestSample_ms }: Moment): string | null {
    const since = mode === 'normal' ? fact.masterStartedAt : namedSince(fact.basis, fact.id.epoch.boot);
    // Not named at all is I10's.
    if (since === null) return null;
    const silent_ms = (mode === 'normal' ? fact.at : (fact.basis?.publishedAt ?? fact.at)) - since;
    const needed_ms = (oldestSample_ms + BESIDE_OLDEST_ms) / FASTEST;
    if (silent_ms < needed_ms) return `only ${silent_ms} ms after it came`;
    const late_ms = this.#newestOfFormer(fact, since) - (since + oldestSample_ms * FASTEST + HIDDEN_ms);
    return late_ms > 0 ? `a slave had taken up a former one's grant ${Math.round(late_ms)} ms too late` : null;
  }

  /**
   * Whoever is named later is no former one: it is the one who raises that is superseded, and may for 5 s more. Where
   * nobody is named, only a life of the same master is: slaves are paired, and another one is obeyed by other slaves.
   */
  #newestOfFormer({ id, master }: Granted, since: Milliseconds): Milliseconds {
    let newest = -Infinity;
    for (const [boot, { of, namedSince: named, takenUpAt }] of this.#lives) {
      const isFormer = boot !== id.epoch.boot && (named === null ? of === master : named < since);
      if (isFormer && takenUpAt > newest) newest = takenUpAt;
    }
    return newest;
  }
}

function namedSince(basis: Basis | null, boot: string): Milliseconds | null {
  const named = basis?.named ?? null;
  return named !== null && named.boot === boot ? named.since : null;
}
