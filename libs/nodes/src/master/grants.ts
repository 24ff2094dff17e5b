// Decisions become grants. A grant is promised in the book before it leaves (design 3 rule 6), echoes the slave's
// newest report, and lives no longer than the sample it was decided on.
import { CYCLE_ms, LONGEST_LEASE_ms, promise, validFor } from '@fairamp/leases';
import { type Decision, waitsAfter } from '@fairamp/balancing';
import { BECAUSES_MAX, grantTopic, type Unsigned } from '@fairamp/protocol';
import { MAINS, type Milliseconds } from '@fairamp/units';
import { publishSigned, type Publish, type Stepped } from '../node.js';
import { isBusy, noteSent } from './answers.js';
import { freshnessOf, isDistrusted, isUnknown, metersOn, sampleOn } from './circuits.js';
import type { MasterConfig, MasterOutput, MasterState, SlaveRecord } from './types.js';

/**
 * A shorter lease could end before the next cycle's grant is there (its echo is up to a cycle old), and NO SERIAL COM
 * would come and go with each.
 */
const SHORTEST_ms: Milliseconds = 2 * CYCLE_ms;
/** The echo of an older report could make no lease that lasts. */
const OLDEST_ECHO_ms: Milliseconds = 8_000;

/** V = min(T, A - age) of the newest sample; T in Normal mode, which needs no mains. 0 or less = no grant. */
export function validForOf(state: MasterState, at: Milliseconds, config: MasterConfig): Milliseconds {
  if (config.mode === 'normal') return LONGEST_LEASE_ms;
  const { newest } = state.freshness;
  return newest === null || isDistrusted(state, MAINS, at)
    ? 0
    : validFor(newest.measuredAt, at, config.oldestSample_ms, LONGEST_LEASE_ms);
}

/**
 * A question is a decision of before, said once more: like who was spared, it rests on no newer sample than before. Of a
 * decision everybody is told, or only who has news by it.
 */
export type Tells = 'questions' | 'everybody' | 'news';
export type Round = { readonly at: Milliseconds; readonly decisions: readonly Decision[]; readonly tells: Tells };

/**
 * A lease that was renewed so long ago is renewed by any decision. These are at most a quarter of a second and the answers
 * apart, so nobody waits longer than with the mains' meter alone: a second and the answers.
 */
const RENEWED_EACH_ms: Milliseconds = 750;

/** A limit that changes is always told at once; else what is not due would only make its slave answer. */
function isTold(record: SlaveRecord, { limit_dA, raise }: Decision, { at, tells }: Round): boolean {
  const isDue = record.toldAt === null || at - record.toldAt >= RENEWED_EACH_ms;
  if (tells === 'questions' || raise || limit_dA !== record.limit_dA || isDue) return true;
  return tells === 'everybody' && !isBusy(record, at);
}

type Validity = { readonly validFor_ms: Milliseconds; readonly renewedOn: Readonly<Record<string, Milliseconds>> };

/** A lease rests on the newest sample of every meter between its charge point and the mains. */
function validityOf(state: MasterState, record: SlaveRecord, decision: Decision, cycle: Cycle): Validity | null {
  const { at, config } = cycle;
  const entry = config.roster.find(({ id }) => id === record.id);
  const meters = metersOn(config, entry?.circuit ?? MAINS);
  // No order by a circuit that nobody sees: its leases run out by themselves.
  if (meters.some((one) => one.id !== MAINS && isUnknown(state, one, at))) return null;
  let validFor_ms = LONGEST_LEASE_ms;
  const renewedOn: Record<string, Milliseconds> = {};
  for (const { id, meter } of meters.filter((one) => one.id === MAINS || sampleOn(state, one, at) !== null)) {
    const measuredAt = measuredFor(state, record, decision, id);
    if (meter === null || measuredAt === null) return null;
    renewedOn[id] = measuredAt;
    validFor_ms = Math.min(validFor_ms, validFor(measuredAt, at, meter.oldestSample_ms, LONGEST_LEASE_ms));
  }
  return { validFor_ms, renewedOn };
}

