// The invariants as things that must not be so, or not for long, in the plant's truth (reliability.md 2 has their ids,
// design.md 3 their numbers). Each check lists the conditions that it watches in this moment; episodes.ts measures how
// long each holds and says so once when that is longer than its bound.
import { amps, PHASES, sumOf, type Deciamps, type Phase } from '@fairamp/units';
import { type ProcessName } from '../actions.js';
import { carsOn, type Moment, type OutletTruth } from './moment.js';

export type Condition = {
  readonly invariant: 'I1' | 'I2' | 'I3' | 'I12' | 'I14' | 'I15';
  readonly subject: string;
  readonly bound_s: number;
  readonly detail: string;
};

/** Longest overload after a step, with a Sensorbox 1.5 and a car that must pause (design 3, worst cases). */
const OVERLOAD_HEALTHY_S = 9.5;
/** The same under any link or process fault. */
const OVERLOAD_FAULTY_S = 18;
/** How long after its end a fault may still be felt: 17 s until nothing is reserved, then the steps of a new start. */
const FAULT_FELT_S = 30;
/** The meter's own noise and rounding; no fuse knows it. */
const OVERLOAD_UNFELT_dA = 5;
/** A + q + H + c with clocks of 5,000 ppm: nothing that a master granted outlives it (design 3 rule 8). */
const LEASE_SURELY_OVER_S = 17;
/** `process`: something outside opens within 6 s of the io process's death or freeze (design 3 rule 6). */
const FAIL_SAFE_S = 6;
/** Contactor closed 500 ms after it should be open. */
const OPEN_WITHIN_S = 0.5;
/** The plant is looked at ten times a second, and the lab learns of a death a moment later. */
const LOOK_S = 0.5;
const SMALLEST_OFFER_dA = 60;
/** Room that a waiting car must have beyond the minimum before its waiting counts: noise, and what the house flickers. */
const MARGIN_dA = 10;
/** Faults end, then every car that fits charges within 95 s (I15 with the numbers of design 3). */
export const SERVED_WITHIN_S = 95;

export function conditionsOf(moment: Moment): readonly Condition[] {
  return [overloads, budgets, deadMen, wrongContactors, openLocks, starving].flatMap((check) => check(moment));
}

/** I2: a phase above MAINS while our cars draw on it. The house alone may exceed its fuse. */
function overloads(moment: Moment): readonly Condition[] {
  const bound_s = isDisturbed(moment) ? OVERLOAD_FAULTY_S : OVERLOAD_HEALTHY_S;
  return PHASES.map((phase) => ({ phase, over_dA: overOn(moment, phase) }))
    .filter(({ over_dA }) => over_dA > OVERLOAD_UNFELT_dA)
    .map(({ phase, over_dA }) => ({
      invariant: 'I2',
      subject: phase,
      bound_s,
      detail: `${phase} above MAINS for longer than ${bound_s} s, now by ${amps(over_dA)} A`,
    }));
}

/** How far a phase is above MAINS while our cars draw on it, else 0. */
export function overOn(moment: Moment, phase: Phase): Deciamps {
  const cars_dA = carsOn(moment, phase);
  return cars_dA === 0 ? 0 : Math.max(0, moment.house_dA[phase] + cars_dA - moment.mains_dA);
}

export function isDisturbed({ downSince_s, disturbedAt_s, at_s, outlets }: Moment): boolean {
  if (outlets.some(({ broken }) => broken.length > 0)) return true;
  return downSince_s.size > 0 || (disturbedAt_s !== null && at_s - disturbedAt_s < FAULT_FELT_S);
}

/** I1, as far as it can be seen from outside: the pilots together never offer more than MAINS. */
function budgets(moment: Moment): readonly Condition[] {
  return PHASES.map((phase) => ({ phase, offered_dA: offeredOn(moment, phase) }))
    .filter(({ offered_dA }) => offered_dA > moment.mains_dA)
    .map(({ phase, offered_dA }) => ({
      invariant: 'I1',
      subject: phase,
      bound_s: LOOK_S,
      detail: `the limits on ${phase} sum to ${amps(offered_dA)} A, MAINS is ${amps(moment.mains_dA)} A`,
    }));
}

