// The slave's configuration: its board, its wiring to the mains, and the seed of its settings. With LOADBL Disabled it
// balances for itself and then also has what a master has.
import { PLAIN } from '@fairamp/evse';
import { z } from 'zod';
import type { LoneConfig, SlaveConfig } from '@fairamp/nodes';
import {
  bridgeField,
  crossChecked,
  keyBytes,
  mainsField,
  mainsPhasesField,
  minField,
  oldestSampleField,
  participantFields,
  phaseField,
  type CrossCheck,
} from '@fairamp/runtime';
import { idField } from '@fairamp/protocol';
import type { FailSafe } from '@fairamp/units';

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

const fields = z.strictObject({
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
  master: idField.optional().describe('the paired master: no other is obeyed'),
  bridge: bridgeField.optional().describe('when loadbl is disabled and mode is smart'),
  mainsPhases: mainsPhasesField,
  oldestSample_s: oldestSampleField,
});

function crossChecks({ settings: set, wired, bridge, master, broker }: z.output<typeof fields>): readonly CrossCheck[] {
  const isLone = set.loadbl === 'disabled';
  const unlessLone = 'unless settings.loadbl is "disabled"';
  return [
    {
      isWrong: set.min_A > set.max_A,
      path: ['settings', 'min_A'],
      value: set.min_A,
      message: `must not be above settings.max_A, ${set.max_A}`,
    },
    {
      isWrong: wired.length === 2 || new Set(wired).size !== wired.length,
      path: ['wired'],
      value: wired,
      message: 'must be one conductor, or three different ones',
    },
    {
      isWrong: isLone && set.mode === 'smart' && bridge === undefined,
      path: ['bridge'],
      message: 'must be given when settings.mode is "smart" and settings.loadbl is "disabled"',
    },
    { isWrong: !isLone && master === undefined, path: ['master'], message: `must be given ${unlessLone}` },
    {
      isWrong: !isLone && broker === 'embedded',
      path: ['broker'],
      value: broker,
      message: `must be mqtt://host:port ${unlessLone}`,
    },
  ];
}

export const slaveSchema = fields.superRefine(crossChecked(crossChecks));
export type SlaveAppConfig = z.output<typeof slaveSchema>;

/** @param failSafe what the board says of itself: a configuration cannot make it safer than it is */
export function slaveNodeConfig(config: SlaveAppConfig, failSafe: FailSafe): SlaveConfig {
  const { settings: set } = config;
  return {
    site: config.site,
    id: config.id,
    key: keyBytes(config.key),
    pairedMaster: config.master ?? null,
    failSafe,
    wired: config.wired,
    evse: {
      connector: set.config,
      max_dA: set.max_A * 10,
      cable_dA: set.cable_A * 10,
      proximity: config.proximity,
      contactorFeedback: true,
      ...PLAIN,
    },
  };
}

/** Its own master, with a roster of one. In Normal mode MAX alone counts (design 4). */
export function loneNodeConfig(config: SlaveAppConfig, failSafe: FailSafe): LoneConfig {
  const { settings: set, bridge } = config;
  const slave = { ...slaveNodeConfig(config, failSafe), pairedMaster: config.id };
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
      roster: [{ id: config.id, key: slave.key, maximum_dA, failSafe, fallback_dA: 0 }],
      oldestSample_ms: config.oldestSample_s * 1000,
    },
  };
}
