// I13: the wall clock changes nothing, for there is none in a node: time is each process's own monotonic clock, which
// within a life never goes back and never leaves the 5,000 ppm that the rules assume.
import type { Milliseconds } from '@fairamp/units';
import { WrongRows } from './episode.js';
import type { Accuse, Checker, Moment, ProcessTruth } from './moment.js';

/** 5,000 ppm; a rounding at each end. */
const WRONG_BY = 0.005;
const ROUNDING_ms: Milliseconds = 3;

type Seen = { life: Milliseconds; firstAt: Milliseconds; firstLocal: Milliseconds; local: Milliseconds };

export class Clocks implements Checker {
  readonly invariant = 'I13';
  readonly #rows = new WrongRows();
  readonly #seen = new Map<string, Seen>();

  constructor(private readonly accuse: Accuse) {}

  hear(): void {}

  look({ at, system }: Moment): void {
    for (const slave of system.slaves) this.#read(slave, at);
    for (const master of system.masters) this.#read(master, at);
    for (const other of system.others) this.#read(other, at);
  }

  #read({ who, startedAt, local }: ProcessTruth, at: Milliseconds): void {
    const seen = this.#seen.get(who);
    if (seen === undefined || seen.life !== startedAt) {
      this.#seen.set(who, { life: startedAt, firstAt: at, firstLocal: local, local });
      return;
    }
    const lost_ms = Math.abs(local - seen.firstLocal - (at - seen.firstAt));
    const isWrong = local < seen.local || lost_ms > (at - seen.firstAt) * WRONG_BY + ROUNDING_ms;
    const before = seen.local;
    seen.local = local;
    if (!isWrong || !this.#rows.begins(who, true)) return;
    this.accuse({ invariant: 'I13', at, detail: `the clock of ${who} went from ${before} ms to ${local} ms` });
  }
}
