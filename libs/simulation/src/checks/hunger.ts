// Who waits for current: a car that could draw, draws nothing, and is held back by nothing of its own. And whether the
// circuits have room for it, beside what whoever asks counts for the others. I15 and the turns are both judged by this.
import type { Deciamps, Milliseconds, Phase } from '@fairamp/units';
import type { PhysicalFault } from '../physical-faults.js';
import { isDistrustedNow } from './lied.js';
import { readingError } from './meter-error.js';
import type { CircuitTruth, Moment, OutletTruth, SlaveTruth } from './moment.js';
import { besideCars, drawsAnything, slaveAt } from './truth.js';

/** Room that a waiting car must have beyond the minimum before its waiting counts, beside what the meter may be wrong by. */
const MARGIN_dA: Deciamps = 10;
/** Which faults a charge point may show after what; any other is a false one. What is latched may outlive its cause. */
const EXPLAINED: Readonly<Record<string, readonly PhysicalFault[]>> = {
  'residual-current': ['residual-current', 'residual-wire', 'residual-deaf'],
  contactor: ['contactor-welded', 'contactor-stuck', 'contactor-slow', 'supply-failing'],
  'over-current': ['car-disobeys'],
  pilot: ['pilot-shorted', 'pilot-negative', 'supply-failing'],
  diode: ['diode-missing'],
  proximity: ['proximity-lost', 'supply-failing'],
  'lock-failed': ['lock-jammed', 'lock-swapped', 'supply-failing'],
  'board-lost': ['pilot-silent', 'supply-failing'],
  'high-temperature': ['too-hot'],
};

export class Hunger {
  /** What has been broken of each outlet since it was last seen free and sound. */
  readonly #causes: Set<PhysicalFault>[] = [];
  /** A disturbance or a lie since the look before ends every wait. */
  #troubledAt: Milliseconds | null = null;
  #isQuiet = false;

  look(moment: Moment): void {
    this.#isQuiet = this.#hearQuiet(moment);
    moment.outlets.forEach((outlet, index) => this.#noteCauses(outlet, index, moment));
  }

  waits(index: number, moment: Moment): boolean {
    const outlet = moment.outlets[index];
    if (!this.#isQuiet || outlet === undefined || !isUnserved(outlet)) return false;
    return isServable(outlet, this.#causes[index] ?? NONE, slaveAt(moment, index));
  }

  #noteCauses({ broken, pilot }: OutletTruth, index: number, moment: Moment): void {
    const causes = (this.#causes[index] ??= new Set());
    for (const fault of broken) causes.add(fault);
    const isFree = causes.size > 0 && broken.length === 0 && pilot === 'A';
    if (isFree && slaveAt(moment, index)?.faults.length === 0) causes.clear();
  }

  #hearQuiet(moment: Moment): boolean {
    const { isDisturbed, disturbedAt, circuits } = moment;
    let troubledAt = disturbedAt ?? -Infinity;
    let isLied = false;
    for (const circuit of circuits) {
      const { liesSince, truthSince } = circuit;
      troubledAt = Math.max(troubledAt, truthSince ?? -Infinity);
      // A meter that has lied is not believed for a while after; whether rightly, belief.ts asks.
      isLied ||= liesSince !== null || isDistrustedNow(circuit, moment);
    }
    const isNew = troubledAt !== this.#troubledAt && this.#troubledAt !== null;
    this.#troubledAt = troubledAt;
    return !isDisturbed && !isLied && !isNew;
  }
}

/** An offer alone is no current: its contactor may never close. */
function isUnserved(outlet: OutletTruth): boolean {
  return outlet.isHungry && !drawsAnything(outlet);
}

function isServable(
  { broken }: OutletTruth,
  causes: ReadonlySet<PhysicalFault>,
  slave: SlaveTruth | undefined,
): boolean {
  if (broken.length > 0 || slave?.isHeldBack === true) return false;
  return slave?.faults.some((fault) => EXPLAINED[fault]?.some((cause) => causes.has(cause)) === true) !== true;
}

/** What another charge point needs there. */
export type NeedOf = (outlet: OutletTruth, index: number, phase: Phase) => Deciamps;

/** On each of its conductors and on every circuit between it and the mains. @param needOf asked for itself too */
export function fits(index: number, moment: Moment, needOf: NeedOf): boolean {
  const wired = moment.outlets[index]?.wired ?? [];
  for (const circuit of moment.circuits) {
    if (!circuit.outlets.includes(index)) continue;
    for (const phase of wired) if (!fitsOn(circuit, phase, moment, needOf)) return false;
  }
  return wired.length > 0;
}

function fitsOn(circuit: CircuitTruth, phase: Phase, { outlets }: Moment, needOf: NeedOf): boolean {
  if (!circuit.phases.includes(phase)) return false;
  const limit_dA = circuit.limit_dA[phase];
  let needed_dA = besideCars(circuit, phase);
  for (const index of circuit.outlets) {
    const outlet = outlets[index];
    if (outlet === undefined) continue;
    needed_dA += needOf(outlet, index, phase);
    // Nobody proves that it draws, so it stands in the sample as house, and beside that in its reservation.
    if (!outlet.isMetered) needed_dA += outlet.draw_dA[phase];
  }
  return needed_dA + MARGIN_dA + readingError(limit_dA) <= limit_dA;
}

/** Nobody knows what a car uses before it has drawn, so until then room is needed on every conductor of its outlet. */
export function mayUse(outlet: OutletTruth, phase: Phase): boolean {
  return outlet.isHungry && (drawsAnything(outlet) ? outlet.phases : outlet.wired).includes(phase);
}

const NONE: ReadonlySet<PhysicalFault> = new Set();
