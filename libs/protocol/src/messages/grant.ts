// Grant: master to one slave. It makes a lease on the slave's own clock: valid until echo.t + validFor (design 3
// rules 2 and 3). Never retained.
import { z } from 'zod';
import {
  becauseField,
  bootField,
  clockField,
  countField,
  durationField,
  epochField,
  idField,
  limitField,
  macField,
} from './fields.js';

export const grantSchema = z.strictObject({
  from: idField,
  to: idField,
  epoch: epochField,
  n: countField,
  /** The report that this grant answers. */
  echo: z.strictObject({ boot: bootField, seq: countField, t: clockField }),
  limit_dA: limitField,
  validFor_ms: durationField,
  /** true: this limit passed the whole check in this very cycle. false: it can only keep or lower. */
  raise: z.boolean(),
  because: becauseField.min(1),
  mac: macField,
});
export type Grant = z.infer<typeof grantSchema>;
