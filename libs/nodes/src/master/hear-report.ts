// A report arrives. It is bookkeeping only: the book settles what is acknowledged, the record learns what the car
// needs and draws. Nothing is granted here; decisions wait for the control cycle.
import { acknowledge, noteContactor, compareEpochs, isSameEpoch, type Epoch, type Page } from '@fairamp/leases';
import { decodeMessage, type Report } from '@fairamp/protocol';
import {
  FAIL_SAFES,
  conductorsOf,
  onMains,
  ownOf,
  type Deciamps,
  type FailSafe,
  type Milliseconds,
  type Rotation,
} from '@fairamp/units';
import type { Need } from '@fairamp/balancing';
import { refusing, type MessageInput, type Note, type Stepped } from '../node.js';
import { answeredBy, datedBy } from './answers.js';
import { followed } from './goals.js';
import { inferFromReport } from './inferred.js';
import { learnReport, rotationNow } from './learning.js';
import { noteLife, type Heard } from './lives.js';
import type { MasterConfig, MasterOutput, MasterState, SlaveRecord } from './types.js';

/** Longer than the oldest sample that a decision uses, by the sampling delay of the slowest push source. */
const DRAWS_KEPT_ms: Milliseconds = 8_000;

export function hearReport(
  state: MasterState,
  id: string,
  input: MessageInput,
  config: MasterConfig,
): Stepped<MasterState, MasterOutput> {
  const dropped = refusing(state, input.topic);
  const device = config.roster.find((entry) => entry.id === id);
  const record = ownOf(state.slaves, id);
  if (device === undefined || record === undefined) return dropped('not-in-roster', `"${id}" gets nothing`);
  // For people only: a retained report may be older than its slave's life (leases.md: never echoed, never adopted).
  if (input.retained) return { state, outputs: [] };
  const decoded = decodeMessage('report', input.payload, { site: config.site, key: device.key });
  if (!decoded.ok) return dropped(decoded.reason, decoded.detail);
  const report = byMains(decoded.value, rotationNow(state, device));
  if (report.from !== id) return dropped('sender', `from "${report.from}" on the topic of "${id}"`);
  const life = noteLife(record, report, input.at);
  if (life === null) return dropped('not-newer', `seq ${report.seq} of boot ${report.boot} was heard before`);
  if (report.lease !== null && compareEpochs(report.lease.epoch, state.epoch) > 0)
    return beginAgain(state, report.lease.epoch);
  const taught = learnReport(state, decoded.value, input.at, config);
  const known = withFailSafe(record.page, report.failSafe);
  const heard = learn(record, { report, at: input.at, us: state.epoch, life: life.record, page: known.page });
  const told = { ...taught, slaves: { ...state.slaves, [id]: heard } };
  const inferred = inferFromReport(told, report, input.at, config);
  return { state: inferred, outputs: [...life.alarm, ...known.alarm] };
}

/** leases.md B12: with a lower epoch every slave would refuse us for ever. */
function beginAgain(state: MasterState, seen: Epoch): Stepped<MasterState, MasterOutput> {
  const text = `a slave obeys epoch ${seen.count}, ours is ${state.epoch.count}: starting again above it`;
  const note: Note = { kind: 'note', level: 'warn', key: 'begin-again', text };
  return { state, outputs: [note, { kind: 'begin-again', count: seen.count + 1 }] };
}

/** Weakest last. What a board says of itself counts when it is weaker than the roster says. */
function withFailSafe(page: Page, told: FailSafe): { page: Page; alarm: readonly Note[] } {
  const { device } = page;
  if (FAIL_SAFES.indexOf(told) <= FAIL_SAFES.indexOf(device.failSafe)) return { page, alarm: [] };
  const text = `"${device.id}" has a board with fail-safe ${told}; the roster says ${device.failSafe}`;
  return {
    page: { ...page, device: { ...device, failSafe: told } },
    alarm: [{ kind: 'note', level: 'alarm', key: `fail-safe ${device.id}`, text }],
  };
}

type News = {
  readonly report: Report;
  readonly at: Milliseconds;
  readonly us: Epoch;
  readonly life: Heard['record'];
  readonly page: Page;
};

function learn(record: SlaveRecord, { report, at, us, life, page: before }: News): SlaveRecord {
  const acknowledged = acknowledge(before, { at, lease: report.lease, fallback: report.fallback }, us);
  const contactor = { isClosed: report.contactor === 'closed', isFaulty: report.faults.includes('contactor') };
  const page = noteContactor(acknowledged, contactor);
  const { need, since, chargedAt, offeredAt } = learnNeed(record, report, at);
  const draws = drawsTold(record, report, at);
  const answered = answeredBy(record, report, us);
  const limit_dA = learnLimit(record.n, life.limit_dA, report, us);
  const told = { message: report, at };
  const dated = datedBy(record, report, us);
  const { lives, duplicateUntil } = life;
  const place = { ...placeOf(record, need, limit_dA, at), goal: followed(record, report, at) };
  const learnt = { page, need, since, chargedAt, offeredAt, draws, answers: answered, limit_dA, lives, duplicateUntil };
  return { ...record, ...learnt, ...place, report: told, dated };
}

