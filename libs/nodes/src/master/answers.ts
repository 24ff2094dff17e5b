// Who has answered the newest sample? A report answers it when it carries a grant that was sent after the sample
// arrived: the acknowledgement is the challenge, and no clock is needed (leases.md B6).
import { HEARD_WITHIN_ms, isSameEpoch, type Epoch } from '@fairamp/leases';
import type { Report } from '@fairamp/protocol';
import type { Milliseconds } from '@fairamp/units';
import type { MasterState, SlaveRecord } from './types.js';

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
  return Object.values(state.slaves).every((record) => !isAskable(record, at) || answersNewest(record, state));
}

function answersNewest(record: SlaveRecord, { epoch }: MasterState): boolean {
  return record.report !== null && answers(record.report.message, record, epoch);
}

/** Does this report carry a grant that was sent after the newest sample arrived? */
export function answers(report: Report, record: SlaveRecord, us: Epoch): boolean {
  const { lease } = report;
  if (lease === null || !isSameEpoch(lease.epoch, us)) return false;
  return lease.n >= record.answersFrom && record.n >= record.answersFrom;
}
