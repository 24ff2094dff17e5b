// What cars draw whose charge points have no meter (docs/inference.md): each meter's samples are read as answers to the
// changes of our own limits below it. Each meter has its own inference, as it has its own samples.
import { inferredOf, initialInference, probeNow, stepInference, type InferenceState } from '@fairamp/balancing';
import { reservation, type Sample } from '@fairamp/leases';
import type { Report } from '@fairamp/protocol';
import { mapPhases, perPhase, sumOf, type Deciamps, type Milliseconds, type PerPhase } from '@fairamp/units';
import { isHeard } from './answers.js';
import { metersOn, pathOf, type Protected } from './circuits.js';
import type { MasterConfig, MasterState, SlaveRecord } from './types.js';

/** A push source samples up to 0.9 s before it sends (wire.md 2). */
export const SAMPLED_BEFORE_ms: Milliseconds = 900;

/** A sample of this circuit's meter that is believed. */
export function inferFromSample(
  state: MasterState,
  circuit: Protected,
  sample: Sample,
  config: MasterConfig,
): MasterState {
  const { arrivedAt: at, measuredAt, current_dA, signed } = sample;
  const metered = meteredAround(state, circuit, sample, config);
  const event = { kind: 'sample', at, measuredAt, current_dA, signed, metered } as const;
  return withInference(state, circuit.id, (inference) => stepInference(inference, event, configOf(config)));
}

/** @param report by the conductors of the mains */
export function inferFromReport(
  state: MasterState,
  report: Report,
  at: Milliseconds,
  config: MasterConfig,
): MasterState {
  if (report.draw_dA !== null) return state;
  const { from: id, lease, t, contactor, pilot, phases } = report;
  const limit_dA = lease !== null && lease.endsAt_t > t ? lease.limit_dA : 0;
  const told = { limit_dA, isClosed: contactor === 'closed', isPlugged: pilot !== 'A', phases };
  const event = { kind: 'obeyed', id, at, ...told } as const;
  const circuit = config.roster.find((entry) => entry.id === id)?.circuit ?? '';
  return metersOn(config, circuit).reduce((next, meter) => {
    return withInference(next, meter.id, (inference) => stepInference(inference, event, configOf(config)));
  }, state);
}

export function withInference(
  state: MasterState,
  circuit: string,
  step: (inference: InferenceState) => InferenceState,
): MasterState {
  const record = state.circuits[circuit];
  if (record === undefined || record.inference === null) return state;
  const inference = step(record.inference);
  if (inference === record.inference) return state;
  return { ...state, circuits: { ...state.circuits, [circuit]: { ...record, inference } } };
}

/** Only where somebody says so is the mains' reading a ceiling for what our cars draw. */
function configOf({ generation }: MasterConfig): { readonly mayExport: boolean } {
  return { mayExport: generation !== 'none' };
}

export type Range = { readonly lowest_dA: PerPhase<Deciamps>; readonly highest_dA: PerPhase<Deciamps> };

/** What the metered cars below it drew around the sample, together. */
function meteredAround(state: MasterState, circuit: Protected, sample: Sample, config: MasterConfig): Range {
  const metered = recordsBelow(state, circuit, config).filter(({ report }) => report?.message.draw_dA !== null);
  return totalOf(metered.map((record) => rangeOf(record, sample)));
}

export function recordsBelow(
  state: MasterState,
  { id }: Pick<Protected, 'id'>,
  config: MasterConfig,
): readonly SlaveRecord[] {
  return config.roster.flatMap((entry) => {
    const isBelow = pathOf(config, entry.circuit).some((circuit) => circuit.id === id);
    const record = isBelow ? state.slaves[entry.id] : undefined;
    return record === undefined ? [] : [record];
  });
}

export function totalOf(ranges: readonly Range[]): Range {
  return {
    lowest_dA: perPhase((phase) => sumOf(ranges, ({ lowest_dA }) => lowest_dA[phase])),
    highest_dA: perPhase((phase) => sumOf(ranges, ({ highest_dA }) => highest_dA[phase])),
  };
}

/** Of who is not heard, or has no meter, it is anything up to what it may still hold. */
export function rangeOf(record: SlaveRecord, { measuredAt, arrivedAt }: Sample): Range {
  const earliest = measuredAt - SAMPLED_BEFORE_ms;
  // What was told last before it held when it was measured, or something between that and what was told next.
  const before = record.draws.filter(({ at }) => at <= earliest).slice(-1);
  const told = before.length === 0 ? [] : [...before, ...record.draws.filter(({ at }) => at > earliest)];
  const isMetered = record.report?.message.draw_dA !== null;
  if (!isMetered || !isHeard(record, arrivedAt) || told.length === 0) {
    const held_dA = reservation(record.page, arrivedAt);
    return { lowest_dA: perPhase(() => 0), highest_dA: perPhase(() => held_dA) };
  }
  return {
    lowest_dA: perPhase((phase) => Math.min(...told.map(({ draw_dA }) => draw_dA[phase]))),
    highest_dA: perPhase((phase) => Math.max(...told.map(({ draw_dA }) => draw_dA[phase]))),
  };
}

export type InferredFor = {
  /** The lowest of what the meters above allow it to have drawn; null = none of them knows. */
  readonly high_dA: PerPhase<Deciamps> | null;
  /** What it surely drew in each meter's newest sample; null = nothing is known there. */
  readonly lowOn: Readonly<Record<string, PerPhase<Deciamps> | null>>;
};

export function inferredFor(state: MasterState, id: string, meters: readonly Protected[]): InferredFor {
  const told = meters.map((meter) => {
    return [meter.id, inferredOf(inferenceOf(state, meter.id), id)] as const;
  });
  const highs = told.flatMap(([, inferred]) => (inferred === null ? [] : [inferred.high_dA]));
  const [first, ...others] = highs;
  const high_dA = first === undefined ? null : others.reduce(lowerOf, first);
  return { high_dA, lowOn: Object.fromEntries(told.map(([meter, inferred]) => [meter, inferred?.low_dA ?? null])) };
}

function lowerOf(one: PerPhase<Deciamps>, other: PerPhase<Deciamps>): PerPhase<Deciamps> {
  return mapPhases(one, (amount, phase) => Math.min(amount, other[phase]));
}

export function inferenceOf({ circuits }: MasterState, circuit: string): InferenceState {
  return circuits[circuit]?.inference ?? initialInference();
}

/** At what it is held for the moment, to see what it draws; null = it is not. */
export function probeOf({ circuits }: MasterState, id: string, at: Milliseconds): Deciamps | null {
  for (const { inference } of Object.values(circuits)) {
    const probe_dA = inference === null ? null : probeNow(inference, id, at);
    if (probe_dA !== null) return probe_dA;
  }
  return null;
}
