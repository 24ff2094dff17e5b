// I2: an overload in which our cars take part ends in time, on every circuit. It counts while a branch is over without a
// break, but only what has lasted: each car's lowest draw and the lowest house of that time. So a house that steps again,
// or a car that begins to use what it had been given before, starts the clock anew, as each is a cause of its own. The
// house alone above its fuse is nobody's fault; then our cars must be off within the same time. Where every car there is
// at its minimum already, nobody need pause for as long as the device carries it (patience.ts).
import { amps, PHASES, type Deciamps, type Milliseconds, type Phase } from '@fairamp/units';
import { heatAfter, patienceOf, type Carrying } from '../patience.js';
import { Branches } from './branches.js';
import { Lied } from './lied.js';
import { BUCKET_ms, Lowest } from './lowest.js';
import { readingError, READING_ERROR, ROUNDING_dA } from './meter-error.js';
import type { Accuse, Checker, CircuitTruth, Fact, Moment } from './moment.js';
import { branchName, carsOn, isSlowMeter } from './truth.js';
import { Unruled } from './unruled.js';

/** After a step, with a Sensorbox 1.5, when lowering is enough; when a car must pause (design 3, worst cases). */
const LOWERED_WITHIN_ms: Milliseconds = 8_500;
const PAUSED_WITHIN_ms: Milliseconds = 9_500;
/** Beside these with a meter that speaks each 10 s and not each 1.8 s. */
const SLOW_METER_ms: Milliseconds = 8_200;
/** Under any fault of links or processes; with A = 25 s. */
const FAULTY_WITHIN_ms: Milliseconds = 18_000;
const FAULTY_SLOW_ms: Milliseconds = 33_000;
/** How long after its end a fault may still be felt: 17 s until nothing is reserved, then the steps of a new start. */
const FELT_ms: Milliseconds = 30_000;
/** Half an ampere over pauses nobody (decision 0007). */
const UNHURRIED_dA: Deciamps = 5;
/** However cool its device, nothing stays over for longer: the promise under any fault holds here too. */
const LONGEST_ms: Milliseconds = 18_000;
/** What a car at its minimum may draw above it: the pilot's step and its own. */
const AT_MINIMUM_dA: Deciamps = 2;

type Branch = {
  readonly circuit: CircuitTruth;
  readonly phase: Phase;
  readonly watched: Watched;
};
type Watched = {
  overSince: Milliseconds | null;
  /** At any look since then: a fault was felt; lowering was not enough. */
  wasFaulty: boolean;
  mustPause: boolean;
  isTold: boolean;
  readonly house_dA: Lowest;
  /** In the order of the outlets. */
  readonly draws_dA: Lowest[];
  /** Of its device, as cool as a meter may make it; and what it was when it went over. */
  heat: { readonly at: Milliseconds; readonly now: number; readonly before: number };
};

export class OverloadBound implements Checker {
  readonly invariant = 'I2';
  readonly #branches = new Branches(untouched);
  readonly #unruled = new Unruled();
  readonly #lied = new Lied();

  constructor(private readonly accuse: Accuse) {}

  hear(fact: Fact): void {
    this.#lied.hear(fact);
  }

