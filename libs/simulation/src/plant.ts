// The physical world of a site: house, outlets, cars, and the wires that join them at the meter. In the lab it runs in
// real time in a process of its own, in a simulation as fast as it is stepped; either way nothing in it knows of a
// master or a lease. What it hands out as mains and cars is the truth, for checks; participants see only the
// Sensorbox's line and the outlets' events.
import { type Deciamps, type Milliseconds, type PerPhase, assert, mapPhases, perPhase } from '@fairamp/units';
import { type House } from './house.js';
import { type OutletCommand, type OutletConfig, type OutletState } from './outlet.js';
import { commandOutlet, initialOutlet, outletDueAt, stepOutlet } from './outlet.js';
import { type OutletEvent, confirmsAt } from './outlet-senses.js';
import { type Overload, initialOverload, measureOverload } from './overload.js';
import {
  type CircuitMeters,
  type CircuitOutput,
  type PlantTree,
  initialMeters,
  joinedCircuits,
  nextMeterAt,
  NO_CIRCUITS,
  stepCircuits,
} from './plant-circuits.js';
import { type SensorboxConfig, type SensorboxState, type TimedByte } from './sensorbox15.js';
import { initialSensorbox, stepSensorbox } from './sensorbox15.js';
import { drawnFromAll } from './wiring.js';

export type PlantConfig = {
  readonly house: House;
  readonly outlets: readonly OutletConfig[];
  readonly sensorbox: SensorboxConfig;
  /** MAINS, against which overload is told. */
  readonly limit_dA: Deciamps;
  /** Circuits below the mains; nothing said: there are none. */
  readonly tree?: PlantTree;
  /** No step is longer: 50 ms where somebody watches, as long as the slowest contactor takes. */
  readonly slice_ms: Milliseconds;
};

export type PlantState = {
  readonly at: Milliseconds;
  /** In the order of the configuration. */
  readonly outlets: readonly OutletState[];
  readonly sensorbox: SensorboxState;
  /** Of the circuits, in the order of the configuration. */
  readonly meters: CircuitMeters;
  readonly overload: Overload;
};

export type PlantInput = {
  readonly at: Milliseconds;
  readonly commands: readonly { readonly outlet: string; readonly command: OutletCommand }[];
};

export type PlantOutput = {
  readonly house_dA: PerPhase<Deciamps>;
  readonly cars_dA: PerPhase<Deciamps>;
  readonly mains_dA: PerPhase<Deciamps>;
  readonly line: readonly TimedByte[];
  /** The Sensorbox measured just now; it speaks later. */
  readonly hasMeasured: boolean;
  /** Of the circuits, in the order of the configuration. */
  readonly circuits: readonly CircuitOutput[];
  readonly events: readonly { readonly outlet: string; readonly at: Milliseconds; readonly event: OutletEvent }[];
};

export type PlantStep = { readonly state: PlantState; readonly output: PlantOutput };

export function initialPlant(at: Milliseconds, { outlets, sensorbox, tree }: PlantConfig): PlantState {
  return {
    at,
    outlets: outlets.map(initialOutlet),
    sensorbox: initialSensorbox(at, sensorbox),
    meters: initialMeters(at, tree),
    overload: initialOverload(),
  };
}

/** The time up to `at` passes first, in slices, then the commands are laid on the outputs. */
export function stepPlant(before: PlantState, { at, commands }: PlantInput, config: PlantConfig): PlantStep {
  assert(at >= before.at, `step to ${at} ms from ${before.at} ms: the plant's clock never goes back`);
  let { state, output } = slice(before, Math.min(at, before.at + config.slice_ms), config);
  if (state.at === at && commands.length === 0) return { state, output };
  const line = [...output.line];
  const events = [...output.events];
  let { hasMeasured, circuits } = output;
  while (state.at < at) {
    ({ state, output } = slice(state, Math.min(at, state.at + config.slice_ms), config));
    line.push(...output.line);
    events.push(...output.events);
    hasMeasured ||= output.hasMeasured;
    circuits = joinedCircuits(circuits, output.circuits);
  }
  return {
    state: withCommands(state, { at, commands }, config),
    output: { ...output, line, events, hasMeasured, circuits },
  };
}

/** When the next step is due that a slice would blur: a contactor or a bolt moves, a change is confirmed, the meter measures. */
export function nextPlantAt({ at, outlets, sensorbox, meters }: PlantState): Milliseconds {
  let next = Math.min(sensorbox.nextTickAt, nextMeterAt(meters));
  for (const outlet of outlets) {
    const confirmAt = confirmsAt(outlet);
    // A front end that has fallen silent does not confirm what was due.
    next = Math.min(next, outletDueAt(outlet, at), confirmAt > at ? confirmAt : Infinity);
  }
  return next;
}

function slice(before: PlantState, at: Milliseconds, config: PlantConfig): PlantStep {
  const moment = { at, elapsed_ms: at - before.at };
  const outlets: OutletState[] = [];
  const events: PlantOutput['events'][number][] = [];
  for (const [index, outlet] of config.outlets.entries()) {
    const stepped = stepOutlet(stateOf(before.outlets, index), moment, outlet);
    outlets.push(stepped.state);
    for (const event of stepped.events) events.push({ outlet: outlet.id, at, event });
  }
  const house_dA = config.house.currentsAt(at);
  const cars_dA = perPhase((phase) => Math.round(drawnFromAll(phase, outlets, config.outlets) / 100));
  const mains_dA = mapPhases(house_dA, (current, phase) => current + cars_dA[phase]);
  const { state: sensorbox, line, hasMeasured } = stepSensorbox(before.sensorbox, { at, mains_dA }, config.sensorbox);
  const overload = measureOverload(before.overload, { at, mains_dA, cars_dA }, config.limit_dA);
  const { tree } = config;
  const { meters, circuits } =
    tree === undefined ? NO_CIRCUITS : stepCircuits(before.meters, { at, outlets }, tree, config.outlets);
  return {
    state: { at, outlets, sensorbox, meters, overload },
    output: { house_dA, cars_dA, mains_dA, line, hasMeasured, circuits, events },
  };
}

function withCommands(state: PlantState, { at, commands }: PlantInput, config: PlantConfig): PlantState {
  return commands.reduce((plant, command) => commandPlant(plant, at, command, config), state);
}

/** Lays one command on an outlet's outputs; no time passes. */
export function commandPlant(
  state: PlantState,
  at: Milliseconds,
  { outlet, command }: PlantInput['commands'][number],
  { outlets }: PlantConfig,
): PlantState {
  const index = outlets.findIndex(({ id }) => id === outlet);
  const config = outlets[index];
  assert(config !== undefined, `a command for outlet ${outlet}: there is none`);
  const commanded = [...state.outlets];
  commanded[index] = commandOutlet(stateOf(state.outlets, index), at, command, config.car);
  return { ...state, outlets: commanded };
}

function stateOf(outlets: readonly OutletState[], index: number): OutletState {
  return outlets[index] ?? initialOutlet();
}
