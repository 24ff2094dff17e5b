// The bridge's configuration: which port the Sensorbox speaks on, and how its counts become amperes.
import { z } from 'zod';
import type { BridgeConfig } from '@fairamp/nodes';
import { DEFAULT_ICAL } from '@fairamp/protocol';
import { keyBytes, memberFields } from '@fairamp/runtime';

export const bridgeSchema = z.strictObject({
  ...memberFields,
  broker: z
    .string()
    .regex(/^mqtts?:\/\/[^\s/]+$/, 'expected mqtt://host:port')
    .describe('mqtt://host:port'),
  port: z
    .string()
    .regex(/^(\/\S+|tcp:\/\/[^\s/:]+:\d{1,5})$/, 'expected /dev/... or tcp://host:port')
    .refine(
      (port) => !port.startsWith('tcp://') || Number(port.split(':').at(-1)) <= 65_535,
      'expected a port of 1 to 65535',
    )
    .describe('serial device (1200 8N1), or tcp://host:port of a serial server'),
  cal: z
    .number()
    .min(0.1)
    .max(30)
    .default(DEFAULT_ICAL)
    .describe('CAL: deciamperes a count; a Sensorbox with its own transformers has 3.00'),
});
export type BridgeAppConfig = z.output<typeof bridgeSchema>;

export function nodeConfig(config: BridgeAppConfig): BridgeConfig {
  return { site: config.site, id: config.id, key: keyBytes(config.key), ical: config.cal };
}
