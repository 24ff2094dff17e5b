// I15: when faults have ended, every car that fits charges again by itself. Starving is a car that could draw, is given
// nothing, and has been so for 95 s in which nothing was disturbed and everyone's minimum fitted,
// at every look, on each of its phases and circuits. A rest of its own making (full, or it cannot ask) is not hunger.
import type { Deciamps, Milliseconds, Phase } from '@fairamp/units';
import { Episodes } from './episode.js';
import { readingError } from './meter-error.js';
import type { PhysicalFault } from '../physical-faults.js';
import type { Accuse, Checker, CircuitTruth, Moment, OutletTruth, SlaveTruth } from './moment.js';
import { drawsAnything, slaveAt } from './truth.js';
import { Unruled } from './unruled.js';

/** 60 s NO CURRENT, a silence of 17 s, and a newcomer's turn (design 3). */
export const SERVED_WITHIN_ms: Milliseconds = 95_000;
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

export class Starving implements Checker {
  readonly invariant = 'I15';
  readonly #hungry = new Episodes();
  readonly #unruled = new Unruled();
  /** What has been broken of each outlet since it was last seen free and sound. */
  readonly #causes: Set<PhysicalFault>[] = [];
  /** A disturbance or a lie since the look before ends every wait. */
  #troubledAt: Milliseconds | null = null;

  constructor(private readonly accuse: Accuse) {}

  hear(): void {}

  look(moment: Moment): void {
    const { at, outlets } = moment;
    const isQuiet = this.#isQuiet(moment);
    this.#unruled.look(moment);
    for (let index = 0; index < outlets.length; index += 1) {
      const outlet = outlets[index];
      if (outlet === undefined) continue;
      const causes = this.#causesOf(outlet, index, moment);
      const isStarving =
        isQuiet &&
        isUnserved(outlet) &&
        fits(outlet, index, moment, this.#unruled) &&
        isServable(outlet, causes, slaveAt(moment, index));
      if (!this.#hungry.of(index).look(isStarving, at, SERVED_WITHIN_ms)) continue;
      const detail = `the car of ${outlet.id} fits and has been given nothing for ${SERVED_WITHIN_ms / 1000} s`;
      this.accuse({ invariant: 'I15', at, detail });
    }
  }

  #causesOf({ broken, pilot }: OutletTruth, index: number, moment: Moment): ReadonlySet<PhysicalFault> {
    const causes = (this.#causes[index] ??= new Set());
    for (const fault of broken) causes.add(fault);
    const isFree = causes.size > 0 && broken.length === 0 && pilot === 'A';
    if (isFree && slaveAt(moment, index)?.faults.length === 0) causes.clear();
    return causes;
  }

  #isQuiet({ isDisturbed, disturbedAt, circuits }: Moment): boolean {
    let troubledAt = disturbedAt ?? -Infinity;
    let isLied = false;
    for (const { liesSince, truthSince } of circuits) {
      troubledAt = Math.max(troubledAt, truthSince ?? -Infinity);
      isLied ||= liesSince !== null;
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

function fits({ wired }: OutletTruth, index: number, moment: Moment, unruled: Unruled): boolean {
  for (const circuit of moment.circuits) {
    if (!circuit.outlets.includes(index)) continue;
    for (const phase of wired) if (!fitsOn(circuit, phase, moment, unruled)) return false;
  }
  return wired.length > 0;
}

/** Everyone who is hungry there gets the minimum, and keeps what no grant rules; who is not and draws nevertheless keeps that. */
function fitsOn(circuit: CircuitTruth, phase: Phase, moment: Moment, unruled: Unruled): boolean {
  const { outlets, min_dA } = moment;
  if (!circuit.phases.includes(phase)) return false;
  const limit_dA = circuit.limit_dA[phase];
  let needed_dA = Math.max(circuit.house_dA[phase], circuit.allowance_dA[phase]);
  for (const index of circuit.outlets) {
    const outlet = outlets[index];
    if (outlet === undefined) continue;
    needed_dA += mayUse(outlet, phase) ? min_dA + unruled.on(phase, index) : outlet.draw_dA[phase];
    // Nobody proves that it draws, so it stands in the sample as house, and beside that in its reservation.
    if (!outlet.isMetered) needed_dA += outlet.draw_dA[phase];
  }
  return needed_dA + MARGIN_dA + readingError(limit_dA) <= limit_dA;
}

/** Nobody knows what a car uses before it has drawn, so until then room is needed on every conductor of its outlet. */
function mayUse(outlet: OutletTruth, phase: Phase): boolean {
  return outlet.isHungry && (drawsAnything(outlet) ? outlet.phases : outlet.wired).includes(phase);
}
