// The keys that every participant's configuration has: who it is, where its broker is, how it logs. The apps add their
// own. Configuration is wiring; what stands under `settings` only seeds an empty settings store (design 1).
import { z } from 'zod';
import { idField } from '@fairamp/protocol';
import { FAIL_SAFES } from '@fairamp/units';

export const keyField = z
  .string()
  .regex(/^[0-9a-f]{64}$/, 'expected 64 hexadecimal digits')
  .meta({ secret: true, description: 'the device key: 32 random bytes in hexadecimal' });

export const phaseField = z.enum(['L1', 'L2', 'L3']);

export const brokerField = z
  .union([z.literal('embedded'), z.string().regex(/^mqtts?:\/\/[^\s/]+$/, 'expected mqtt://host:port')])
  .default('embedded')
  .describe('"embedded" hosts the broker in this process, else mqtt://host:port');

export const listenField = z
  .strictObject({
    host: z.string().default('127.0.0.1').describe('where the embedded broker listens; 0.0.0.0 for every network'),
    port: z.int().min(0).max(65_535).default(1883).describe('its port; 0 takes any free one'),
    viewers: z.enum(['anonymous', 'none']).default('none').describe('may anybody read telemetry without a password?'),
  })
  .prefault({});

/** Of every participant. */
export const memberFields = {
  site: idField.describe('the same for all participants of one mains'),
  id: idField.describe('this participant, unique in its site'),
  key: keyField,
  log: z.enum(['error', 'warn', 'info', 'debug']).default('info').describe('least important level that is logged'),
  exitWithParent: z.boolean().default(false).describe('stop when standard input ends (for supervisors)'),
};

/** Of those that may host the broker. */
export const participantFields = { ...memberFields, broker: brokerField, listen: listenField };

export const failSafeField = z.enum(FAIL_SAFES);

export const bridgeField = z.strictObject({ id: idField, key: keyField });
export const mainsPhasesField = z
  .array(phaseField)
  .min(1)
  .max(3)
  .default(['L1', 'L2', 'L3'])
  .describe('the conductors that have a current transformer');
export const oldestSampleField = z
  .int()
  .min(10)
  .max(25)
  .default(10)
  .describe('oldest usable sample, s: 10, or 25 for a meter that speaks each 10 s');
export const generationField = z
  .enum(['none', 'solar', 'battery'])
  .optional()
  .describe('what may feed in behind the meters; else none for a source without a sign, battery for one with it');

export function keyBytes(hex: string): Uint8Array {
  return Buffer.from(hex, 'hex');
}

/** What no single key can tell. `path` is the key to name, `value` what stands there, `message` says what is allowed. */
export type CrossCheck = {
  readonly isWrong: boolean;
  readonly path: readonly (string | number)[];
  readonly value?: unknown;
  readonly message: string;
};

/** For a schema's superRefine: every wrong one is a line of its own. */
export function crossChecked<Config>(checksOf: (config: Config) => readonly CrossCheck[]) {
  return (config: Config, issues: z.RefinementCtx): void => {
    for (const { isWrong, path, value, message } of checksOf(config)) {
      if (isWrong) issues.addIssue({ code: 'custom', path: [...path], message, input: value });
    }
  };
}