function offeredOn({ outlets }: Moment, phase: Phase): Deciamps {
  return sumOf(
    outlets.filter(({ phases }) => phases.includes(phase)),
    ({ offered_dA }) => offered_dA,
  );
}

/** I3: a contactor that nobody may hold closed any more. */
function deadMen(moment: Moment): readonly Condition[] {
  return moment.outlets
    .filter(({ contactorClosed }) => contactorClosed)
    .flatMap((outlet) => holdersOf(outlet, moment).map((holder) => ({ outlet, ...holder })))
    .filter(({ process, within_s }) => moment.at_s - (moment.downSince_s.get(process) ?? moment.at_s) > within_s)
    .map(({ outlet, process, within_s }) => ({
      invariant: 'I3',
      subject: `${outlet.id} ${process}`,
      bound_s: LOOK_S,
      detail: `contactor of ${outlet.id} closed longer than ${within_s} s after ${process} was gone`,
    }));
}

/** Without whom an outlet's power must end, and when. */
function holdersOf(outlet: OutletTruth, { mode }: Moment): readonly { process: ProcessName; within_s: number }[] {
  const deciders: readonly ProcessName[] = mode === 'smart' ? ['master', 'broker', 'bridge'] : ['master', 'broker'];
  const own: readonly ProcessName[] = (['slave1', 'slave2', 'slave3'] as const).filter((name) => name === outlet.id);
  return [
    ...own.map((process) => ({ process, within_s: FAIL_SAFE_S })),
    ...deciders.map((process) => ({ process, within_s: LEASE_SURELY_OVER_S })),
  ];
}

/**
 * I12: closed although the car does not ask for current. What a dead slave left closed is I3's; what hangs together or
 * moves late was told to open.
 */
function wrongContactors(moment: Moment): readonly Condition[] {
  return moment.outlets
    .filter(({ contactorClosed, pilot }) => contactorClosed && pilot !== 'C' && pilot !== 'D')
    .filter(({ broken }) => !broken.includes('contactor-welded') && !broken.includes('contactor-slow'))
    .filter(({ id }) => ![...moment.downSince_s.keys()].some((process) => process === id))
    .map(({ id, pilot }) => ({
      invariant: 'I12',
      subject: id,
      bound_s: OPEN_WITHIN_S,
      detail: `contactor of ${id} closed for longer than ${OPEN_WITHIN_S} s with the pilot at ${pilot}`,
    }));
}

/** I14: a plug under power that nothing holds. No fault of the lock excuses it: it must not have been closed. */
function openLocks(moment: Moment): readonly Condition[] {
  return moment.outlets
    .filter(({ contactorClosed, lock }) => contactorClosed && lock === 'unlocked')
    .map(({ id }) => ({
      invariant: 'I14',
      subject: id,
      bound_s: OPEN_WITHIN_S,
      detail: `contactor of ${id} closed for longer than ${OPEN_WITHIN_S} s with its plug unlocked`,
    }));
}

/** I15: everything lives and is sound, a car is hungry, everyone's minimum fits, and still it gets nothing. */
function starving(moment: Moment): readonly Condition[] {
  if (moment.downSince_s.size > 0) return [];
  return moment.outlets
    .filter(({ id }) => !moment.everBroken.has(id))
    .filter((outlet) => outlet.isHungry && sumOf(PHASES, (phase) => outlet.draw_dA[phase]) === 0)
    .filter((outlet) => outlet.phases.every((phase) => fitsEveryone(moment, phase)))
    .map(({ id }) => ({
      invariant: 'I15',
      subject: id,
      bound_s: SERVED_WITHIN_S,
      detail: `the car of ${id} fits and has been given nothing for ${SERVED_WITHIN_S} s`,
    }));
}

function fitsEveryone(moment: Moment, phase: Phase): boolean {
  const hungry = moment.outlets.filter((outlet) => outlet.isHungry && outlet.phases.includes(phase));
  return moment.house_dA[phase] + hungry.length * SMALLEST_OFFER_dA + MARGIN_dA <= moment.mains_dA;
}
