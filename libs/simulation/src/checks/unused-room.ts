// Nothing is wasted: room that a charging car could use is given to it, and 90 % of it in one raise (the rest is what
// meters cannot see). Judged in undisturbed time alone: the house as it was when the raise's sample was measured, nobody
// cut in the seconds before, so that every reduction has been seen obeyed, and nobody about to start. Two complaints: a
// raise that leaves room over, and room for which no raise comes at all. What a car draws counts as its own only when it
// has drawn it for a while (I8), so nobody there may have begun to draw more lately.
import { amps, type Deciamps, type Milliseconds, type Phase } from '@fairamp/units';
import { Calm, Pace, WANDERS_dA } from './calm.js';
import { Episodes } from './episode.js';
import { Lowest } from './lowest.js';
import { houseError } from './meter-error.js';
import type { Accuse, Checker, CircuitTruth, Fact, Moment, OutletTruth } from './moment.js';
import { Raises } from './raises.js';
import { ShadowLedger } from './shadow-ledger.js';
import { besideCars, carsOn, drawnMost, drawsAnything, isSlowMeter, outputsOn } from './truth.js';

type Accepted = Extract<Fact, { kind: 'accepted' }>;

/** 5 s to obey, its reservation, two samples and their way. */
const OBEYED_WITHIN_ms: Milliseconds = 12_000;
/** All raises of one decision are there, and looked at. */
const SETTLED_AFTER_ms: Milliseconds = 2_500;
/** Two samples, 5 s between raises, 5 s until a car follows, and the next decision. */
const GIVEN_WITHIN_ms: Milliseconds = 20_000;
/** The 7 s of the lowest draw, and a report. */
const STEADY_ms: Milliseconds = 9_000;
/** Smaller raises than half an ampere are none, and as much again is rounding. */
const SPARED_dA: Deciamps = 10;
const LEFT_OVER = 0.1;
/** A car that uses what it is offered: but for this and what its meter may miss. */
const USES_dA: Deciamps = 5;

/** What was free for it when it took the raise up. */
type Taken = { readonly at: Milliseconds; readonly index: number; readonly free_dA: Deciamps };

export class UnusedRoom implements Checker {
  readonly invariant = 'unused-room';
  readonly #pace = new Pace();
  readonly #calm = new Calm();
  readonly #ledger = new ShadowLedger();
  readonly #raises = new Raises();
  readonly #idle = new Episodes();
  /** In the order of the outlets: what each drew at least, on its strongest conductor. */
  readonly #draws_dA: Lowest[] = [];
  #taken: Taken[] = [];
  #calmSince: Milliseconds = 0;
  #loweredAt: Milliseconds = 0;
  #moment: Moment | null = null;

  constructor(private readonly accuse: Accuse) {}

  hear(fact: Fact): void {
    const before_dA = fact.kind === 'accepted' ? this.#ledger.heldAt(fact.slave, fact.at) : 0;
    // A raise is weighed before it is in the book.
    if (fact.kind === 'accepted' && fact.held_dA > before_dA && before_dA > 0) this.#take(fact);
    this.#ledger.hear(fact);
    this.#raises.hear(fact, this.#moment);
    const isLowered = fact.kind === 'accepted' && fact.held_dA < before_dA;
    if (isLowered || fact.kind === 'killed') this.#loweredAt = fact.at;
  }

