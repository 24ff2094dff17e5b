// A sample of a meter arrives: it is dated, weighed and noted, and a round of questions and a decision may begin with it
// (rounds.ts). What cannot be read, dated or believed changes nothing that is decided.
import { hearSample as date } from '@fairamp/leases';
import { decodeMessage, type SampleMessage } from '@fairamp/protocol';
import { MAINS, PHASES, failure, ok, readingOnMains, type Result, type Transformers } from '@fairamp/units';
import { refusing, type MessageInput, type Stepped } from '../node.js';
import { beliefNotes, verdictOn, weigh, weighCars } from './belief.js';
import { circuitsOf, freshnessOf, noteSample, withFreshness, type Protected } from './circuits.js';
import { inferFromSample } from './inferred.js';
import { learnSample, transformersNow } from './learning.js';
import { noteOutflow } from './outflow.js';
import { roundOn } from './rounds.js';
import type { MasterConfig, MasterOutput, MasterState } from './types.js';

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
  const asked = roundOn(inferred, { circuit, sample: verdict.value }, config);
  return { state: asked.state, outputs: [...notes, ...asked.outputs] };
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
