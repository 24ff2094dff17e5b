// Decisions become grants. A grant is promised in the book before it leaves (design 3 rule 6), echoes the slave's
// newest report, and lives no longer than the sample it was decided on.
import { CYCLE_MS, LONGEST_LEASE_MS, promise, validFor } from '@fairamp/leases';
import type { Decision } from '@fairamp/balancing';
import { encodeMessage, grantTopic } from '@fairamp/protocol';
import type { Milliseconds } from '@fairamp/units';
import type { Publish, Stepped } from '../node.js';
import type { MasterConfig, MasterOutput, MasterState, SlaveRecord } from './types.js';

/**
 * A shorter lease could end before the next cycle's grant is there (its echo is up to a cycle old), and NO SERIAL COM
 * would come and go with each.
 */
const SHORTEST_MS: Milliseconds = 2 * CYCLE_MS;
/** The echo of an older report could make no lease that lasts. */
const OLDEST_ECHO_MS: Milliseconds = 8_000;

/** V = min(T, A - age) of the newest sample; T in Normal mode, which needs no mains. 0 or less = no grant. */
export function validForOf(state: MasterState, at: Milliseconds, config: MasterConfig): Milliseconds {
  if (config.mode === 'normal') return LONGEST_LEASE_MS;
  const { newest } = state.freshness;
  return newest === null ? 0 : validFor(newest.measuredAt, at, config.oldestSample_ms, LONGEST_LEASE_MS);
}

export type Round = {
  readonly at: Milliseconds;
  readonly validFor_ms: Milliseconds;
  readonly decisions: readonly Decision[];
};

export function sendGrants(state: MasterState, round: Round, config: MasterConfig): Stepped<MasterState, MasterOutput> {
  const slaves = { ...state.slaves };
  const outputs: Publish[] = [];
  for (const decision of round.decisions) {
    const record = slaves[decision.id];
    if (record === undefined) continue;
    const granted = grant(state, record, { decision, round }, config);
    slaves[decision.id] = granted.record;
    if (granted.output !== null) outputs.push(granted.output);
  }
  return { state: { ...state, slaves }, outputs };
}

type Granting = { readonly decision: Decision; readonly round: Round };

function grant(
  state: MasterState,
  record: SlaveRecord,
  { decision, round }: Granting,
  config: MasterConfig,
): { record: SlaveRecord; output: Publish | null } {
  const { limit_dA, raise, because } = decision;
  const { at, validFor_ms } = round;
  const decided = { ...record, because };
  const device = config.roster.find((entry) => entry.id === record.id);
  const { report } = record;
  const isDue = decision.renew && validFor_ms >= SHORTEST_MS && report !== null && at - report.at <= OLDEST_ECHO_MS;
  if (!isDue || device === undefined) return { record: decided, output: null };
  const n = record.n + 1;
  const { boot, seq, t } = report.message;
  const page = promise(record.page, { epoch: state.epoch, n, limit_dA, validFor_ms }, report.at);
  const seal = { site: config.site, key: device.key };
  const body = {
    from: config.id,
    to: record.id,
    epoch: state.epoch,
    n,
    echo: { boot, seq, t },
    limit_dA,
    validFor_ms,
    raise,
    because: [...because],
  };
  const output: Publish = {
    kind: 'publish',
    topic: grantTopic(config.site, record.id),
    payload: encodeMessage('grant', body, seal),
    retain: false,
  };
  return { record: { ...decided, page, n, limit_dA, raisedAt: raise ? at : record.raisedAt }, output };
}