/** A meter that says nothing for a while has not told 0 A. */
function drawsTold({ draws }: SlaveRecord, { draw_dA }: Report, at: Milliseconds): SlaveRecord['draws'] {
  const kept = draws.filter((note) => at - note.at <= DRAWS_KEPT_ms);
  return draw_dA === null ? kept : [...kept, { at, draw_dA }];
}

/** Who begins to need current waits from now on; who holds some already, of a master before us, has its place. */
function placeOf(
  record: SlaveRecord,
  need: Need,
  limit_dA: Deciamps,
  at: Milliseconds,
): Pick<SlaveRecord, 'seatedAt' | 'waitsSince'> {
  const { seatedAt, waitsSince } = record;
  if (!asks(need)) return { seatedAt: null, waitsSince: at };
  if (asks(record.need)) return { seatedAt, waitsSince };
  return { seatedAt: limit_dA > 0 ? at : null, waitsSince: at };
}

function asks(need: Need): boolean {
  return need === 'charging' || need === 'starting';
}

/** It speaks of its own conductors; the mains know them by the rotation of its wiring. */
function byMains(report: Report, rotation: Rotation): Report {
  const { draw_dA, drawLow_dA } = report;
  return {
    ...report,
    draw_dA: draw_dA === null ? null : onMains(draw_dA, rotation),
    drawLow_dA: drawLow_dA === null ? null : onMains(drawLow_dA, rotation),
    phases: [...conductorsOf(report.phases, rotation)],
  };
}

/** What it holds: told by a report that answers our newest grant; by any other only ever lower than we believed. */
function learnLimit(n: number, believed_dA: Deciamps, report: Report, us: Epoch): Deciamps {
  const { lease } = report;
  const held = lease !== null && lease.endsAt_t > report.t ? lease.limit_dA : 0;
  if (lease === null) return 0;
  if (!isSameEpoch(lease.epoch, us)) return n === 0 ? held : believed_dA;
  return lease.n >= n ? held : believed_dA;
}

function learnNeed(
  record: SlaveRecord,
  report: Report,
  at: Milliseconds,
): Pick<SlaveRecord, 'need' | 'since' | 'chargedAt' | 'offeredAt'> {
  const chargedAt = learnCharged(record, report, at);
  const offeredAt = report.session === 'offering' ? (record.offeredAt ?? at) : null;
  // A car that was paused has charged long ago; its time to ask runs from this offer on.
  const quietSince = chargedAt === null ? at : Math.max(chargedAt, offeredAt ?? at);
  const need = needOf(record.need, report, at - quietSince);
  const isSameWait = (need === 'none') === (record.need === 'none');
  return { need, since: isSameWait ? record.since : at, chargedAt, offeredAt };
}

function learnCharged(record: SlaveRecord, { session, pilot }: Report, at: Milliseconds): Milliseconds | null {
  if (session === 'charging') return at;
  return pilot === 'A' ? null : record.chargedAt;
}

/**
 * A car asks within a second or two of an offer (IEC 61851-1). One that was pulled out and put in again within a report
 * looks like one that has stopped; the offer stays until it has had its time to ask.
 */
const ASKS_WITHIN_ms: Milliseconds = 10_000;

/** resting: it stopped by itself and leaves an offer unused; it asks again by closing S2 (state C). */
function needOf(before: Need, report: Report, quiet_ms: Milliseconds): Need {
  const { pilot, session } = report;
  if (!canBeServed(report)) return 'none';
  if (session === 'charging') return 'charging';
  const leavesUnused = session === 'offering' && quiet_ms >= ASKS_WITHIN_ms;
  return pilot === 'B' && (leavesUnused || before === 'resting') ? 'resting' : 'starting';
}

/** A silent link is mended by the very grant that this leads to; every other fault, and a person, forbid charging. */
function canBeServed({ pilot, session, faults, demand_dA }: Report): boolean {
  const isFaulty = faults.some((fault) => fault !== 'no-serial-com');
  const isForbidden = session === 'denied' || session === 'stopped';
  const isHere = pilot === 'B' || pilot === 'C' || (pilot === 'D' && demand_dA > 0);
  return isHere && !isFaulty && !isForbidden;
}
