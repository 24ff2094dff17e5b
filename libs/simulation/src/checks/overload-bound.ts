// I2: an overload in which our cars take part ends in time. It counts while a phase is over without a break, but only
// what has lasted: each car's lowest draw and the lowest house of that time. So a house that steps again, or a car that
// begins to use what it had been given before, starts the clock anew, as each is a cause of its own. The house alone
// above its fuse is nobody's fault; then our cars must be off within the same time.
import { amps, PHASES, type Deciamps, type Milliseconds, type Phase } from '@fairamp/units';
import { Lowest } from './lowest.js';
import { readingError, READING_ERROR, ROUNDING_dA } from './meter-error.js';
import type { Accuse, Checker, Moment } from './moment.js';
import { carsOn, isLiedTo, isSlowMeter } from './truth.js';
import { Unruled } from './unruled.js';

/** After a step, with a Sensorbox 1.5, when lowering is enough; when a car must pause (design 3, worst cases). */
const LOWERED_WITHIN_ms: Milliseconds = 8_500;
const PAUSED_WITHIN_ms: Milliseconds = 9_500;
/** The same where the device leaves time for it (decision 0022): this checker knows no device, and allows it always. */
const PATIENT_WITHIN_ms: Milliseconds = 18_000;
/** Beside these with a meter that speaks each 10 s and not each 1.8 s. */
const SLOW_METER_ms: Milliseconds = 8_200;
/** Under any fault of links or processes; with A = 25 s. */
const FAULTY_WITHIN_ms: Milliseconds = 18_000;
const FAULTY_SLOW_ms: Milliseconds = 33_000;
/** How long after its end a fault may still be felt: 17 s until nothing is reserved, then the steps of a new start. */
const FELT_ms: Milliseconds = 30_000;
/** Half an ampere over pauses nobody (decision 0007). */
const UNHURRIED_dA: Deciamps = 5;
type Phased = {
  overSince: Milliseconds | null;
  /** At any look since then: a fault was felt; lowering was not enough. */
  wasFaulty: boolean;
  mustPause: boolean;
  isTold: boolean;
  readonly house_dA: Lowest;
  /** In the order of the outlets. */
  readonly draws_dA: Lowest[];
};

export class OverloadBound implements Checker {
  readonly invariant = 'I2';
  readonly #phases: Readonly<Record<Phase, Phased>> = { L1: untouched(), L2: untouched(), L3: untouched() };
  readonly #unruled = new Unruled();

  constructor(private readonly accuse: Accuse) {}

  hear(): void {}

  look(moment: Moment): void {
    const excused = isLiedTo(moment);
    this.#unruled.look(moment);
    for (const phase of PHASES) {
      const watched = this.#phases[phase];
      note(watched, phase, moment, this.#unruled);
      if (excused || !isOver(moment, phase, this.#unruled)) {
        watched.overSince = null;
        continue;
      }
      goOn(watched, moment, this.#unruled);
      this.#judge(watched, phase, moment);
    }
  }

  #judge(watched: Phased, phase: Phase, moment: Moment): void {
    const bound_ms = boundOf(watched, moment);
    const { at, limit_dA } = moment;
    if (watched.isTold || at - (watched.overSince ?? at) <= bound_ms) return;
    const lasted_dA = lastedAt(watched, at - bound_ms, moment);
    if (overBy(lasted_dA, moment) <= 0) return;
    watched.isTold = true;
    const detail = `${phase} has carried ${amps(lasted_dA)} A and more for longer than ${bound_ms} ms, its limit is ${amps(limit_dA)} A`;
    this.accuse({ invariant: 'I2', at, detail });
  }
}

function untouched(): Phased {
  const house_dA = new Lowest(FAULTY_SLOW_ms);
  return { overSince: null, wasFaulty: false, mustPause: false, isTold: false, house_dA, draws_dA: [] };
}

function note({ house_dA, draws_dA }: Phased, phase: Phase, moment: Moment, unruled: Unruled): void {
  house_dA.note(moment.at, moment.house_dA[phase] + unruled.of(phase));
  const { outlets } = moment;
  for (let index = 0; index < outlets.length; index += 1) {
    const own_dA = (outlets[index]?.draw_dA[phase] ?? 0) - unruled.on(phase, index);
    (draws_dA[index] ??= new Lowest(FAULTY_SLOW_ms)).note(moment.at, own_dA);
  }
}

/** Beyond what pauses nobody and what the meter may miss. */
function isOver(moment: Moment, phase: Phase, unruled: Unruled): boolean {
  if (!moment.mainsPhases.includes(phase)) return false;
  const cars_dA = carsOn(moment, phase);
  const mains_dA = moment.house_dA[phase] + cars_dA;
  return overBy(mains_dA, moment) > 0 && cars_dA > unruled.of(phase);
}

function overBy(mains_dA: Deciamps, { limit_dA }: Moment): Deciamps {
  return mains_dA - readingError(mains_dA) - UNHURRIED_dA - limit_dA;
}

function goOn(watched: Phased, moment: Moment, unruled: Unruled): void {
  if (watched.overSince === null) {
    watched.overSince = moment.at;
    watched.wasFaulty = watched.mustPause = watched.isTold = false;
  }
  watched.wasFaulty ||= isFelt(moment);
  // Who pauses for one phase draws on the others until it has: nobody else is lowered there for what that brings.
  watched.mustPause ||= PHASES.some((phase) => needsPause(moment, phase, unruled));
}

/** Even with every car at its minimum the phase would read as over. */
function needsPause(moment: Moment, phase: Phase, unruled: Unruled): boolean {
  if (!moment.mainsPhases.includes(phase) || carsOn(moment, phase) === 0) return false;
  const { outlets, house_dA, min_dA, limit_dA } = moment;
  let least_dA = house_dA[phase];
  for (let index = 0; index < outlets.length; index += 1) {
    const unruled_dA = unruled.on(phase, index);
    least_dA += unruled_dA + Math.min((outlets[index]?.draw_dA[phase] ?? 0) - unruled_dA, min_dA);
  }
  return least_dA * (1 + READING_ERROR) + ROUNDING_dA > limit_dA;
}

function boundOf({ wasFaulty, mustPause }: Phased, moment: Moment): Milliseconds {
  const isSlow = isSlowMeter(moment);
  if (wasFaulty) return isSlow ? FAULTY_SLOW_ms : FAULTY_WITHIN_ms;
  if (isSlow) return (mustPause ? PAUSED_WITHIN_ms : LOWERED_WITHIN_ms) + SLOW_METER_ms;
  return mustPause ? PATIENT_WITHIN_ms : LOWERED_WITHIN_ms;
}

/** What the phase carried at least, for the whole of that time; nothing when none of it was ours. */
function lastedAt({ house_dA, draws_dA }: Phased, from: Milliseconds, { at }: Moment): Deciamps {
  let cars_dA = 0;
  for (const draw_dA of draws_dA) cars_dA += draw_dA.since(from, at);
  return cars_dA > 0 ? house_dA.since(from, at) + cars_dA : 0;
}

function isFelt({ isDisturbed, disturbedAt, at }: Moment): boolean {
  return isDisturbed || (disturbedAt !== null && at - disturbedAt < FELT_ms);
}
