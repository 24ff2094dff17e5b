// The circuits below the mains as the plant's wires: what flows through each, and what its meter says of that. A car's
// current flows through every circuit from its own up to the mains, and so does what the house takes there.
import { type Deciamps, type Milliseconds, type PerPhase, mapPhases, perPhase } from '@fairamp/units';
import { type OutletConfig, type OutletState } from './outlet.js';
import { type SensorboxConfig, type SensorboxState, type TimedByte } from './sensorbox15.js';
import { initialSensorbox, stepSensorbox } from './sensorbox15.js';
import { drawnAt } from './wiring.js';

/** On no conductor. */
export const NOTHING_dA: PerPhase<Deciamps> = perPhase(() => 0);

export type PlantCircuit = {
  readonly id: string;
  /** Places in the list of outlets of all that hang on it or below it. */
  readonly outlets: readonly number[];
  /** null: nobody measures it. */
  readonly meter: { readonly sensorbox: SensorboxConfig; readonly early_ms: Milliseconds } | null;
};

export type PlantTree = {
  readonly circuits: readonly PlantCircuit[];
  /** What flows through each of them to others than our cars: a part of what the house takes then. */
  readonly housesAt: (at: Milliseconds) => readonly PerPhase<Deciamps>[];
};

/** null where nobody measures. */
export type CircuitMeters = readonly (SensorboxState | null)[];

export type CircuitOutput = {
  readonly house_dA: PerPhase<Deciamps>;
  readonly cars_dA: PerPhase<Deciamps>;
  readonly line: readonly TimedByte[];
  readonly hasMeasured: boolean;
};

export function initialMeters(at: Milliseconds, tree: PlantTree | undefined): CircuitMeters {
  if (tree === undefined) return NONE;
  return tree.circuits.map(({ meter }) => {
    return meter === null ? null : initialSensorbox(at, meter.sensorbox, meter.early_ms);
  });
}

/** Of a plant without circuits: nothing of it is ever looked at. */
const NONE: readonly never[] = [];
export const NO_CIRCUITS: {
  readonly meters: readonly never[];
  readonly circuits: readonly never[];
} = { meters: NONE, circuits: NONE };

type Moment = { readonly at: Milliseconds; readonly outlets: readonly OutletState[] };

export function stepCircuits(
  before: CircuitMeters,
  { at, outlets }: Moment,
  tree: PlantTree,
  configs: readonly OutletConfig[],
): { readonly meters: CircuitMeters; readonly circuits: readonly CircuitOutput[] } {
  const houses = tree.housesAt(at);
  const meters: (SensorboxState | null)[] = [];
  const circuits = tree.circuits.map(({ outlets: below, meter }, index): CircuitOutput => {
    const cars_dA = drawnBelow(below, outlets, configs);
    const own_dA = houses[index] ?? NOTHING_dA;
    const flows = { house_dA: own_dA, cars_dA };
    const known = before[index] ?? null;
    meters.push(known);
    if (meter === null || known === null) return { ...flows, line: [], hasMeasured: false };
    const mains_dA = mapPhases(own_dA, (current, phase) => current + cars_dA[phase]);
    const { state, line, hasMeasured } = stepSensorbox(known, { at, mains_dA }, meter.sensorbox);
    meters[index] = state;
    return { ...flows, line, hasMeasured };
  });
  return { meters, circuits };
}

function drawnBelow(
  below: readonly number[],
  outlets: readonly OutletState[],
  configs: readonly OutletConfig[],
): PerPhase<Deciamps> {
  return perPhase((phase) => {
    let drawn_mA = 0;
    for (const index of below) drawn_mA += drawnAt(index, phase, outlets, configs);
    return Math.round(drawn_mA / 100);
  });
}

/** What the circuits' meters have said in two steps, one after the other. */
export function joinedCircuits(
  earlier: readonly CircuitOutput[],
  later: readonly CircuitOutput[],
): readonly CircuitOutput[] {
  return later.map((circuit, index) => {
    const before = earlier[index];
    if (before === undefined) return circuit;
    const hasMeasured = before.hasMeasured || circuit.hasMeasured;
    return { ...circuit, line: [...before.line, ...circuit.line], hasMeasured };
  });
}

/** When the next of their meters ticks. */
export function nextMeterAt(meters: CircuitMeters): Milliseconds {
  let next = Infinity;
  for (const meter of meters) if (meter !== null) next = Math.min(next, meter.nextTickAt);
  return next;
}
