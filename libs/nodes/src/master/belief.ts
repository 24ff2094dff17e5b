// Does each meter deserve belief (I7)? It is told every sample, and what our own cars draw meanwhile. A doubtful meter
// raises nobody; a reading that no connection could carry is set aside, and the sample before it goes on; a distrusted
// meter is as silent as one that says nothing, until it has refuted what it is accused of.
import { reservation, type Sample } from '@fairamp/leases';
import type { Report } from '@fairamp/protocol';
import { stepTrust, verdictOf, type TrustConfig, type TrustState, type Verdict } from '@fairamp/balancing';
import {
  MAINS,
  PHASES,
  mapPhases,
  perPhase,
  type Deciamps,
  type Milliseconds,
  type PerPhase,
  type Phase,
} from '@fairamp/units';
import type { Note, Stepped } from '../node.js';
import { isCertain, isHeard } from './answers.js';
import { circuitsOf, isDistrusted, pathOf, sampleOn, seenOf, type Protected } from './circuits.js';
import type { MasterConfig, MasterOutput, MasterState, SlaveRecord } from './types.js';

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

/** A bucket of the trust lasts half a second; whatever comes quicker is told once. */
const WEIGHED_EACH_ms: Milliseconds = 250;

/** In every step of the node, whatever it heard: that somebody is silent is news as well. */
export function weighIfDue(
  state: MasterState,
  at: Milliseconds,
  config: MasterConfig,
): Stepped<MasterState, MasterOutput> {
  if (at - state.weighedAt < WEIGHED_EACH_ms) return { state, outputs: [] };
  const weighed = weighCars(state, at, config);
  const told = tellSilence(weighed, at, config);
  return { state: told.state, outputs: [...beliefNotes(state, weighed, at), ...told.outputs] };
}

/** What all charge points draw below each meter. All at once, as it costs no more than one of them. */
export function weighCars(state: MasterState, at: Milliseconds, config: MasterConfig): MasterState {
  const metered = circuitsOf(config).filter(({ meter }) => meter !== null);
  const draws = drawsBelow(state, metered, at, config);
  return metered.reduce(
    (next, circuit) => {
      const event = { kind: 'cars', at, ...(draws.get(circuit.id) ?? NO_DRAW) } as const;
      return withTrust(next, circuit.id, (trust) => stepTrust(trust, event, configOf(circuit, config)));
    },
    { ...state, weighedAt: at },
  );
}

function withTrust(state: MasterState, circuit: string, step: (trust: TrustState) => TrustState): MasterState {
  const record = state.circuits[circuit];
  if (record === undefined || record.trust === null) return state;
  return { ...state, circuits: { ...state.circuits, [circuit]: { ...record, trust: step(record.trust) } } };
}

/** Surely at least, and at most. */
type Draws = { readonly drawLow_dA: PerPhase<Deciamps>; readonly drawHigh_dA: PerPhase<Deciamps> };
const NO_DRAW: Draws = { drawLow_dA: perPhase(() => 0), drawHigh_dA: perPhase(() => 0) };

/** By circuit. A thousand charge points are added up four times a second, so each is looked at once. */
function drawsBelow(
  state: MasterState,
  metered: readonly Protected[],
  at: Milliseconds,
  config: MasterConfig,
): ReadonlyMap<string, Draws> {
  const sums = new Map(metered.map(({ id }) => [id, NO_DRAW]));
  if (metered.length === 0) return sums;
  for (const { id, circuit } of config.roster) {
    const record = state.slaves[id];
    if (record === undefined) continue;
    const bounds = boundsOf(record, at);
    if (bounds === NO_DRAW) continue;
    for (const above of pathOf(config, circuit)) {
      const sum = sums.get(above.id);
      if (sum !== undefined) sums.set(above.id, added(sum, bounds));
    }
  }
  return sums;
}

function added(one: Draws, other: Draws): Draws {
  return {
    drawLow_dA: mapPhases(one.drawLow_dA, (low, phase) => low + other.drawLow_dA[phase]),
    drawHigh_dA: mapPhases(one.drawHigh_dA, (high, phase) => high + other.drawHigh_dA[phase]),
  };
}

/** A draw that is certain; of any other nothing for sure. */
function boundsOf(record: SlaveRecord, at: Milliseconds): Draws {
  const message = isHeard(record, at) && record.report !== null ? record.report.message : UNHEARD;
  const { draw_dA, phases } = message;
  if (draw_dA !== null && isCertain(record, at)) return { drawLow_dA: draw_dA, drawHigh_dA: draw_dA };
  const held_dA = reservation(record.page, at);
  if (held_dA === 0 && draw_dA === null) return NO_DRAW;
  // What it may still hold, or what it has told, if that is more: a car that does not obey.
  const mostOn = (phase: Phase): Deciamps => Math.max(phases.includes(phase) ? held_dA : 0, draw_dA?.[phase] ?? 0);
  return { ...NO_DRAW, drawHigh_dA: perPhase(mostOn) };
}

/** Of whom nothing is known it may be any conductor. */
const UNHEARD: Pick<Report, 'draw_dA' | 'phases'> = { draw_dA: null, phases: [...PHASES] };

/** For the log, when a meter is distrusted and when it is believed again. */
export function beliefNotes(before: MasterState, after: MasterState, at: Milliseconds): readonly Note[] {
  return Object.keys(after.circuits).flatMap((id): readonly Note[] => {
    const [was, is] = [verdictOn(before, id, at), verdictOn(after, id, at)];
    if (was.level === is.level || (was.level !== 'distrusted' && is.level !== 'distrusted')) return [];
    const text = is.level === 'distrusted' ? accusationText(id, is) : `the meter of ${id} is believed again`;
    return [{ kind: 'note', level: is.level === 'distrusted' ? 'alarm' : 'info', key: `meter ${id}`, text }];
  });
}

/** Of meters below the mains. Without that of the mains nothing is promised at all, and its slaves say so. */
function tellSilence(state: MasterState, at: Milliseconds, config: MasterConfig): Stepped<MasterState, MasterOutput> {
  const notes: Note[] = [];
  const circuits = { ...state.circuits };
  for (const circuit of circuitsOf(config)) {
    const { id, meter } = circuit;
    const record = circuits[id];
    if (record === undefined || id === MAINS || meter === null || isDistrusted(state, id, at)) continue;
    const isSilent = sampleOn(state, circuit, at) === null;
    if (isSilent === record.isSilent) continue;
    circuits[id] = { ...record, isSilent };
    notes.push(silenceNote(circuit, isSilent));
  }
  return { state: notes.length === 0 ? state : { ...state, circuits }, outputs: notes };
}

function silenceNote({ id, allowance_dA }: Protected, isSilent: boolean): Note {
  const key = `silent ${id}`;
  if (!isSilent) return { kind: 'note', level: 'info', key, text: `the meter of ${id} is heard` };
  const instead = allowance_dA === null ? 'nobody charges there' : 'what it showed last counts, or its allowance';
  return { kind: 'note', level: 'alarm', key, text: `the meter of ${id} says nothing: ${instead}` };
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
