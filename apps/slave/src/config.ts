// The slave's configuration: its board, its wiring to the mains, and the seed of its settings. With LOADBL Disabled it
// balances for itself and then also has what a master has.
import { z } from 'zod';
import type { LoneConfig, SlaveConfig } from '@fairamp/nodes';
import {
  bridgeField,
  failSafeField,
  keyBytes,
  mainsField,
  mainsPhasesField,
  minField,
  oldestSampleField,
  participantFields,
  phaseField,
} from '@fairamp/runtime';
import { idField } from '@fairamp/protocol';

const settings = z.strictObject({
  config: z.enum(['socket', 'fixed']).default('socket').describe('CONFIG: a socket, or a fixed cable'),
  loadbl: z
    .enum(['disabled', 'master', 'slave1', 'slave2', 'slave3'])
    .default('slave1')
    .describe('LOADBL: disabled balances for itself'),
  mode: z.enum(['normal', 'smart']).default('normal').describe('MODE, when loadbl is disabled: smart needs a bridge'),
  max_A: z.int().min(10).max(80).default(13).describe('MAX: largest current offered to the car, A'),
  cable_A: z.int().min(13).max(80).default(13).describe('CABLE: rating of a fixed cable, A'),
  mains_A: mainsField,
  min_A: minField,
});

export const slaveSchema = z
  .strictObject({
    ...participantFields,
    settings: settings.prefault({}),
    board: z
      .strictObject({
        kind: z.literal('simulated').default('simulated').describe('the only board of this version'),
        plant: z.string().describe('socket of the plant that holds the outlet: a path, or tcp://host:port'),
        outlet: z
          .string()
          .regex(/^[\w.-]{1,64}$/)
          .describe('which outlet of the plant'),
        failSafe: failSafeField.default('process'),
      })
      .describe('the hardware'),
    wired: z
      .array(phaseField)
      .min(1)
      .max(3)
      .default(['L1', 'L2', 'L3'])
      .describe('conductor of the mains at each terminal, in order'),
    proximity: z
      .enum(['manual', 'standard'])
      .default('manual')
      .describe('680 Ohm: 16 A as in the manual, or 20 A as in IEC 61851-1'),
    master: idField.optional().describe('the paired master; must be given where the site runs in Normal mode'),
    bridge: bridgeField.optional().describe('when loadbl is disabled and mode is smart'),
    mainsPhases: mainsPhasesField,
    oldestSample_s: oldestSampleField,
  })
  .superRefine((config, issues) => {
    const { loadbl, mode, min_A, max_A } = config.settings;
    if (min_A > max_A) {
      issues.addIssue({
        code: 'custom',
        path: ['settings', 'min_A'],
        message: `must not be above settings.max_A, ${max_A}`,
        input: min_A,
      });
    }
    if (config.wired.length === 2 || new Set(config.wired).size !== config.wired.length) {
      issues.addIssue({
        code: 'custom',
        path: ['wired'],
        message: 'must be one conductor, or three different ones',
        input: config.wired,
      });
    }
    if (loadbl === 'disabled' && mode === 'smart' && config.bridge === undefined) {
      issues.addIssue({
        code: 'custom',
        path: ['bridge'],
        message: 'must be given when settings.mode is "smart" and settings.loadbl is "disabled"',
      });
    }
    if (loadbl !== 'disabled' && config.broker === 'embedded') {
      issues.addIssue({
        code: 'custom',
        path: ['broker'],
        message: 'must be mqtt://host:port unless settings.loadbl is "disabled"',
        input: 'embedded',
      });
    }
  });
export type SlaveAppConfig = z.output<typeof slaveSchema>;

export function slaveNodeConfig(config: SlaveAppConfig): SlaveConfig {
  const { settings: set, board } = config;
  return {
    site: config.site,
    id: config.id,
    key: keyBytes(config.key),
    pairedMaster: config.master ?? null,
    failSafe: board.failSafe,
    wired: config.wired,
    evse: {
      connector: set.config,
      max_dA: set.max_A * 10,
      cable_dA: set.cable_A * 10,
      proximity: config.proximity,
      contactorFeedback: true,
    },
  };
}

/** Its own master, with a roster of one. In Normal mode MAX alone counts (design 4). */
export function loneNodeConfig(config: SlaveAppConfig): LoneConfig {
  const { settings: set, bridge, board } = config;
  const slave = { ...slaveNodeConfig(config), pairedMaster: config.id };
  const maximum_dA = set.max_A * 10;
  return {
    slave,
    master: {
      site: config.site,
      id: config.id,
      mode: set.mode,
      mains_dA: set.mode === 'smart' ? set.mains_A * 10 : maximum_dA,
      min_dA: set.min_A * 10,
      mainsPhases: config.mainsPhases,
      bridge: bridge === undefined ? null : { id: bridge.id, key: keyBytes(bridge.key) },
      roster: [{ id: config.id, key: slave.key, maximum_dA, failSafe: board.failSafe, fallback_dA: 0 }],
      oldestSample_ms: config.oldestSample_s * 1000,
    },
  };
}
