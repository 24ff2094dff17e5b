// Who has answered the newest samples? A report answers one when it carries a grant that was sent after the sample
// arrived: the acknowledgement is the challenge, and no clock is needed (leases.md B6). Each meter has its own question.
import { CYCLE_ms, HEARD_WITHIN_ms, isSameEpoch, type Epoch } from '@fairamp/leases';
import type { Report } from '@fairamp/protocol';
import type { Milliseconds } from '@fairamp/units';
import type { Answer, Asking, MasterState, SlaveRecord } from './types.js';

export function isHeard(record: SlaveRecord, at: Milliseconds): boolean {
  return record.report !== null && at - record.report.at <= HEARD_WITHIN_ms;
}

/** Only what draws can be in flight. */
export function isAskable(record: SlaveRecord, at: Milliseconds): boolean {
  return isHeard(record, at) && record.limit_dA > 0 && record.because.length > 0;
}

/** Has every slave that was asked answered, or is the time up? */
export function isAnswered(state: MasterState, at: Milliseconds): boolean {
  if (state.asking === null || at >= state.asking.until) return true;
  const { asking } = state;
  return Object.values(state.slaves).every((record) => !isAskable(record, at) || answersAll(record, state, asking));
}

function answersAll(record: SlaveRecord, { epoch }: MasterState, { circuits }: Asking): boolean {
  const { report } = record;
  if (report === null) return false;
  return Object.entries(record.answers).every(([circuit, answer]) => {
    // Another meter has spoken since, and nobody was asked about that: there is no answer to wait for.
    if (answer.from > record.n && !circuits.includes(circuit)) return true;
    return answers(report.message, record, { answer, us: epoch });
  });
}

/** Nothing has been sent to it since one of its samples arrived. */
export function isUnasked({ answers: known, n }: SlaveRecord): boolean {
  return Object.values(known).some(({ from }) => from > n);
}

/** Who was told or asked something so lately answers soon, and is asked again by the next round. */
const LATELY_ms: Milliseconds = 500;

export function isLatelyTold({ sent }: SlaveRecord, at: Milliseconds): boolean {
  const newest = sent.at(-1);
  return newest !== undefined && at - newest.at < LATELY_ms;
}

/**
 * A slave may send 20 messages a second (design 5), and answers each grant: half of them are left for its other reports and
 * its plain values. Past this nobody is asked, and only a limit that changes or a lease that is due is told.
 */
const SENT_EACH_SECOND = 8;

export function isBusy({ sent }: SlaveRecord, at: Milliseconds): boolean {
  return sent.filter((one) => at - one.at < CYCLE_ms).length >= SENT_EACH_SECOND;
}

/** The sample of this circuit's meter is new: what was answered before was about another. */
export function askedOf(record: SlaveRecord, circuit: string): SlaveRecord {
  return { ...record, answers: { ...record.answers, [circuit]: { from: record.n + 1, low_dA: null } } };
}

/** What this report answers, it answers for good. */
export function answeredBy(record: SlaveRecord, report: Report, us: Epoch): SlaveRecord['answers'] {
  const entries = Object.entries(record.answers).map(([circuit, answer]): [string, Answer] => {
    const isNew = answer.low_dA === null && answers(report, record, { answer, us });
    return [circuit, isNew ? { ...answer, low_dA: report.drawLow_dA } : answer];
  });
  return Object.fromEntries(entries);
}

/**
 * What a report tells is certain for so long after it was made. Not after it arrived: reports that were held up on their
 * way arrive in a bundle, and tell what was drawn long before. A report each second, its way, and the meter behind it; the
 * time is that of `trust/cars.ts`: so what our cars drew when a sample was measured lies between what was told before and
 * what was told after it.
 */
const CERTAIN_ms: Milliseconds = 2_000;
/** Two or three a second of a quick meter; who is asked more often is dated a little later. */
const SENT_KEPT = 16;

export function noteSent({ sent }: SlaveRecord, n: number, at: Milliseconds): SlaveRecord['sent'] {
  return [...sent.filter((one) => at - one.at <= CERTAIN_ms), { n, at }].slice(-SENT_KEPT);
}

/**
 * The earliest moment at which this report can have been made: after the grant was sent that it carries; and as much later
 * than the report before as its own clock says, at the least. null = nothing of ours dates it.
 */
export function datedBy({ sent, dated }: SlaveRecord, { boot, t, lease }: Report, us: Epoch): SlaveRecord['dated'] {
  const isOurs = lease !== null && isSameEpoch(lease.epoch, us);
  const sentAt = isOurs ? (sent.findLast(({ n }) => n === lease.n)?.at ?? -Infinity) : -Infinity;
  const isGoingOn = dated !== null && dated.boot === boot;
  const at = Math.max(sentAt, isGoingOn ? dated.at + atLeast(t - dated.t) : -Infinity);
  return at === -Infinity ? null : { boot, t, at };
}

/** Of a time on another clock: 5,000 ppm each (k). */
function atLeast(duration: Milliseconds): Milliseconds {
  return Math.floor((duration * 100) / 101);
}

/** Does its newest report say what it draws now? */
export function isCertain({ dated }: SlaveRecord, at: Milliseconds): boolean {
  return dated !== null && at - dated.at <= CERTAIN_ms;
}

/** Does this report carry a grant that was sent after that sample arrived? */
function answers(report: Report, record: SlaveRecord, { answer, us }: { answer: Answer; us: Epoch }): boolean {
  const { lease } = report;
  if (lease === null || !isSameEpoch(lease.epoch, us)) return false;
  return lease.n >= answer.from && record.n >= answer.from;
}
