// The circuits as the master knows them: what their meters say, how warm their devices are, what flowed there lately
// beside our cars; and as the balancing sees them in this very cycle.
import { OLDEST_SAMPLE_ms, type FreshnessState, type Sample, initialFreshness, validFor } from '@fairamp/leases';
import {
  PAUSE_TOLERANCE_dA,
  TRIED_dA,
  initialInference,
  initialOutflow,
  initialTrust,
  outflowOn,
  verdictOf,
  warmed,
  type Beside,
  type Circuit,
  type Load,
} from '@fairamp/balancing';
import {
  MAINS,
  PHASES,
  mapPhases,
  perPhase,
  type Deciamps,
  type Milliseconds,
  type PerPhase,
  type Phase,
  type ProtectiveDevice,
} from '@fairamp/units';
import type { CircuitConfig, CircuitRecord, MasterConfig, MasterState, Meter } from './types.js';

/** A device that is not known yet is taken to be as warm as after hours at its rating. */
const WARM = 1;
/** From the order to pause until the next sample shows it gone, beside the age of a sample: a soft stop, a contactor. */
const PAUSE_SHOWS_ms: Milliseconds = 1_500;
/** Who has no place yet must fit beside the highest of so long: a kettle that comes and goes is no room. */
const LATELY_ms: Milliseconds = 30_000;
const LATELY_STEP_ms: Milliseconds = 5_000;

/** What stands in the configuration of a circuit, the mains among them. */
export type Protected = {
  readonly id: string;
  readonly parent: string | null;
  readonly limit_dA: PerPhase<Deciamps>;
  readonly device: ProtectiveDevice;
  readonly meter: Meter | null;
  readonly allowance_dA: PerPhase<Deciamps> | null;
};

type Tree = { readonly all: readonly Protected[]; readonly paths: ReadonlyMap<string, readonly Protected[]> };
const trees = new WeakMap<MasterConfig, Tree>();

/** A configuration never changes: what follows from it is reckoned once. */
function treeOf(config: MasterConfig): Tree {
  const known = trees.get(config);
  if (known !== undefined) return known;
  const all = [mainsOf(config), ...config.circuits.map((circuit) => withMeter(circuit, config))];
  const paths = new Map<string, readonly Protected[]>();
  for (const one of all) paths.set(one.id, [one, ...(one.parent === null ? [] : (paths.get(one.parent) ?? []))]);
  const tree = { all, paths };
  trees.set(config, tree);
  return tree;
}

/** The mains first. In Normal mode nobody measures, and nothing but our cars hangs on them. */
export function circuitsOf(config: MasterConfig): readonly Protected[] {
  return treeOf(config).all;
}

/** The circuit and all that feed it, the mains last. */
export function pathOf(config: MasterConfig, circuit: string): readonly Protected[] {
  return treeOf(config).paths.get(circuit) ?? [];
}

/** Where that circuit, or one that feeds it, is measured. */
export function metersOn(config: MasterConfig, circuit: string): readonly Protected[] {
  return pathOf(config, circuit).filter(({ meter }) => meter !== null);
}

function mainsOf({ mode, mains_dA, mainsDevice, bridge, oldestSample_ms, source }: MasterConfig): Protected {
  return {
    id: MAINS,
    parent: null,
    limit_dA: perPhase(() => mains_dA),
    device: mainsDevice ?? { curve: 'gG', rated_dA: mains_dA },
    meter: mode === 'normal' || bridge === null ? null : { ...bridge, oldestSample_ms, source },
    allowance_dA: perPhase(() => 0),
  };
}

function withMeter(circuit: CircuitConfig, { mode }: MasterConfig): Protected {
  return mode === 'normal' ? { ...circuit, meter: null } : circuit;
}

export function blankCircuits(
  config: MasterConfig,
  boot: string,
  at: Milliseconds,
): Readonly<Record<string, CircuitRecord>> {
  const records = circuitsOf(config).map(({ id, meter }): [string, CircuitRecord] => {
    const freshness = id === MAINS || meter === null ? null : initialFreshness(boot, at);
    const trust = meter === null ? null : initialTrust();
    const inference = meter === null ? null : initialInference();
    const outflow = meter === null ? null : initialOutflow();
    const blank = { isSilent: meter !== null, heat: perPhase(() => WARM), overSince: perPhase(() => null), recent: [] };
    return [id, { freshness, trust, inference, outflow, ...blank }];
  });
  return Object.fromEntries(records);
}

/** Of the meter of this circuit. */
export function freshnessOf(state: MasterState, circuit: string): FreshnessState | null {
  return circuit === MAINS ? state.freshness : (state.circuits[circuit]?.freshness ?? null);
}

export function withFreshness(state: MasterState, circuit: string, freshness: FreshnessState): MasterState {
  const record = state.circuits[circuit];
  if (circuit === MAINS || record === undefined) return { ...state, freshness };
  return { ...state, circuits: { ...state.circuits, [circuit]: { ...record, freshness } } };
}

/** The newest sample of a circuit, while a grant may still rest on it; null where nobody measures. */
export function sampleOn(state: MasterState, { id, meter }: Protected, at: Milliseconds): Sample | null {
  const newest = meter === null ? null : (freshnessOf(state, id)?.newest ?? null);
  if (meter === null || newest === null || isDistrusted(state, id, at)) return null;
  return validFor(newest.measuredAt, at, meter.oldestSample_ms, meter.oldestSample_ms) > 0 ? newest : null;
}

/**
 * A sample has arrived: the device has become warmer or cooler since the one before. What flowed while nobody looked is
 * not known: a device has not cooled in that time, and is at least as warm as one that is not known.
 */
