// The 2.07 regulator, R(0) and R(1) of behaviour.md 5.3, step by step in its order. A pure function from balance to
// balance, the same to the bit, weaknesses and 16 bit wraps included: `fairamp` must reproduce none of them. When it runs,
// and what then goes to the cars and over the wire, is the business of whoever calls it (5.4).
import { sumOf } from '@fairamp/units';
import { charging, houseOf } from './availability.js';
import { signed16, unsigned8 } from './integers.js';
import { shared } from './share.js';
import { type ClassicBalance, type ClassicRecord, type ClassicSettings } from './types.js';

/** newcomer: somebody has just been marked charging, with a share of 0. */
export type ClassicOccasion = 'periodic' | 'newcomer';

export function regulate(before: ClassicBalance, settings: ClassicSettings, occasion: ClassicOccasion): ClassicBalance {
  const prepared = withOwnMaximum(withoutSlaves(before, settings), settings);
  const stepped = occasion === 'periodic' ? integrated(prepared, settings) : prepared;
  const aimed = settings.mode === 'normal' ? { ...stepped, iset_dA: normalSum_dA(stepped, settings) } : stepped;
  const active = charging(aimed.records);
  if (active.length === 0) return aimed;
  // Step 8: also in Normal mode, where a lone module's first share is so limited by a MAINS that nobody sees.
  const started = occasion === 'newcomer' ? { ...aimed, iset_dA: 10 * settings.mains_A - houseOf(prepared) } : aimed;
  const held = withMinimum(started, active.length, settings);
  const iset_dA = Math.min(held.iset_dA, 10 * sumOf(active, ({ maximum_A }) => maximum_A));
  return { ...held, iset_dA, records: shared(Math.trunc(iset_dA / 10), held.records) };
}

/** Step 1. */
function withoutSlaves(balance: ClassicBalance, { loadbl }: ClassicSettings): ClassicBalance {
  if (loadbl === 'master') return balance;
  const idle = (record: ClassicRecord): ClassicRecord => ({ ...record, state: 'idle' });
  return { ...balance, records: balance.records.map((record, index) => (index === 0 ? record : idle(record))) };
}

/** Step 2: the cable counts only while the module itself charges. */
function withOwnMaximum(balance: ClassicBalance, { max_A, cable_A }: ClassicSettings): ClassicBalance {
  const isCharging = balance.records[0]?.state === 'charging';
  const chargeCurrent_A = isCharging ? Math.min(max_A, cable_A) : max_A;
  const records = balance.records.map((one, index) => (index === 0 ? { ...one, maximum_A: chargeCurrent_A } : one));
  return { ...balance, chargeCurrent_A, records };
}

/**
 * Step 4: a quarter of the room upwards, the whole excess downwards. Also with nobody charging, so that an idle module
 * in Smart mode runs over 16 bit within minutes and begins again at 0.
 */
function integrated(balance: ClassicBalance, { mains_A }: ClassicSettings): ClassicBalance {
  const room_dA = signed16(10 * mains_A - balance.measured_dA);
  const step_dA = room_dA > 0 ? Math.trunc(room_dA / 4) : room_dA;
  return { ...balance, iset_dA: Math.max(0, signed16(balance.iset_dA + step_dA)) };
}

/** Step 6: nothing is measured. A master shares out MAINS, a lone module has its own maximum. */
function normalSum_dA({ chargeCurrent_A }: ClassicBalance, { loadbl, mains_A }: ClassicSettings): number {
  return 10 * (loadbl === 'master' ? mains_A : chargeCurrent_A);
}

/** Step 9: MIN for everybody who charges, whether it is there or not; whoever calls counts to three. */
function withMinimum(balance: ClassicBalance, active: number, { min_A }: ClassicSettings): ClassicBalance {
  const least_dA = active * 10 * min_A;
  if (balance.iset_dA >= least_dA) return { ...balance, noCurrent: 0 };
  return { ...balance, noCurrent: unsigned8(balance.noCurrent + 1), iset_dA: least_dA };
}
