// A sample arrives: it is dated, and every slave that draws is asked what it obeys now, before anything is decided on
// it. The question is a repetition of its last limit, valid no longer than the *older* sample allows: a sample that
// may show an overload renews nothing by itself (design 3 rules 6 and 7; leases.md B7).
import { hearSample as date } from '@fairamp/leases';
import { decodeMessage } from '@fairamp/protocol';
import { PHASES, type Milliseconds } from '@fairamp/units';
import { refusing, type MessageInput, type Stepped } from '../node.js';
import { isAskable } from './answers.js';
import { sendGrants } from './grants.js';
import type { MasterConfig, MasterOutput, MasterState } from './types.js';

/** A slave answers within some ms; past this the decision no longer waits, and counts nothing as cut. */
const ANSWER_ms: Milliseconds = 300;

export function hearSample(
  state: MasterState,
  id: string,
  input: MessageInput,
  config: MasterConfig,
): Stepped<MasterState, MasterOutput> {
  const dropped = refusing(state, input.topic);
  const { bridge } = config;
  if (bridge === null || bridge.id !== id) return dropped('not-in-roster', `bridge "${id}"`);
  if (input.retained) return dropped('retained', 'a sample is never retained');
  const decoded = decodeMessage('sample', input.payload, { site: config.site, key: bridge.key });
  if (!decoded.ok) return dropped(decoded.reason, decoded.detail);
  if (decoded.value.from !== id) return dropped('sender', `from "${decoded.value.from}" on the topic of "${id}"`);
  const { signed, current_dA } = decoded.value;
  if (!signed && PHASES.some((phase) => current_dA[phase] < 0))
    return dropped('sign', 'below 0 A from an unsigned source');
  const { state: freshness, verdict } = date(state.freshness, decoded.value, input.at);
  if (!verdict.ok) return dropped(`sample-${verdict.reason}`, verdict.detail);
  return ask({ ...state, freshness }, input.at, config);
}

/**
 * While one question is open no second is asked, and its time is not prolonged: samples that come quicker than answers
 * must not put the decision off.
 */
function ask(state: MasterState, at: Milliseconds, config: MasterConfig): Stepped<MasterState, MasterOutput> {
  const marked = Object.values(state.slaves).map((record) => ({
    ...record,
    answersFrom: record.n + 1,
    answered_dA: null,
  }));
  const slaves = Object.fromEntries(marked.map((record) => [record.id, record]));
  if (state.asking !== null) return { state: { ...state, slaves }, outputs: [] };
  const questions = marked
    .filter((record) => isAskable(record, at))
    .map(({ id, limit_dA, because }) => ({ id, limit_dA, raise: false, renew: true, spared: true, because }));
  return sendGrants({ ...state, slaves, asking: { until: at + ANSWER_ms } }, { at, decisions: questions }, config);
}
