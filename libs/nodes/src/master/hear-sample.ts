// A sample arrives: it is dated, and every slave that draws is asked what it obeys now, before anything is decided on
// it. The question is a repetition of its last limit, valid no longer than the *older* sample allows: a sample that
// may show an overload renews nothing by itself (design 3 rules 6 and 7; leases.md B7).
import { hearSample as date } from '@fairamp/leases';
import { decodeMessage } from '@fairamp/protocol';
import type { Milliseconds } from '@fairamp/units';
import { refusing, type MessageInput, type Stepped } from '../node.js';
import { isAskable } from './answers.js';
import { sendGrants, validForOf } from './grants.js';
import type { MasterConfig, MasterOutput, MasterState } from './types.js';

/** A slave answers within some ms; past this the decision no longer waits, and counts nothing as cut. */
const ANSWER_MS: Milliseconds = 300;

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
  const olderValidity = validForOf(state, input.at, config);
  const { state: freshness, verdict } = date(state.freshness, decoded.value, input.at);
  if (!verdict.ok) return dropped(`sample-${verdict.reason}`, verdict.detail);
  return ask({ ...state, freshness }, input.at, olderValidity, config);
}

function ask(
  state: MasterState,
  at: Milliseconds,
  validFor_ms: Milliseconds,
  config: MasterConfig,
): Stepped<MasterState, MasterOutput> {
  const marked = Object.fromEntries(
    Object.entries(state.slaves).map(([id, record]) => [
      id,
      { ...record, answersFrom: record.n + 1, answered_dA: null },
    ]),
  );
  const asked = Object.values(marked).filter((record) => isAskable(record, at));
  const next: MasterState = { ...state, slaves: marked, asking: { until: at + ANSWER_MS } };
  const questions = asked.map(({ id, limit_dA, because }) => ({ id, limit_dA, raise: false, renew: true, because }));
  return sendGrants(next, { at, validFor_ms, decisions: questions }, config);
}
