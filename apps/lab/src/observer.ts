// What a person would say they saw, noted when it changes: contactors and offers as the plant knows them, faults as the
// charge points show them. Each look is compared with the one before.
import { faultsOf, type Tone } from '@fairamp/terminal';
import { type Fault } from '@fairamp/units';
import { type OutletTruth } from './checks/moment.js';

export type Look = Pick<OutletTruth, 'id' | 'lock' | 'contactorClosed' | 'offered_dA' | 'isHungry' | 'pilot'> & {
  readonly faults: readonly Fault[];
};
export type Remark = { readonly text: string; readonly tone: Tone };

export function remarksOn(before: Look, now: Look): readonly Remark[] {
  return [
    faults(before, now),
    lock(before, now),
    contactor(before, now),
    offer(before, now),
    satisfied(before, now),
  ].filter((remark) => remark !== null);
}

function lock(before: Look, now: Look): Remark | null {
  return before.lock === now.lock ? null : { text: `${now.id}: plug ${now.lock}`, tone: 'quiet' };
}

function contactor(before: Look, { id, contactorClosed }: Look): Remark | null {
  if (before.contactorClosed === contactorClosed) return null;
  return contactorClosed
    ? { text: `${id}: contactor closed, its car charges`, tone: 'good' }
    : { text: `${id}: contactor open`, tone: 'quiet' };
}

function offer(before: Look, { id, offered_dA }: Look): Remark | null {
  if (before.offered_dA > 0 === offered_dA > 0) return null;
  return { text: `${id}: offers ${offered_dA > 0 ? `${(offered_dA / 10).toFixed(1)} A` : 'nothing'}`, tone: 'quiet' };
}

function faults(before: Look, now: Look): Remark | null {
  const [old, current] = [faultsOf(before.faults), faultsOf(now.faults)];
  if (old === current) return null;
  return current === ''
    ? { text: `${now.id}: no error any more`, tone: 'good' }
    : { text: `${now.id}: ${current}`, tone: 'bad' };
}

function satisfied(before: Look, now: Look): Remark | null {
  const isContent = before.isHungry && !now.isHungry && now.pilot !== 'A';
  return isContent ? { text: `${now.id}: its car has what it wanted`, tone: 'good' } : null;
}