  look(moment: Moment): void {
    this.#moment = moment;
    const { at } = moment;
    if (!this.#pace.isDue(at)) return;
    moment.outlets.forEach((outlet, index) => {
      (this.#draws_dA[index] ??= new Lowest(STEADY_ms)).note(at, drawnMost(outlet));
    });
    this.#calmSince = this.#calm.look(moment);
    this.#settle(moment);
    const isQuiet = at - this.#calmSince > GIVEN_WITHIN_ms && at - this.#loweredAt > OBEYED_WITHIN_ms;
    moment.outlets.forEach((outlet, index) => {
      const isJudged = isQuiet && couldUseMore(outlet) && this.#isSteadyAround(index, moment);
      const free_dA = isJudged ? this.#freeFor(index, moment) : 0;
      if (!this.#idle.of(index).look(free_dA > SPARED_dA, at, GIVEN_WITHIN_ms)) return;
      const detail = `${amps(free_dA)} A are free for the car of ${outlet.id}, and nobody gives them to it`;
      this.accuse({ invariant: 'unused-room', at, detail });
    });
  }

  #take({ slave, id, at }: Accepted): void {
    const moment = this.#moment;
    const raise = this.#raises.find(slave, id);
    const index = moment?.outlets.findIndex((outlet) => outlet.id === slave) ?? -1;
    if (moment === null || raise === null || index < 0 || at - this.#loweredAt <= OBEYED_WITHIN_ms) return;
    const measuredAt = pathOf(index, moment).map((circuit) => raise.basisOf(circuit.id)?.measuredAt ?? raise.at);
    if (Math.min(...measuredAt) <= this.#calmSince || !this.#isSteadyAround(index, moment)) return;
    this.#taken.push({ at, index, free_dA: this.#freeFor(index, moment) });
  }

  #settle(moment: Moment): void {
    const due = this.#taken.filter(({ at }) => moment.at - at >= SETTLED_AFTER_ms);
    if (due.length === 0) return;
    this.#taken = this.#taken.filter((taken) => !due.includes(taken));
    for (const { at, index, free_dA } of due) {
      const outlet = moment.outlets[index];
      const isStill = this.#calmSince < at && this.#loweredAt < at;
      if (!isStill || outlet === undefined || outlet.most_dA <= outlet.offered_dA + SPARED_dA) continue;
      const left_dA = this.#freeFor(index, moment);
      if (left_dA <= LEFT_OVER * free_dA + SPARED_dA) continue;
      const detail = `a raise of ${outlet.id} left ${amps(left_dA)} A of ${amps(free_dA)} A that were free for it`;
      this.accuse({ invariant: 'unused-room', at: moment.at, detail });
    }
  }

  /** On the tightest of its branches, as far as a meter can tell. */
  #freeFor(index: number, moment: Moment): Deciamps {
    const outlet = moment.outlets[index];
    if (outlet === undefined || isSlowMeter(moment)) return 0;
    let least_dA = outlet.most_dA - this.#ledger.heldAt(outlet.id, moment.at);
    for (const circuit of pathOf(index, moment)) {
      for (const phase of outlet.phases) least_dA = Math.min(least_dA, this.#freeOn(circuit, phase, moment));
    }
    return Math.max(0, least_dA);
  }

  #isSteadyAround(index: number, moment: Moment): boolean {
    const around = pathOf(index, moment).flatMap(({ outlets }) => outlets);
    return !around.some((other) => this.#isUncertain(other, moment));
  }

  /** Nobody sees what it draws, or it is just about to begin or to end, or has begun to draw more. */
  #isUncertain(index: number, { at, outlets }: Moment): boolean {
    const outlet = outlets[index];
    if (outlet === undefined) return false;
    const { isMetered, broken, isHungry, isClosed } = outlet;
    if (!isMetered || broken.length > 0 || isHungry !== (isClosed && drawsAnything(outlet))) return true;
    const least_dA = this.#draws_dA[index]?.since(at - STEADY_ms, at) ?? 0;
    return drawnMost(outlet) > least_dA + USES_dA;
  }

  #freeOn(circuit: CircuitTruth, phase: Phase, moment: Moment): Deciamps {
    const { outlets, at } = moment;
    const house_dA = besideCars(circuit, phase) + WANDERS_dA;
    let claimed_dA = house_dA + houseError(house_dA, carsOn(moment, phase, circuit), circuit.outlets.length);
    for (const index of circuit.outlets) {
      const outlet = outlets[index];
      if (outlet === undefined) continue;
      const held_dA = outlet.phases.includes(phase) ? this.#ledger.heldAt(outlet.id, at) : 0;
      claimed_dA += Math.max(held_dA, outputsOn(outlet, phase));
    }
    return Math.floor(circuit.limit_dA[phase] - claimed_dA);
  }
}

function pathOf(index: number, { circuits }: Moment): readonly CircuitTruth[] {
  return circuits.filter(({ outlets }) => outlets.includes(index));
}

function couldUseMore(outlet: OutletTruth): boolean {
  const { offered_dA, most_dA, isClosed } = outlet;
  const usesIt = drawnMost(outlet) >= offered_dA * (1 - METERED_WITHIN) - USES_dA;
  return isClosed && usesIt && most_dA > offered_dA + SPARED_dA;
}

/** Class 1 and its tail. */
const METERED_WITHIN = 0.02;
