// Report: slave to master, each second and on every change. It says what the outputs *obey*, never what was merely
// received (design 3 rule 1). It is retained for people; a receiver that decides never uses a retained one.
import { z } from 'zod';
import { FAIL_SAFES } from '@fairamp/units';
import {
  bootField,
  clockField,
  countField,
  currentField,
  epochField,
  faultsField,
  idField,
  limitField,
  macField,
  perPhaseField,
  phasesField,
} from './fields.js';

export const reportSchema = z.strictObject({
  from: idField,
  boot: bootField,
  seq: countField,
  /** The slave's clock: a grant echoes it, and the lease is timed from it. */
  t: clockField,
  session: z.enum(['idle', 'connected', 'offering', 'charging', 'stopping', 'blocked', 'denied', 'stopped']),
  pilot: z.enum(['A', 'B', 'C', 'D', 'E', 'F', 'invalid']),
  contactor: z.enum(['open', 'closed']),
  /** The newest grant that the outputs obey; it stays after its end, null only before the first. */
  lease: z.strictObject({ epoch: epochField, n: countField, limit_dA: limitField, endsAt_t: clockField }).nullable(),
  /** Countersigned current for a silent master; null = none. */
  fallback: z.strictObject({ value_dA: limitField, epoch: epochField, n: countField }).nullable(),
  /** What the car draws; null where it is not metered. */
  draw_dA: perPhaseField.nullable(),
  /** The lowest of the last 7 s. */
  drawLow_dA: perPhaseField.nullable(),
  /** min(MAX, cable) while a car is connected, else 0, and which of the two it is. */
  demand_dA: currentField.min(0),
  demandBecause: z.enum(['setting-max', 'cable']),
  /** Conductors of the mains that its car uses. */
  phases: phasesField,
  faults: faultsField,
  failSafe: z.enum(FAIL_SAFES),
  mac: macField,
});
export type Report = z.infer<typeof reportSchema>;
