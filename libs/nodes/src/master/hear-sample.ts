// A sample of a meter arrives: it is dated, and every slave below that draws is asked what it obeys now, before
// anything is decided on it. The question is a repetition of its last limit, valid no longer than the *older* sample
// allows: a sample that may show an overload renews nothing by itself (design 3 rules 6 and 7; leases.md B7).
import type { Decision } from '@fairamp/balancing';
import { hearSample as date, type Sample } from '@fairamp/leases';
import { decodeMessage, type SampleMessage } from '@fairamp/protocol';
import {
  MAINS,
  PHASES,
  failure,
  ok,
  readingOnMains,
  type Milliseconds,
  type Result,
  type Transformers,
} from '@fairamp/units';
import { refusing, type MessageInput, type Stepped } from '../node.js';
import { askedOf, isAskable } from './answers.js';
import { beliefNotes, verdictOn, weigh, weighCars } from './belief.js';
import { circuitsOf, freshnessOf, noteSample, pathOf, withFreshness, type Protected } from './circuits.js';
import { sendGrants } from './grants.js';
import { inferFromSample } from './inferred.js';
import { learnSample, transformersNow } from './learning.js';
import { noteOutflow } from './outflow.js';
import type { MasterConfig, MasterOutput, MasterState, SlaveRecord } from './types.js';

/** A slave answers within some ms; past this the decision no longer waits, and counts nothing as cut. */
const ANSWER_ms: Milliseconds = 300;

export function hearSample(
  state: MasterState,
  id: string,
  input: MessageInput,
  config: MasterConfig,
): Stepped<MasterState, MasterOutput> {
  const dropped = refusing(state, input.topic);
  const circuit = circuitsOf(config).find(({ meter }) => meter?.id === id);
  const freshness = circuit === undefined ? null : freshnessOf(state, circuit.id);
  if (circuit === undefined || freshness === null) return dropped('not-in-roster', `bridge "${id}"`);
  const told = read(input, circuit, config);
  if (!told.ok) return dropped(told.reason, told.detail);
  const connected = asConnected(told.value, circuit.id, transformersNow(state, config));
  const { state: newest, verdict } = date(freshness, connected, input.at);
  if (!verdict.ok) return dropped(`sample-${verdict.reason}`, verdict.detail);
  const asTold = { ...verdict.value, current_dA: told.value.current_dA };
  const taught = learnSample(state, circuit.id, asTold, config);
  const weighed = weigh(weighCars(taught, input.at, config), circuit, verdict.value, config);
  const notes = beliefNotes(state, weighed, input.at);
  const belief = verdictOn(weighed, circuit.id, input.at);
  if (belief.level === 'doubtful' && belief.setsAside) {
    // The bridge lives, and the sample before this one goes on for as long as it may.
    const kept = { ...newest, newest: freshness.newest };
    return { state: withFreshness(weighed, circuit.id, kept), outputs: notes };
  }
  const noted = noteSample(withFreshness(weighed, circuit.id, newest), circuit, verdict.value, freshness.newest);
  const followed = noteOutflow(noted, circuit, verdict.value, config);
  const inferred = inferFromSample(followed, circuit, verdict.value, config);
  const asked = ask(inferred, circuit.id, input.at, config);
  return { state: dueAtOnce(asked.state, circuit, verdict.value), outputs: [...notes, ...asked.outputs] };
}

function dueAtOnce(state: MasterState, circuit: Protected, sample: Sample): MasterState {
  return isTwice(sample, circuit) ? { ...state, asking: { until: sample.arrivedAt } } : state;
}

/** Twice the limit waits for no answers: the decision is due at once. */
function isTwice({ current_dA }: Sample, { limit_dA }: Protected): boolean {
  return PHASES.some((phase) => current_dA[phase] > 0 && current_dA[phase] >= 2 * limit_dA[phase]);
}

function read(input: MessageInput, { id, meter }: Protected, config: MasterConfig): Result<SampleMessage, string> {
  if (meter === null) return failure('not-in-roster', `circuit "${id}" has no meter`);
  if (input.retained) return failure('retained', 'a sample is never retained');
  const decoded = decodeMessage('sample', input.payload, { site: config.site, key: meter.key });
  if (!decoded.ok) return decoded;
  const { from, signed, current_dA } = decoded.value;
  if (from !== meter.id) return failure('sender', `from "${from}" on the topic of "${meter.id}"`);
  if (!signed && PHASES.some((phase) => current_dA[phase] < 0))
    return failure('sign', 'below 0 A from an unsigned source');
  return ok(decoded.value);
}

/** By the conductors on which the transformers of the mains really sit. */
function asConnected(sample: SampleMessage, circuit: string, transformers: Transformers): SampleMessage {
  if (circuit !== MAINS) return sample;
  return { ...sample, current_dA: readingOnMains(sample, transformers) };
}

/**
 * While one question is open no second is asked, and its time is not prolonged: samples that come quicker than answers
 * must not put the decision off.
 */
function ask(
  state: MasterState,
  circuit: string,
  at: Milliseconds,
  config: MasterConfig,
): Stepped<MasterState, MasterOutput> {
  const below = config.roster.filter((entry) => pathOf(config, entry.circuit).some(({ id }) => id === circuit));
  const marked = below.flatMap(({ id }) => {
    const record = state.slaves[id];
    return record === undefined ? [] : [askedOf(record, circuit)];
  });
  const slaves = { ...state.slaves, ...Object.fromEntries(marked.map((record) => [record.id, record])) };
  if (state.asking !== null) return { state: { ...state, slaves }, outputs: [] };
  const questions = marked.filter((record) => isAskable(record, at)).map(questionOf);
  return sendGrants({ ...state, slaves, asking: { until: at + ANSWER_ms } }, { at, decisions: questions }, config);
}

function questionOf({ id, limit_dA, because, seatedAt }: SlaveRecord): Decision {
  const seated = seatedAt !== null;
  return { id, limit_dA, raise: false, renew: true, spared: true, seated, because, without_dA: limit_dA };
}
