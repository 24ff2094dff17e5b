// I1: a limit is raised only into room. In Smart mode it is judged where a slave takes a raise up: what all can draw
// then, and what the house drew when the master last measured, fit under the limit. In Normal mode nothing is measured,
// so what all can draw fits at every look. `can draw` is the truth of the outputs and the checkers' own ledger; what a
// master reserved does not matter here.
import { amps, PHASES, type Deciamps, type Milliseconds, type Phase } from '@fairamp/units';
import { Episode, WrongRows } from './episode.js';
import { houseError } from './meter-error.js';
import type { Accuse, Basis, Checker, Fact, Moment } from './moment.js';
import { Raises, type Raise } from './raises.js';
import { ShadowLedger } from './shadow-ledger.js';
import { isLiedTo } from './truth.js';
import { Unruled } from './unruled.js';

type Accepted = Extract<Fact, { kind: 'accepted' }>;

/**
 * A fact falls between two looks, and a contactor may have opened in between. So what looks wrong by the look before
 * is asked once more at the look after: the outputs then were at least at the lower of both.
 */
type Suspicion = {
  readonly at: Milliseconds;
  readonly slave: string;
  readonly phase: Phase;
  readonly room_dA: Deciamps;
  /** In the order of the outlets: by lease, and by outputs at the look before. */
  readonly leases_dA: readonly Deciamps[];
  readonly outputs_dA: readonly Deciamps[];
};

export class Budget implements Checker {
  readonly invariant = 'I1';
  readonly #ledger = new ShadowLedger();
  readonly #raises = new Raises();
  readonly #unruled = new Unruled();
  readonly #rows = new WrongRows();
  readonly #normal = { L1: new Episode(), L2: new Episode(), L3: new Episode() };
  #suspicions: Suspicion[] = [];
  #moment: Moment | null = null;

  constructor(private readonly accuse: Accuse) {}

  hear(fact: Fact): void {
    this.#ledger.hear(fact);
    this.#raises.hear(fact, this.#moment);
    if (fact.kind === 'accepted' && fact.held_dA > fact.heldBefore_dA) this.#judge(fact);
  }

  look(moment: Moment): void {
    this.#moment = moment;
    this.#unruled.look(moment);
    if (this.#suspicions.length > 0) this.#confirm(moment);
    if (moment.mode === 'normal') this.#lookAtDedicated(moment);
  }

  #judge(fact: Accepted): void {
    const moment = this.#moment;
    const own = this.#raises.find(fact.slave, fact.id);
    const outlet = moment?.outlets.find(({ id }) => id === fact.slave);
    // A raise that nobody gave is I5's; one that was given on a lie of the meter is nobody's.
    if (moment === null || moment.mode === 'normal' || own === null || outlet === undefined || isLiedTo(moment)) return;
    for (const phase of outlet.phases) this.#judgeOn(phase, fact, this.#raises.newestOn(phase, own), moment);
  }

  #judgeOn(phase: Phase, { at, slave }: Accepted, { basis }: Raise, moment: Moment): void {
    const room_dA = roomIn(basis, phase, moment);
    const leases_dA = moment.outlets.map(({ id, phases }) =>
      phases.includes(phase) ? this.#ledger.heldAt(id, at) : 0,
    );
    const outputs_dA = moment.outlets.map((_, index) => this.#unruled.ruledOn(phase, index));
    const sum_dA = sumOfLarger(leases_dA, outputs_dA);
    if (sum_dA > room_dA) this.#suspicions.push({ at, slave, phase, room_dA, leases_dA, outputs_dA });
    else this.#rows.begins(phase, false);
  }

  #confirm(moment: Moment): void {
    for (const { at, slave, phase, room_dA, leases_dA, outputs_dA } of this.#suspicions) {
      const lower_dA = moment.outlets.map((_, index) => {
        return Math.min(this.#unruled.ruledOn(phase, index), outputs_dA[index] ?? 0);
      });
      const sum_dA = sumOfLarger(leases_dA, lower_dA);
      if (!this.#rows.begins(phase, sum_dA > room_dA)) continue;
      const detail = `${slave} took a raise: all can draw ${amps(sum_dA)} A on ${phase}, room is ${amps(room_dA)} A`;
      this.accuse({ invariant: 'I1', at, detail });
    }
    this.#suspicions = [];
  }

  #lookAtDedicated(moment: Moment): void {
    for (const phase of PHASES) {
      let sum_dA = 0;
      for (const [index, outlet] of moment.outlets.entries()) {
        const lease_dA = outlet.phases.includes(phase) ? this.#ledger.heldAt(outlet.id, moment.at) : 0;
        sum_dA += Math.max(lease_dA, this.#unruled.ruledOn(phase, index));
      }
      // Every term is a whole deciampere that somebody was granted, so nothing is allowed for.
      if (!this.#normal[phase].look(sum_dA > moment.limit_dA, moment.at, 0)) continue;
      const detail = `all can draw ${amps(sum_dA)} A on ${phase}, MAINS is ${amps(moment.limit_dA)} A`;
      this.accuse({ invariant: 'I1', at: moment.at, detail });
    }
  }
}

/** What the house left when it was measured, and as far as meters can tell. */
function roomIn({ house_dA, draws_dA }: Basis, phase: Phase, { limit_dA, outlets }: Moment): Deciamps {
  const cars_dA = Object.values(draws_dA).reduce((sum, draw_dA) => sum + draw_dA[phase], 0);
  return limit_dA - house_dA[phase] + houseError(house_dA[phase], cars_dA, outlets.length);
}

function sumOfLarger(some_dA: readonly Deciamps[], others_dA: readonly Deciamps[]): Deciamps {
  return some_dA.reduce((sum, one, index) => sum + Math.max(one, others_dA[index] ?? 0), 0);
}
