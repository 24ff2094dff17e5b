// I10, the bridge's side of it: a sample echoes the newest beacon of the master that it names. A repeated old one that
// counted would keep a dead master named, and leave the site without one (leases.md B16).
import { WrongRows } from './episode.js';
import type { Accuse, Checker, Fact } from './moment.js';

export class NewestBeacon implements Checker {
  readonly invariant = 'I10';
  readonly #rows = new WrongRows();
  /** By the master's boot, in the bridge's present life. */
  readonly #newest = new Map<string, number>();

  constructor(private readonly accuse: Accuse) {}

  hear(fact: Fact): void {
    if (fact.kind === 'started' && fact.who === 'bridge') this.#newest.clear();
    if (fact.kind === 'beacon-heard') {
      this.#newest.set(fact.boot, Math.max(fact.seq, this.#newest.get(fact.boot) ?? fact.seq));
    }
    if (fact.kind !== 'sampled' || fact.echo === null) return;
    const { boot, seq } = fact.echo;
    const newest = this.#newest.get(boot) ?? seq;
    if (!this.#rows.begins('bridge', seq < newest)) return;
    this.accuse({ invariant: 'I10', at: fact.at, detail: `the bridge echoes beacon ${seq}, it has heard ${newest}` });
  }

  look(): void {}
}
