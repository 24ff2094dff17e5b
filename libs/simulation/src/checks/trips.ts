// The promise against the devices themselves (docs/safety.md), on every circuit: a typical circuit breaker that is
// already warm, a slow one and the fastest fuse never open because of our cars. Excused is, for the minute that heat
// stays, what no promise in seconds can carry: the house, and what no grant rules (unruled.ts), above the rating, a
// meter that lies, and a house that steps up by more at once than the fastest fuse, loaded to its rating, carries for
// the time in which our cars must have given way.
import { PHASES, type Deciamps, type Milliseconds, type Phase } from '@fairamp/units';
import type { DeviceName, ProtectiveDevices } from '../devices.js';
import { Branches } from './branches.js';
import { Lied } from './lied.js';
import { Lowest } from './lowest.js';
import type { Accuse, Checker, CircuitTruth, Fact, Moment } from './moment.js';
import { branchName, carsOn, isSlowMeter } from './truth.js';
import { Unruled } from './unruled.js';

/** The others are carried for the figures alone: no software is quick enough for the fastest breaker that is allowed. */
const PROMISED: readonly DeviceName[] = ['mcb-typical-hot', 'mcb-slow', 'gg-fastest'];
const GRACE_ms: Milliseconds = 60_000;

/**
 * 18 s at 1.42 of its rating, or 33 s at 1.31, open a fastest gG fuse that was loaded to it (reliability.md 3: K = 1.5625,
 * 22.3 s): steps of a house up to this much are carried.
 */
const STEP = { within_ms: 18_000, share: 0.4 } as const;
const SLOW_STEP = { within_ms: 33_000, share: 0.3 } as const;

export class Trips implements Checker {
  readonly invariant = 'trip';
  readonly #branches = new Branches(newBranch);
  readonly #unruled = new Unruled();
  readonly #lied = new Lied();
  /** What is carried just now. */
  readonly #now: { at: Milliseconds; branch: Branch; circuit: CircuitTruth | null; phase: Phase };

  /** @param devices are carried here and read by whoever wants their figures */
  constructor(
    private readonly accuse: Accuse,
    private readonly devices: ProtectiveDevices,
  ) {
    this.#now = { at: 0, branch: newBranch(), circuit: null, phase: 'L1' };
  }

  hear(fact: Fact): void {
    this.#lied.hear(fact);
  }

  look(moment: Moment): void {
    this.#unruled.look(moment);
    this.#lied.look(moment);
    this.#now.at = moment.at;
    moment.circuits.forEach((circuit, place) => {
      this.#now.circuit = circuit;
      for (const phase of PHASES) {
        const branch = this.#branches.of(place, phase);
        const isLiedTo = this.#lied.excuses(circuit, place, phase, moment);
        const load_dA = this.#load(branch, phase, { circuit, isLiedTo }, moment);
        this.#now.branch = branch;
        this.#now.phase = phase;
        const rated_dA = circuit.device?.rated_dA ?? circuit.limit_dA[phase];
        this.devices.row(circuit, phase).carry(moment.at, load_dA / rated_dA, this.#tripped);
      }
    });
  }

  #load(branch: Branch, phase: Phase, { circuit, isLiedTo }: Told, moment: Moment): Deciamps {
    const { at } = moment;
    const alone_dA = circuit.house_dA[phase] + this.#unruled.of(phase, circuit);
    branch.house_dA.note(at, alone_dA);
    const load_dA = circuit.house_dA[phase] + carsOn(moment, phase, circuit);
    const limit_dA = circuit.limit_dA[phase];
    if (load_dA > limit_dA && isExcused(branch, { alone_dA, limit_dA, isLiedTo }, moment)) branch.excusedAt = at;
    return load_dA;
  }

  readonly #tripped = (device: DeviceName): void => {
    const { at, branch, circuit, phase } = this.#now;
    if (!PROMISED.includes(device) || at - branch.excusedAt < GRACE_ms || circuit === null) return;
    const where = branchName(circuit, phase);
    this.accuse({
      invariant: 'trip',
      at,
      detail: `${device} on ${where} opened, and no step of the house explains it`,
    });
  };
}

type Branch = { excusedAt: Milliseconds; readonly house_dA: Lowest };

function newBranch(): Branch {
  return { excusedAt: -Infinity, house_dA: new Lowest(SLOW_STEP.within_ms) };
}

type Told = { readonly circuit: CircuitTruth; readonly isLiedTo: boolean };
type Load = Pick<Told, 'isLiedTo'> & { readonly alone_dA: Deciamps; readonly limit_dA: Deciamps };

function isExcused({ house_dA }: Branch, { alone_dA, limit_dA, isLiedTo }: Load, moment: Moment): boolean {
  const { within_ms, share } = isSlowMeter(moment) ? SLOW_STEP : STEP;
  const step_dA = alone_dA - house_dA.since(moment.at - within_ms, moment.at);
  return alone_dA > limit_dA || isLiedTo || step_dA > share * limit_dA;
}
