// I1: a limit is raised only into room, on every circuit that it flows through. Where a meter is, it is judged where a
// slave takes a raise up: what all can draw then, and what the house drew when the master last measured, fit under the
// limit. Where none is (Normal mode, and circuits with an allowance), what all can draw fits at every look. `can draw`
// is the truth of the outputs and the checkers' own ledger; what a master reserved does not matter here.
import { amps, MAINS, type Deciamps, type Milliseconds, type Phase } from '@fairamp/units';
import { Branches } from './branches.js';
import { Episode, WrongRows } from './episode.js';
import { Lied } from './lied.js';
import { houseError } from './meter-error.js';
import type { Accuse, Basis, Checker, CircuitTruth, Fact, Moment } from './moment.js';
import { Raises, type Raise } from './raises.js';
import { ShadowLedger } from './shadow-ledger.js';
import { branchName } from './truth.js';
import { Unruled } from './unruled.js';

type Accepted = Extract<Fact, { kind: 'accepted' }>;

/**
 * A fact falls between two looks, and a contactor may have opened in between. So what looks wrong by the look before
 * is asked once more at the look after: the outputs then were at least at the lower of both.
 */
type Suspicion = {
  readonly at: Milliseconds;
  readonly slave: string;
  readonly circuit: CircuitTruth;
  readonly phase: Phase;
  readonly room_dA: Deciamps;
  /** In the order of the circuit's outlets: by lease, and by outputs at the look before. */
  readonly leases_dA: readonly Deciamps[];
  readonly outputs_dA: readonly Deciamps[];
};

export class Budget implements Checker {
  readonly invariant = 'I1';
  readonly #ledger = new ShadowLedger();
  readonly #raises = new Raises();
  readonly #unruled = new Unruled();
  readonly #lied = new Lied();
  readonly #rows = new WrongRows();
  readonly #unmeasured = new Branches(() => new Episode());
  #suspicions: Suspicion[] = [];
  #moment: Moment | null = null;

  constructor(private readonly accuse: Accuse) {}

  hear(fact: Fact): void {
    this.#ledger.hear(fact);
    this.#lied.hear(fact);
    this.#raises.hear(fact, this.#moment);
    if (fact.kind === 'accepted' && fact.held_dA > fact.heldBefore_dA) this.#judge(fact);
  }

  look(moment: Moment): void {
    this.#moment = moment;
    this.#unruled.look(moment);
    this.#lied.look(moment);
    if (this.#suspicions.length > 0) this.#confirm();
    moment.circuits.forEach((circuit, place) => {
      if (!circuit.isMetered) this.#lookAtUnmeasured(circuit, place, moment);
    });
  }

  #judge(fact: Accepted): void {
    const moment = this.#moment;
    const own = this.#raises.find(fact.slave, fact.id);
    const index = moment?.outlets.findIndex(({ id }) => id === fact.slave) ?? -1;
    // A raise that nobody gave is I5's.
    if (moment === null || own === null || index < 0) return;
    moment.circuits.forEach((circuit, place) => {
      if (!circuit.isMetered || !circuit.outlets.includes(index)) return;
      for (const phase of moment.outlets[index]?.phases ?? []) {
        // One that was given on a lie of the meter is nobody's, while it could not be known.
        if (this.#lied.excuses(circuit, place, phase, moment)) continue;
        this.#judgeOn({ circuit, phase, raise: this.#raises.newestOn(place, phase, own) }, fact, moment);
      }
    });
  }

  #judgeOn({ circuit, phase, raise }: Branch, { at, slave }: Accepted, moment: Moment): void {
    const basis = raise.basisOf(circuit.id);
    // Without a measurement it is I6's.
    if (basis === null) return;
    const room_dA = roomIn(basis, phase, circuit);
    const leases_dA = circuit.outlets.map((index) => this.#leaseOn(phase, index, at, moment));
    const outputs_dA = circuit.outlets.map((index) => this.#unruled.ruledOn(phase, index));
    const sum_dA = sumOfLarger(leases_dA, outputs_dA);
    if (sum_dA > room_dA) this.#suspicions.push({ at, slave, circuit, phase, room_dA, leases_dA, outputs_dA });
    else this.#rows.begins(branchName(circuit, phase), false);
  }

  #confirm(): void {
    for (const { at, slave, circuit, phase, room_dA, leases_dA, outputs_dA } of this.#suspicions) {
      const lower_dA = circuit.outlets.map((index, place) => {
        return Math.min(this.#unruled.ruledOn(phase, index), outputs_dA[place] ?? 0);
      });
      const sum_dA = sumOfLarger(leases_dA, lower_dA);
      const branch = branchName(circuit, phase);
      if (!this.#rows.begins(branch, sum_dA > room_dA)) continue;
      const detail = `${slave} took a raise: all can draw ${amps(sum_dA)} A on ${branch}, room is ${amps(room_dA)} A`;
      this.accuse({ invariant: 'I1', at, detail });
    }
    this.#suspicions = [];
  }

  #lookAtUnmeasured(circuit: CircuitTruth, place: number, moment: Moment): void {
    for (const phase of circuit.phases) {
      let sum_dA = 0;
      for (const index of circuit.outlets) {
        const lease_dA = this.#leaseOn(phase, index, moment.at, moment);
        sum_dA += Math.max(lease_dA, this.#unruled.ruledOn(phase, index));
      }
      const room_dA = circuit.limit_dA[phase] - (circuit.allowance_dA?.[phase] ?? 0);
      // Every term is a whole deciampere that somebody was granted, so nothing is allowed for.
      if (!this.#unmeasured.of(place, phase).look(sum_dA > room_dA, moment.at, 0)) continue;
      const room = circuit.id === MAINS ? `MAINS is ${amps(room_dA)} A` : `cars have ${amps(room_dA)} A there`;
      const detail = `all can draw ${amps(sum_dA)} A on ${branchName(circuit, phase)}, ${room}`;
      this.accuse({ invariant: 'I1', at: moment.at, detail });
    }
  }

  #leaseOn(phase: Phase, index: number, at: Milliseconds, { outlets }: Moment): Deciamps {
    const outlet = outlets[index];
    return outlet?.phases.includes(phase) === true ? this.#ledger.heldAt(outlet.id, at) : 0;
  }
}

type Branch = { readonly circuit: CircuitTruth; readonly phase: Phase; readonly raise: Raise };

/** What the house left when it was measured, and as far as meters can tell. */
function roomIn({ house_dA, draws_dA }: Basis, phase: Phase, { limit_dA, outlets }: CircuitTruth): Deciamps {
  const cars_dA = Object.values(draws_dA).reduce((sum, draw_dA) => sum + draw_dA[phase], 0);
  return limit_dA[phase] - house_dA[phase] + houseError(house_dA[phase], cars_dA, outlets.length);
}

function sumOfLarger(some_dA: readonly Deciamps[], others_dA: readonly Deciamps[]): Deciamps {
  return some_dA.reduce((sum, one, index) => sum + Math.max(one, others_dA[index] ?? 0), 0);
}
