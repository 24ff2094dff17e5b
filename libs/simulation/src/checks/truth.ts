// Short questions that several checkers put to a moment. They allocate nothing, as they are asked twenty times a second.
import { assert, MAINS, type Deciamps, type Milliseconds, type Phase } from '@fairamp/units';
import type { Basis, CircuitTruth, Fact, Moment, OutletTruth, SlaveTruth } from './moment.js';

/** The charge point's computer; usually it stands at the same place in its list. */
export function slaveAt({ outlets, system: { slaves } }: Moment, index: number): SlaveTruth | undefined {
  const id = outlets[index]?.id;
  const beside = slaves[index];
  return beside?.who === id ? beside : slaves.find(({ who }) => who === id);
}

export function outletOf({ outlets }: Moment, id: string): OutletTruth | undefined {
  return outlets.find((outlet) => outlet.id === id);
}

/** The root of the tree. */
export function mainsOf({ circuits: [mains] }: Moment): CircuitTruth {
  assert(mains !== undefined, 'a site without mains');
  return mains;
}

/** `L1` of the mains, `garage L1` of a circuit below. */
export function branchName({ id }: CircuitTruth, phase: Phase): string {
  return id === MAINS ? phase : `${id} ${phase}`;
}

/** What else flows there, as far as anybody may reckon with less: all that may, where nobody measures. */
export function besideCars({ isMetered, house_dA, allowance_dA }: CircuitTruth, phase: Phase): Deciamps {
  return isMetered ? house_dA[phase] : (allowance_dA?.[phase] ?? 0);
}

/** What our cars draw through a conductor of a circuit. */
export function carsOn({ outlets }: Moment, phase: Phase, circuit: CircuitTruth): Deciamps {
  let sum_dA = 0;
  for (const index of circuit.outlets) sum_dA += outlets[index]?.draw_dA[phase] ?? 0;
  return sum_dA;
}

export function drawsAnything({ draw_dA }: OutletTruth): boolean {
  return draw_dA.L1 !== 0 || draw_dA.L2 !== 0 || draw_dA.L3 !== 0;
}

/** On the phase where it is most. */
export function drawnMost({ draw_dA }: OutletTruth): Deciamps {
  return Math.max(draw_dA.L1, draw_dA.L2, draw_dA.L3);
}

/** What it can draw there by its outputs: it draws it, or the pilot says that its car may. */
export function outputsOn({ draw_dA, phases, offered_dA }: OutletTruth, phase: Phase): Deciamps {
  const drawn_dA = draw_dA[phase];
  return offered_dA > drawn_dA && phases.includes(phase) ? offered_dA : drawn_dA;
}

/** A meter whose samples may be older than this speaks each 10 s, not each 1.8 s. */
const QUICK_METER_ms: Milliseconds = 10_000;

export function isSlowMeter({ oldestSample_ms }: Moment): boolean {
  return oldestSample_ms > QUICK_METER_ms;
}

/**
 * What a grant rests on: of each meter between its charge point and the mains the newest sample; null = there is none.
 * Nothing rests on the meter of a circuit below the mains where nothing is granted, or where an allowance may stand in.
 */
export function basesOf(
  { basis, circuitBases, to, limit_dA }: Extract<Fact, { kind: 'granted' }>,
  { circuits, outlets }: Moment,
): readonly { readonly circuit: string; readonly basis: Basis | null }[] {
  const mains = [{ circuit: MAINS, basis }];
  if (circuits.length === 1 || limit_dA === 0) return mains;
  const index = outlets.findIndex(({ id }) => id === to);
  const above = circuits.filter((circuit) => circuit.isMetered && circuit.outlets.includes(index));
  const below = above.filter(({ id, allowance_dA }) => id !== MAINS && allowance_dA === null);
  return [...mains, ...below.map(({ id }) => ({ circuit: id, basis: circuitBases[id] ?? null }))];
}
