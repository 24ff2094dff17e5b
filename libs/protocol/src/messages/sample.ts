// Sample: the mains currents, from the one bridge of the site. It names the one master that may decide on it and
// echoes that master's newest beacon (design 3 rules 7 and 8). Never retained: an old current is no current.
import { z } from 'zod';
import { bootField, clockField, countField, durationField, idField, macField, perPhaseField } from './fields.js';

export const sampleSchema = z.strictObject({
  from: idField,
  boot: bootField,
  seq: countField,
  t: clockField,
  /** Since the port was last found empty before this frame, or since the request. */
  age_ms: durationField,
  current_dA: perPhaseField,
  /** false: the source sends magnitudes; export cannot be told from import. */
  signed: z.boolean(),
  master: z.strictObject({ boot: bootField, for_ms: countField }).nullable(),
  echo: z.strictObject({ boot: bootField, seq: countField, since_ms: countField }).nullable(),
  mac: macField,
});
export type Sample = z.infer<typeof sampleSchema>;