export function noteSample(state: MasterState, circuit: Protected, sample: Sample, before: Sample | null): MasterState {
  const record = state.circuits[circuit.id];
  if (record === undefined) return state;
  const { device, limit_dA, meter } = circuit;
  const passed_ms = before === null ? 0 : Math.max(0, sample.measuredAt - before.measuredAt);
  const wasUnseen = passed_ms > (meter?.oldestSample_ms ?? OLDEST_SAMPLE_ms);
  const heat = mapPhases(record.heat, (warm, phase) => {
    const worse_dA = Math.max(sample.current_dA[phase], wasUnseen ? (before?.current_dA[phase] ?? 0) : 0);
    const now = warmed(warm, { device, limit_dA: limit_dA[phase] }, worse_dA, passed_ms);
    return wasUnseen ? Math.max(warm, now, WARM) : now;
  });
  const overSince = mapPhases(record.overSince, (since, phase) => {
    const isOver = sample.current_dA[phase] > limit_dA[phase] + PAUSE_TOLERANCE_dA;
    return isOver ? (since ?? sample.measuredAt) : null;
  });
  return { ...state, circuits: { ...state.circuits, [circuit.id]: { ...record, heat, overSince } } };
}

/** What a decision reckoned beside our cars, kept for the next ones. */
export function noteBeside(state: MasterState, told: readonly Beside[], at: Milliseconds): MasterState {
  const circuits = { ...state.circuits };
  for (const { id, beside_dA } of told) {
    const record = circuits[id];
    if (record !== undefined) circuits[id] = { ...record, recent: joined(record.recent, beside_dA, at) };
  }
  return { ...state, circuits };
}

function joined(recent: CircuitRecord['recent'], beside_dA: PerPhase<Deciamps>, at: Milliseconds) {
  const kept = recent.filter((one) => at - one.at < LATELY_ms);
  const last = kept.at(-1);
  if (last === undefined || at - last.at >= LATELY_STEP_ms) return [...kept, { at, beside_dA }];
  return [...kept.slice(0, -1), { at: last.at, beside_dA: highestOf([last.beside_dA, beside_dA]) }];
}

function highestOf(amounts: readonly PerPhase<Deciamps>[]): PerPhase<Deciamps> {
  return perPhase((phase) => Math.max(...amounts.map((one) => one[phase])));
}

export function circuitsNow(state: MasterState, at: Milliseconds, config: MasterConfig): readonly Circuit[] {
  return circuitsOf(config).map((circuit) => {
    const { id, parent, limit_dA, device, meter } = circuit;
    const record = state.circuits[id];
    return {
      id,
      parent,
      limit_dA,
      seen: seenOf(circuit, isUnknown(state, circuit, at), config),
      device,
      load: loadOf(circuit, sampleOn(state, circuit, at), record === undefined ? null : flowsOn(record, at)),
      heat: record?.heat ?? perPhase(() => WARM),
      answers_ms: (meter?.oldestSample_ms ?? OLDEST_SAMPLE_ms) + PAUSE_SHOWS_ms,
      overSince: record?.overSince ?? perPhase(() => null),
      recent_dA: record === undefined || record.recent.length === 0 ? null : lately(record, at),
    };
  });
}

function lately({ recent }: CircuitRecord, at: Milliseconds): PerPhase<Deciamps> | null {
  const told = recent.filter((one) => at - one.at < LATELY_ms).map(({ beside_dA }) => beside_dA);
  return told.length === 0 ? null : highestOf(told);
}

/** As if there were no sample (I7). */
export function isDistrusted({ circuits }: MasterState, id: string, at: Milliseconds): boolean {
  const trust = circuits[id]?.trust ?? null;
  return trust !== null && verdictOf(trust, at).level === 'distrusted';
}

/** Nobody knows what flows there: its meter says nothing, and nothing stands in its place. */
export function isUnknown(state: MasterState, circuit: Protected, at: Milliseconds): boolean {
  const { meter, allowance_dA } = circuit;
  return meter !== null && allowance_dA === null && sampleOn(state, circuit, at) === null;
}

/** A conductor of the mains without a transformer is no room anywhere, and an unknown circuit is none. */
export function seenOf(circuit: Protected, isBlind: boolean, { mainsPhases }: MasterConfig): readonly Phase[] {
  if (circuit.id === MAINS) return mainsPhases;
  return isBlind ? [] : PHASES;
}

type Flows = {
  /** What flows out there, though the meter shows no direction. */
  readonly out: readonly Phase[];
  readonly lately_dA: PerPhase<Deciamps> | null;
};

function flowsOn(record: CircuitRecord, at: Milliseconds): Flows {
  const { outflow } = record;
  const lately_dA = record.recent.length === 0 ? null : lately(record, at);
  return { out: outflow === null ? [] : outflowOn(outflow, at), lately_dA };
}

/** Of a meter that is away it is known what it showed last: an allowance never says less, until it is back. */
function loadOf({ allowance_dA, limit_dA, meter }: Protected, sample: Sample | null, flows: Flows | null): Load {
  if (sample === null) {
    const told_dA = allowance_dA ?? perPhase(() => 0);
    const lately_dA = meter === null ? null : (flows?.lately_dA ?? null);
    return { kind: 'allowed', allowance_dA: lately_dA === null ? told_dA : highestOf([told_dA, lately_dA]) };
  }
  const out = flows?.out ?? [];
  const { signed } = sample;
  const current_dA = mapPhases(sample.current_dA, (current, phase) => {
    return !signed && out.includes(phase) ? Math.min(current, limit_dA[phase] - TRIED_dA) : current;
  });
  return { kind: 'measured', current_dA, signed };
}
