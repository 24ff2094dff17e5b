// Does each meter deserve belief (I7)? It is told every sample, and what our own cars draw meanwhile. A doubtful meter
// raises nobody; a reading that no connection could carry is set aside, and the sample before it goes on; a distrusted
// meter is as silent as one that says nothing, until it has refuted what it is accused of.
import type { Sample } from '@fairamp/leases';
import { reservation } from '@fairamp/leases';
import { stepTrust, verdictOf, type TrustConfig, type TrustState, type Verdict } from '@fairamp/balancing';
import { PHASES, perPhase, sumOf, type Deciamps, type Milliseconds, type PerPhase } from '@fairamp/units';
import type { Note } from '../node.js';
import { isHeard } from './answers.js';
import { circuitsOf, pathOf, seenOf, type Protected } from './circuits.js';
import type { MasterConfig, MasterState, SlaveRecord } from './types.js';

const TRUSTED: Verdict = { level: 'trusted' };

export function verdictOn(state: MasterState, circuit: string, at: Milliseconds): Verdict {
  const trust = state.circuits[circuit]?.trust ?? null;
  return trust === null ? TRUSTED : verdictOf(trust, at);
}

function configOf(circuit: Protected, config: MasterConfig): TrustConfig {
  const { generation } = config;
  const source = circuit.meter?.source ?? 'sensorbox';
  return { source, limit_dA: circuit.limit_dA, phases: seenOf(circuit, false, config), generation };
}

/** A sample of this circuit's meter, as it is connected. */
export function weigh(state: MasterState, circuit: Protected, sample: Sample, config: MasterConfig): MasterState {
  const { measuredAt, boot, current_dA, signed, arrivedAt } = sample;
  const event = { kind: 'sample', at: arrivedAt, measuredAt, boot, current_dA, signed } as const;
  return withTrust(state, circuit.id, (trust) => stepTrust(trust, event, configOf(circuit, config)));
}

/** A charge point has reported: what all of them draw below each meter that sees it. */
export function weighCars(state: MasterState, id: string, at: Milliseconds, config: MasterConfig): MasterState {
  const entry = config.roster.find((one) => one.id === id);
  const metered = circuitsOf(config).filter(({ meter }) => meter !== null);
  const above = pathOf(config, entry?.circuit ?? '');
  return metered
    .filter((circuit) => above.some((one) => one.id === circuit.id))
    .reduce((next, circuit) => {
      const draws = drawsBelow(next, circuit.id, at, config);
      const event = { kind: 'cars', at, ...draws } as const;
      return withTrust(next, circuit.id, (trust) => stepTrust(trust, event, configOf(circuit, config)));
    }, state);
}

function withTrust(state: MasterState, circuit: string, step: (trust: TrustState) => TrustState): MasterState {
  const record = state.circuits[circuit];
  if (record === undefined || record.trust === null) return state;
  return { ...state, circuits: { ...state.circuits, [circuit]: { ...record, trust: step(record.trust) } } };
}

/** Surely at least, and at most. */
function drawsBelow(state: MasterState, circuit: string, at: Milliseconds, config: MasterConfig) {
  const records = config.roster.flatMap((entry) => {
    const record = state.slaves[entry.id];
    const isBelow = pathOf(config, entry.circuit).some(({ id }) => id === circuit);
    return record === undefined || !isBelow ? [] : [record];
  });
  const bounds = records.map((record) => boundsOf(record, at));
  const total = (of: (one: Bounds) => PerPhase<Deciamps>): PerPhase<Deciamps> =>
    perPhase((phase) => sumOf(bounds, (one) => of(one)[phase]));
  return { drawLow_dA: total(({ low_dA }) => low_dA), drawHigh_dA: total(({ high_dA }) => high_dA) };
}

type Bounds = { readonly low_dA: PerPhase<Deciamps>; readonly high_dA: PerPhase<Deciamps> };

/** A draw that its newest report tells; of any other nothing for sure, and at most what it may still hold. */
function boundsOf(record: SlaveRecord, at: Milliseconds): Bounds {
  const told = isHeard(record, at) ? (record.report?.message.draw_dA ?? null) : null;
  if (told !== null) return { low_dA: told, high_dA: told };
  const held_dA = reservation(record.page, at);
  const phases = record.report?.message.phases ?? PHASES;
  return { low_dA: perPhase(() => 0), high_dA: perPhase((phase) => (phases.includes(phase) ? held_dA : 0)) };
}

/** For the log, when a meter is distrusted and when it is believed again. */
export function beliefNotes(before: MasterState, after: MasterState, at: Milliseconds): readonly Note[] {
  return Object.keys(after.circuits).flatMap((id): readonly Note[] => {
    const [was, is] = [verdictOn(before, id, at), verdictOn(after, id, at)];
    if (was.level === is.level || (was.level !== 'distrusted' && is.level !== 'distrusted')) return [];
    const text = is.level === 'distrusted' ? accusationText(id, is) : `the meter of ${id} is believed again`;
    return [{ kind: 'note', level: is.level === 'distrusted' ? 'alarm' : 'info', key: `meter ${id}`, text }];
  });
}

/** One sentence for each meter that is distrusted. */
export function accusationsOf(state: MasterState, at: Milliseconds): readonly string[] {
  return Object.keys(state.circuits).flatMap((id) => {
    const verdict = verdictOn(state, id, at);
    return verdict.level === 'distrusted' ? [accusationText(id, verdict)] : [];
  });
}

function accusationText(id: string, { because, phases, evidence }: Extract<Verdict, { level: 'distrusted' }>): string {
  return `the meter of ${id} is not believed: ${because} on ${phases.join(', ')}: ${evidence}`;
}
