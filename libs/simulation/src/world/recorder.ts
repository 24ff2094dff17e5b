// Fills a recording for people: a row now and then, and what happened.
import type { Milliseconds } from '@fairamp/units';
import type { Fact, Moment, Violation } from '../checks/moment.js';
import type { Strategy } from '../outcome.js';
import type { Happening, Recording, Row } from '../picture/recording.js';
import type { WorldConfig } from '../scenario/draw.js';
import { phasesOf } from './look.js';

const SAID_EVERY_ms: Milliseconds = 60_000;

export class Recorder {
  readonly #rows: Row[] = [];
  readonly #happenings: Happening[] = [];
  readonly #because = new Map<string, string>();
  readonly #saidAt = new Map<string, Milliseconds>();
  #nextRowAt: Milliseconds = 0;

  constructor(private readonly rowsEach_ms: Milliseconds) {}

  hear(fact: Fact): void {
    if (fact.kind === 'said' && !this.#isRepeated(fact.who, fact.text, fact.at)) {
      this.note(fact.at, 'said', fact.who, fact.text);
    }
  }

  /** As the apps' logs: at most once a minute, whatever its figures. */
  #isRepeated(who: string, text: string, at: Milliseconds): boolean {
    const key = `${who} ${text.replaceAll(/\d+/g, '#')}`;
    const last = this.#saidAt.get(key);
    if (last !== undefined && at - last < SAID_EVERY_ms) return true;
    this.#saidAt.set(key, at);
    return false;
  }

  note(at: Milliseconds, kind: Happening['kind'], who: string, text: string): void {
    this.#happenings.push({ at, kind, who, text });
  }

  accuse({ at, invariant, detail }: Violation): void {
    this.note(at, invariant === 'trip' ? 'trip' : 'violation', invariant, detail);
  }

  look(moment: Moment): void {
    if (moment.at < this.#nextRowAt) return;
    this.#nextRowAt = moment.at - (moment.at % this.rowsEach_ms) + this.rowsEach_ms;
    const points = moment.outlets.map((outlet, index) => ({
      limit_dA: moment.system.slaves[index]?.held_dA ?? 0,
      offered_dA: outlet.offered_dA,
      draw_dA: outlet.draw_dA,
      isClosed: outlet.isClosed,
      isPlugged: outlet.pilot !== 'A',
    }));
    const mains_dA = sumOf(moment);
    this.#rows.push({ at: moment.at, house_dA: moment.house_dA, mains_dA, points });
    for (const { who, because, life } of moment.system.slaves) {
      if (life.state === 'up') this.#reason(moment.at, who, because.join(', '));
    }
  }

  finish({ scenario, about, seed, site, plant }: WorldConfig, strategy: Strategy): Recording {
    const points = site.points.map(({ id, maximum_dA }, index) => {
      const outlet = plant.outlets[index];
      return { id, maximum_dA, phases: outlet === undefined ? [] : phasesOf(outlet) };
    });
    const happenings = this.#happenings.sort((a, b) => a.at - b.at);
    return { scenario, about, seed, strategy, limit_dA: site.mains_dA, points, rows: this.#rows, happenings };
  }

  #reason(at: Milliseconds, who: string, because: string): void {
    if (because === '' || this.#because.get(who) === because) return;
    this.#because.set(who, because);
    this.note(at, 'reason', who, because);
  }
}

function sumOf({ house_dA, outlets }: Moment): Row['mains_dA'] {
  const sum = { ...house_dA };
  for (const { draw_dA } of outlets) {
    sum.L1 += draw_dA.L1;
    sum.L2 += draw_dA.L2;
    sum.L3 += draw_dA.L3;
  }
  return sum;
}