  look(moment: Moment): void {
    this.#unruled.look(moment);
    this.#lied.look(moment);
    moment.circuits.forEach((circuit, place) => {
      for (const phase of PHASES) {
        const branch = { circuit, phase, watched: this.#branches.of(place, phase) };
        note(branch, moment, this.#unruled);
        warm(branch, moment);
        const excused = this.#lied.excuses(circuit, place, phase, moment);
        if (excused || !isOver(branch, moment, this.#unruled)) branch.watched.overSince = null;
        else this.#goOn(branch, moment);
      }
    });
  }

  #goOn(branch: Branch, moment: Moment): void {
    const { watched } = branch;
    if (watched.overSince === null) {
      watched.overSince = moment.at;
      watched.wasFaulty = watched.mustPause = watched.isTold = false;
      watched.heat = { ...watched.heat, before: watched.heat.now };
    }
    watched.wasFaulty ||= isFelt(moment);
    // Who pauses for one branch draws on the others until it has: nobody else is lowered there for what that brings.
    watched.mustPause ||= moment.circuits.some((circuit) => {
      return PHASES.some((phase) => needsPause(circuit, phase, moment, this.#unruled));
    });
    if (!watched.isTold) this.#judge(branch, moment);
  }

  #judge(branch: Branch, moment: Moment): void {
    const { at } = moment;
    const { watched, circuit, phase } = branch;
    const over_ms = at - (watched.overSince ?? at);
    const usual_ms = boundOf(watched, moment);
    if (over_ms <= usual_ms || overBy(lastedAt(branch, at - usual_ms, moment), branch) <= 0) return;
    const patience_ms = patienceFor(branch, usual_ms, moment);
    const longest_ms = LONGEST_ms + (isSlowMeter(moment) ? SLOW_METER_ms : 0);
    const bound_ms = Math.max(usual_ms, Math.min(usual_ms + patience_ms, longest_ms));
    const lasted_dA = lastedAt(branch, at - bound_ms, moment);
    if (over_ms <= bound_ms || overBy(lasted_dA, branch) <= 0) return;
    watched.isTold = true;
    const carried = `${branchName(circuit, phase)} has carried ${amps(lasted_dA)} A and more`;
    const detail = `${carried} for longer than ${bound_ms} ms, its limit is ${amps(circuit.limit_dA[phase])} A`;
    this.accuse({ invariant: 'I2', at, detail });
  }
}

function untouched(): Watched {
  const never = { overSince: null, wasFaulty: false, mustPause: false, isTold: false };
  return { ...never, house_dA: new Lowest(REMEMBERED_ms), draws_dA: [], heat: { at: 0, now: 0, before: 0 } };
}
const REMEMBERED_ms: Milliseconds = FAULTY_SLOW_ms + LONGEST_ms;

/** Where nobody knows the device the master takes it for a fuse of the limit, which opens first (decision 0022). */
function carryingOf({ circuit, phase }: Pick<Branch, 'circuit' | 'phase'>): Carrying {
  const limit_dA = circuit.limit_dA[phase];
  return { device: circuit.device ?? { curve: 'gG', rated_dA: limit_dA }, limit_dA };
}

/** Heat is slow: once a second is enough. */
const WARMED_EACH_ms: Milliseconds = 1_000;

function warm(branch: Branch, moment: Moment): void {
  const { heat } = branch.watched;
  if (moment.at - heat.at < WARMED_EACH_ms) return;
  const load_dA = branch.circuit.house_dA[branch.phase] + carsOn(moment, branch.phase, branch.circuit);
  const least_dA = Math.max(0, load_dA - readingError(load_dA));
  const now = heatAfter(heat.now, carryingOf(branch), least_dA, moment.at - heat.at);
  branch.watched.heat = { ...heat, at: moment.at, now };
}

function note({ watched, phase, circuit }: Branch, { at, outlets }: Moment, unruled: Unruled): void {
  watched.house_dA.note(at, circuit.house_dA[phase] + unruled.of(phase, circuit));
  for (const index of circuit.outlets) {
    const own_dA = (outlets[index]?.draw_dA[phase] ?? 0) - unruled.on(phase, index);
    (watched.draws_dA[index] ??= new Lowest(REMEMBERED_ms)).note(at, own_dA);
  }
}

/** Beyond what pauses nobody and what the meter may miss. */
function isOver(branch: Branch, moment: Moment, unruled: Unruled): boolean {
  const { circuit, phase } = branch;
  if (!circuit.phases.includes(phase)) return false;
  const cars_dA = carsOn(moment, phase, circuit);
  return overBy(circuit.house_dA[phase] + cars_dA, branch) > 0 && cars_dA > unruled.of(phase, circuit);
}

function overBy(load_dA: Deciamps, { circuit, phase }: Branch): Deciamps {
  return load_dA - readingError(load_dA) - UNHURRIED_dA - circuit.limit_dA[phase];
}

/** Even with every car at its minimum the branch would read as over. */
function needsPause(circuit: CircuitTruth, phase: Phase, moment: Moment, unruled: Unruled): boolean {
  if (!circuit.phases.includes(phase) || carsOn(moment, phase, circuit) === 0) return false;
  const { outlets, min_dA } = moment;
  let least_dA = circuit.house_dA[phase];
  for (const index of circuit.outlets) {
    const unruled_dA = unruled.on(phase, index);
    least_dA += unruled_dA + Math.min((outlets[index]?.draw_dA[phase] ?? 0) - unruled_dA, min_dA);
  }
  return least_dA * (1 + READING_ERROR) + ROUNDING_dA > circuit.limit_dA[phase];
}

function boundOf({ wasFaulty, mustPause }: Watched, moment: Moment): Milliseconds {
  const isSlow = isSlowMeter(moment);
  if (wasFaulty) return isSlow ? FAULTY_SLOW_ms : FAULTY_WITHIN_ms;
  return (mustPause ? PAUSED_WITHIN_ms : LOWERED_WITHIN_ms) + (isSlow ? SLOW_METER_ms : 0);
}

/** None while any car that has had the usual time still draws above its minimum; else by the least that it has carried. */
function patienceFor(branch: Branch, usual_ms: Milliseconds, moment: Moment): Milliseconds {
  const { at, min_dA } = moment;
  const { watched } = branch;
  const isLowered = watched.draws_dA.every((draw_dA) => draw_dA.since(at - usual_ms, at) <= min_dA + AT_MINIMUM_dA);
  if (!isLowered) return 0;
  // What was noted in the quarter of a second before it went over is another time's.
  const since = Math.max(Math.min(at, (watched.overSince ?? at) + BUCKET_ms), at - REMEMBERED_ms);
  const lasted_dA = lastedAt(branch, since, moment);
  return patienceOf(watched.heat.before, carryingOf(branch), lasted_dA - readingError(lasted_dA));
}

/** What the branch carried at least, for the whole of that time; nothing when none of it was ours. */
function lastedAt({ watched: { house_dA, draws_dA }, circuit }: Branch, from: Milliseconds, { at }: Moment): Deciamps {
  let cars_dA = 0;
  for (const index of circuit.outlets) cars_dA += draws_dA[index]?.since(from, at) ?? 0;
  return cars_dA > 0 ? house_dA.since(from, at) + cars_dA : 0;
}

function isFelt({ isDisturbed, disturbedAt, at }: Moment): boolean {
  return isDisturbed || (disturbedAt !== null && at - disturbedAt < FELT_ms);
}
