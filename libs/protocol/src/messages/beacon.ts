// Beacon: the master's pulse to the bridge, each second, sent by the control cycle itself (design 3 rule 7). A sample
// echoes it, which dates the sample on the master's clock without any clock being set. Never retained.
import { z } from 'zod';
import { bootField, countField, idField, macField } from './fields.js';

export const beaconSchema = z.strictObject({
  from: idField,
  to: idField,
  boot: bootField,
  seq: countField,
  mac: macField,
});
export type Beacon = z.infer<typeof beaconSchema>;