/** Who was spared, or is only asked, goes on by the sample of before. */
function measuredFor(state: MasterState, { renewedOn }: SlaveRecord, { spared }: Decision, circuit: string) {
  return (spared ? renewedOn?.[circuit] : freshnessOf(state, circuit)?.newest?.measuredAt) ?? null;
}

type Cycle = { readonly at: Milliseconds; readonly round: Round; readonly config: MasterConfig };

export function sendGrants(state: MasterState, round: Round, config: MasterConfig): Stepped<MasterState, MasterOutput> {
  const slaves = { ...state.slaves };
  const outputs: Publish[] = [];
  for (const decision of round.decisions) {
    const record = slaves[decision.id];
    if (record === undefined) continue;
    const granted = grant(state, record, decision, { round, config, at: round.at });
    slaves[decision.id] = granted.record;
    if (granted.output !== null) outputs.push(granted.output);
  }
  return { state: { ...state, slaves }, outputs };
}

type Granted = { readonly record: SlaveRecord; readonly output: Publish | null };

function grant(state: MasterState, before: SlaveRecord, decision: Decision, cycle: Cycle): Granted {
  const validity = validityOf(state, before, decision, cycle);
  const { report } = before;
  const isLasting = validity !== null && validity.validFor_ms >= SHORTEST_ms;
  const isEchoing = report !== null && cycle.at - report.at <= OLDEST_ECHO_ms;
  if (decision.renew && isLasting && isEchoing && isTold(before, decision, cycle.round)) {
    const { record, output } = promised(state, before, decision, { cycle, validity, report });
    return { record: cycle.round.tells === 'questions' ? record : { ...record, toldAt: cycle.at }, output };
  }
  return { record: { ...placed(before, decision, cycle), because: decision.because }, output: null };
}

type Promising = {
  readonly cycle: Cycle;
  readonly validity: Validity;
  readonly report: NonNullable<SlaveRecord['report']>;
};

function promised(state: MasterState, record: SlaveRecord, decision: Decision, promising: Promising): Granted {
  const { cycle, validity, report } = promising;
  const { validFor_ms, renewedOn } = validity;
  const { limit_dA, raise, because } = decision;
  const { boot, seq, t } = report.message;
  const { epoch } = state;
  const n = record.n + 1;
  const page = promise(record.page, { epoch, n, limit_dA, validFor_ms }, report.at);
  const sent = noteSent(record, n, cycle.at);
  const raisedAt = raise ? cycle.at : record.raisedAt;
  const loweredAt = limit_dA < record.limit_dA ? cycle.at : record.loweredAt;
  const body: Unsigned<'grant'> = {
    from: cycle.config.id,
    to: record.id,
    epoch,
    n,
    echo: { boot, seq, t },
    limit_dA,
    validFor_ms,
    raise,
    // A grant that could not be read would lower nobody: of more reasons than it carries the first are told.
    because: because.slice(0, BECAUSES_MAX),
  };
  return {
    record: { ...placed(record, decision, cycle), page, n, sent, limit_dA, raisedAt, loweredAt, renewedOn, because },
    output: grantTo(record.id, body, cycle.config),
  };
}

/** Who gets a place keeps it for its turn. */
function placed(record: SlaveRecord, { seated }: Decision, { at, config }: Cycle): SlaveRecord {
  if (seated) return record.seatedAt === null ? { ...record, seatedAt: at } : record;
  if (record.seatedAt === null) return record;
  return { ...record, seatedAt: null, waitsSince: waitsAfter(record, at, config.turn_ms) };
}

function grantTo(id: string, body: Unsigned<'grant'>, config: MasterConfig): Publish | null {
  const device = config.roster.find((entry) => entry.id === id);
  if (device === undefined) return null;
  const seal = { site: config.site, key: device.key };
  return publishSigned('grant', body, { topic: grantTopic(config.site, id), seal });
}
