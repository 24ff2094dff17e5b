// How long may a lie of a meter excuse what our cars do? For as long as docs/meter-trust.md says that it takes to find it
// while our cars draw where it lies, and 17 s until the leases have run out; not for longer, however long it goes on. A
// lie that none of our cars is a witness of does no harm, so that time does not count. Whoever is to find it begins anew
// with another master, with another life of a bridge, and with each second chance of a meter that was distrusted.
import { PHASES, type Deciamps, type Milliseconds, type Phase } from '@fairamp/units';
import type { MeterLie } from '../meter-lies.js';
import { Branches } from './branches.js';
import type { CircuitTruth, Fact, Moment } from './moment.js';
import { isSlowMeter } from './truth.js';

/** The longest that `bench/meter-trust.mjs` saw of a Sensorbox: always or suddenly, its master testing nothing on purpose. */
const FOUND_WITHIN_ms: { readonly [lie in MeterLie]: Milliseconds } = {
  unplugged: 10_000,
  frozen: 217_000,
  scaled: 414_000,
  spike: 539_000,
  swapped: 1_716_000,
  // A Sensorbox knows no direction: turned round it reads the same.
  'sign-flipped': 0,
};
/** Until the leases have run out, with A = 10 s and 25 s. */
const RUNS_OUT_ms: Milliseconds = 17_000;
const SLOW_RUNS_OUT_ms: Milliseconds = 32_200;
/** After the truth, what was decided on the lie runs on as after any fault. */
const FELT_ms: Milliseconds = 18_000;
const SLOW_FELT_ms: Milliseconds = 33_000;
/** What counts as drawing in the table. */
const DRAWS_dA: Deciamps = 20;

type Row = { since: Milliseconds; drawn_ms: Milliseconds; wasDistrusted: boolean };

export class Lied {
  readonly #rows = new Branches<Row>(() => ({ since: NaN, drawn_ms: 0, wasDistrusted: false }));
  #moment: Moment | null = null;
  #granting = { master: '', startedAt: NaN };
  #isAnew = false;

  hear(fact: Fact): void {
    if (fact.kind === 'started') this.#isAnew ||= !this.#isChargePoint(fact.who);
    if (fact.kind !== 'granted') return;
    const { master, masterStartedAt: startedAt } = fact;
    if (this.#granting.master === master && this.#granting.startedAt === startedAt) return;
    this.#granting = { master, startedAt };
    this.#isAnew = true;
  }

  look(moment: Moment): void {
    const elapsed_ms = moment.at - (this.#moment?.at ?? moment.at);
    moment.circuits.forEach((circuit, place) => {
      if (circuit.liesSince !== null) this.#lookAt(circuit, place, { moment, elapsed_ms });
    });
    this.#moment = moment;
    this.#isAnew = false;
  }

  /** By the meter of a circuit, or by it just now: whoever decides on it knows no better. */
  excuses(circuit: CircuitTruth, place: number, phase: Phase, moment: Moment): boolean {
    const { liesSince, truthSince, liesOn } = circuit;
    if (liesSince !== null) return liesOn.includes(phase) && !this.isOverdue(circuit, place, phase, moment);
    return truthSince !== null && moment.at - truthSince < (isSlowMeter(moment) ? SLOW_FELT_ms : FELT_ms);
  }

  /** It should have been found by now. */
  isOverdue({ liesSince, lie, liesOn }: CircuitTruth, place: number, phase: Phase, moment: Moment): boolean {
    if (liesSince === null || lie === null || !liesOn.includes(phase)) return false;
    const runsOut_ms = isSlowMeter(moment) ? SLOW_RUNS_OUT_ms : RUNS_OUT_ms;
    return this.#rows.of(place, phase).drawn_ms > FOUND_WITHIN_ms[lie] + runsOut_ms;
  }

  #isChargePoint(who: string): boolean {
    return this.#moment?.outlets.some(({ id }) => id === who) === true;
  }

  #lookAt(circuit: CircuitTruth, place: number, { moment, elapsed_ms }: Look): void {
    const isDistrusted = isDistrustedNow(circuit, moment);
    const drawn_dA = PHASES.map((phase) => witnessed(circuit, phase, moment));
    const lied_dA = drawn_dA.filter((_, index) => circuit.liesOn.includes(PHASES[index] ?? 'L1'));
    const differ_dA = Math.max(...lied_dA) - Math.min(...lied_dA);
    PHASES.forEach((phase, index) => {
      const row = this.#rows.of(place, phase);
      const isTrial = row.wasDistrusted && !isDistrusted;
      if (this.#isAnew || isTrial || row.since !== circuit.liesSince) row.drawn_ms = 0;
      row.since = circuit.liesSince ?? NaN;
      row.wasDistrusted = isDistrusted;
      const shows_dA = circuit.lie === 'swapped' ? differ_dA : DRAWS_dA;
      if (shows_dA >= DRAWS_dA && (drawn_dA[index] ?? 0) >= DRAWS_dA) row.drawn_ms += elapsed_ms;
    });
  }
}

type Look = { readonly moment: Moment; readonly elapsed_ms: Milliseconds };

/** By any master that lives. */
export function isDistrustedNow({ id }: CircuitTruth, { system: { masters } }: Moment): boolean {
  return masters.some(({ life, distrusted }) => life.state === 'up' && distrusted.includes(id));
}

/** What our cars draw of which their charge points bear witness. */
function witnessed({ outlets }: CircuitTruth, phase: Phase, moment: Moment): Deciamps {
  let sum_dA = 0;
  for (const index of outlets) {
    const outlet = moment.outlets[index];
    if (outlet?.isMetered === true) sum_dA += outlet.draw_dA[phase];
  }
  return sum_dA;
}
