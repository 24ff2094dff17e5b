// I16: a residual current opens at once, and nothing is closed again before a person has acknowledged it with the input
// low. A trip that its process asked for proves the monitor and latches nothing, unless it outlasts the test. What trips
// while a process is dead is not heard, and a start remembers no trip: 2.07 forgets one with its supply as well.
import type { Milliseconds } from '@fairamp/units';
import { Episodes, WrongRows } from './episode.js';
import type { Accuse, Checker, Fact, Moment, OutletTruth } from './moment.js';
import { slaveAt } from './truth.js';

/** 100 ms, the slowest contactor, and the milliseconds in which the plant's steps fall. */
const OPEN_WITHIN_ms: Milliseconds = 160;
/** A monitor's test, by a slow clock. */
const TEST_ms: Milliseconds = 2_050;

type Watched = { latchedSince: Milliseconds | null; testedAt: Milliseconds; wasPressed: boolean };

export class Residual implements Checker {
  readonly invariant = 'I16';
  readonly #closed = new Episodes();
  readonly #rows = new WrongRows();
  readonly #watched = new Map<string, Watched>();

  constructor(private readonly accuse: Accuse) {}

  hear(fact: Fact): void {
    if (fact.kind === 'started') this.#watched.delete(fact.who);
    if (fact.kind !== 'commanded') return;
    const watched = this.#of(fact.outlet);
    if (fact.output === 'test') watched.testedAt = fact.at;
    if (fact.output !== 'close') return;
    const { latchedSince } = watched;
    // What trips in this very millisecond is heard after it.
    const isWrong = latchedSince !== null && fact.at > latchedSince;
    if (!this.#rows.begins(fact.outlet, isWrong)) return;
    const detail = `${fact.outlet} closes although nobody has acknowledged its residual current`;
    this.accuse({ invariant: 'I16', at: fact.at, detail });
  }

  look(moment: Moment): void {
    const { at, outlets } = moment;
    for (let index = 0; index < outlets.length; index += 1) {
      const outlet = outlets[index];
      if (outlet === undefined || outlet.residual === 'none') continue;
      const isUp = slaveAt(moment, index)?.life.state === 'up';
      this.#note(outlet, isUp, at);
      const isLive = outlet.residual === 'tripped' && outlet.isClosed && outlet.isPowerAllowed && isUp;
      if (!this.#closed.of(index).look(isLive, at, OPEN_WITHIN_ms)) continue;
      this.accuse({ invariant: 'I16', at, detail: `${outlet.id} is still closed under a residual current` });
    }
  }

  #note({ id, residual, isPressed }: OutletTruth, isUp: boolean, at: Milliseconds): void {
    const watched = this.#of(id);
    if (residual === 'quiet' && isPressed && !watched.wasPressed) watched.latchedSince = null;
    watched.wasPressed = isPressed;
    const isTest = at - watched.testedAt < TEST_ms;
    if (residual === 'tripped' && isUp && !isTest) watched.latchedSince ??= at;
  }

  #of(id: string): Watched {
    const known = this.#watched.get(id);
    if (known !== undefined) return known;
    const fresh = { latchedSince: null, testedAt: -Infinity, wasPressed: false };
    this.#watched.set(id, fresh);
    return fresh;
  }
}
