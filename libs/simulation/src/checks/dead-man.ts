// I3: without a live lease a charge point ends by itself, and with one its pilot says no more than the lease. Nor is
// anything live on a line that is no car's. Judged by the checkers' own ledger and the outputs; a contactor that stays
// closed although its coil is off is I12's.
import type { Milliseconds } from '@fairamp/units';
import { Episodes } from './episode.js';
import type { Accuse, Checker, Fact, Moment, OutletTruth, SlaveTruth } from './moment.js';
import { ShadowLedger } from './shadow-ledger.js';
import { slaveAt } from './truth.js';

/** q: the pilot is off; and the quarter of a second in which a process looks at its clock and the plant takes a step. */
const PILOT_WITHIN_ms: Milliseconds = 750;
/** q + H + c, and a step. */
const OPEN_WITHIN_ms: Milliseconds = 7_050;
/** `process` and `heartbeat`: something opens within 6 s of the death or freeze of the process, and a step. */
const FAIL_SAFE_WITHIN_ms: Milliseconds = 6_300;
/** 100 ms (IEC 61851-1 Table A.6 seq. 8.1), the slowest contactor, and the milliseconds in which the plant's steps fall. */
const LINE_WITHIN_ms: Milliseconds = 160;
/** A front end that says nothing is missed after a second by a process that looks each quarter of one at the latest. */
const SILENT_WITHIN_ms: Milliseconds = 2_500;

export class DeadMan implements Checker {
  readonly invariant = 'I3';
  readonly #ledger = new ShadowLedger();
  readonly #pilots = new Episodes();
  readonly #contactors = new Episodes();
  readonly #lines = new Episodes();
  readonly #unseen = new Episodes();

  constructor(private readonly accuse: Accuse) {}

  hear(fact: Fact): void {
    this.#ledger.hear(fact);
  }

  look(moment: Moment): void {
    const { at, outlets } = moment;
    for (let index = 0; index < outlets.length; index += 1) {
      const outlet = outlets[index];
      const slave = slaveAt(moment, index);
      if (outlet === undefined || slave === undefined) continue;
      if (this.#pilots.of(index).look(this.#offersTooMuch(outlet, slave, at), at, PILOT_WITHIN_ms)) {
        const held_dA = this.#ledger.heldAt(outlet.id, at);
        this.#blame(at, `the pilot of ${outlet.id} says ${outlet.offered_dA} dA, it holds ${held_dA} dA`);
      }
      if (this.#contactors.of(index).look(this.#isClosedTooLong(outlet, slave, at), at, 0)) {
        this.#blame(
          at,
          `the contactor of ${outlet.id} is still closed without a lease, its process is ${slave.life.state}`,
        );
      }
      this.#lookAtLine(outlet, index, slave.life.state === 'up', at);
    }
  }

  #lookAtLine(outlet: OutletTruth, index: number, isUp: boolean, at: Milliseconds): void {
    const isLive = outlet.isClosed && outlet.isPowerAllowed && isUp;
    const isUnseen = isLive && outlet.broken.includes('pilot-silent');
    if (this.#lines.of(index).look(isLive && !isUnseen && isNoCars(outlet), at, LINE_WITHIN_ms))
      this.#blame(at, `the contactor of ${outlet.id} is still closed with the pilot at ${outlet.pilot}`);
    if (this.#unseen.of(index).look(isUnseen, at, SILENT_WITHIN_ms))
      this.#blame(at, `the contactor of ${outlet.id} is still closed, its pilot has not been seen`);
  }

  #offersTooMuch({ id, output, offered_dA }: OutletTruth, { life }: SlaveTruth, at: Milliseconds): boolean {
    if (output !== 'pwm' || life.state !== 'up') return false;
    const held_dA = this.#ledger.heldAt(id, at);
    return held_dA === 0 || offered_dA > held_dA;
  }

  #isClosedTooLong(outlet: OutletTruth, { life, failSafe }: SlaveTruth, at: Milliseconds): boolean {
    if (!outlet.isClosed || !outlet.isPowerAllowed) return false;
    const livesOrDied_ms = at - life.since;
    if (life.state !== 'up') return failSafe !== 'none' && livesOrDied_ms > FAIL_SAFE_WITHIN_ms;
    const since = this.#ledger.nothingSince(outlet.id, at);
    // One that has just thawed needs a moment to read its clock.
    return since !== null && at - since > OPEN_WITHIN_ms && livesOrDied_ms > PILOT_WITHIN_ms;
  }

  #blame(at: Milliseconds, detail: string): void {
    this.accuse({ invariant: 'I3', at, detail });
  }
}

function isNoCars({ pilot }: OutletTruth): boolean {
  return pilot === 'A' || pilot === 'E' || pilot === 'F';
}
