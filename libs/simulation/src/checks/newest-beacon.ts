// I10, the bridges' side of it: a sample echoes the newest beacon of the master that it names. A repeated old one that
// counted would keep a dead master named, and leave the site without one (leases.md B16).
import { WrongRows } from './episode.js';
import type { Accuse, Checker, Fact } from './moment.js';

export class NewestBeacon implements Checker {
  readonly invariant = 'I10';
  readonly #rows = new WrongRows();
  /** By the bridge and the master's boot, in the bridge's present life. */
  readonly #newest = new Map<string, Map<string, number>>();

  constructor(private readonly accuse: Accuse) {}

  hear(fact: Fact): void {
    if (fact.kind === 'started') this.#newest.delete(fact.who);
    if (fact.kind === 'beacon-heard') {
      const heard = this.#heardBy(fact.bridge);
      heard.set(fact.boot, Math.max(fact.seq, heard.get(fact.boot) ?? fact.seq));
    }
    if (fact.kind !== 'sampled' || fact.echo === null) return;
    const { at, bridge, echo } = fact;
    const newest = this.#heardBy(bridge).get(echo.boot) ?? echo.seq;
    if (!this.#rows.begins(bridge, echo.seq < newest)) return;
    this.accuse({ invariant: 'I10', at, detail: `${bridge} echoes beacon ${echo.seq}, it has heard ${newest}` });
  }

  #heardBy(bridge: string): Map<string, number> {
    const known = this.#newest.get(bridge);
    if (known !== undefined) return known;
    const heard = new Map<string, number>();
    this.#newest.set(bridge, heard);
    return heard;
  }

  look(): void {}
}
