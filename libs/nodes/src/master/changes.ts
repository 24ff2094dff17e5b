// The decision log: one line for each limit that changes, with what it is because of and what it would be without that.
// A plain text for people, so that whoever listens (or records) can ask later why a car got what it got.
import type { Decision } from '@fairamp/balancing';
import { plainTopic } from '@fairamp/protocol';
import { amps, becauseWords } from '@fairamp/units';
import { publishText, type Publish } from '../node.js';
import type { MasterConfig, MasterState } from './types.js';

/** @param before as they stood when this was decided */
export function publishChanges(
  before: MasterState,
  decisions: readonly Decision[],
  config: MasterConfig,
): readonly Publish[] {
  const topic = plainTopic(config.site, 'master', config.id, 'decision');
  return decisions.flatMap((decision) => {
    const from_dA = before.slaves[decision.id]?.limit_dA;
    const isChanged = from_dA !== undefined && from_dA !== decision.limit_dA;
    return isChanged ? [publishText(topic, lineOf(decision, from_dA))] : [];
  });
}

function lineOf({ id, limit_dA, because, without_dA }: Decision, from_dA: number): string {
  const change = `${id}: ${amps(from_dA)} A to ${amps(limit_dA)} A`;
  const why = because.map(becauseWords).join('; ');
  return without_dA > limit_dA ? `${change}: ${why}; without that ${amps(without_dA)} A` : `${change}: ${why}`;
}
