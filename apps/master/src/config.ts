// The master's configuration: the site, its roster (who is not in it gets nothing) and the seed of its settings.
import { z } from 'zod';
import { TURN_ms, type MasterConfig } from '@fairamp/nodes';
import { idField } from '@fairamp/protocol';
import { AS_LABELLED, MAINS, PHASES } from '@fairamp/units';
import {
  bridgeField,
  crossChecked,
  failSafeField,
  generationField,
  keyBytes,
  keyField,
  mainsPhasesField,
  oldestSampleField,
  participantFields,
  settingField,
  type CrossCheck,
} from '@fairamp/runtime';
import {
  circuitChecks,
  circuitField,
  circuitOf,
  deviceField,
  deviceOf,
  rotationField,
  sourceField,
} from './circuits-config.js';

/** The most charge points of one site. */
export const ROSTER_MAX = 250;

const rosterEntry = z.strictObject({
  id: idField,
  key: keyField,
  maximum_A: z.int().min(6).max(80).describe('what its wiring carries, A'),
  failSafe: failSafeField.describe('what opens its contactor when its process dies'),
  circuit: idField.default(MAINS).describe('the circuit that feeds it: mains, or the id of one of circuits'),
  rotation: rotationField
    .optional()
    .describe("the mains' conductors on which its own L1, L2 and L3 hang; written, it is taken as given"),
  priority: z.int().min(-10).max(10).default(0).describe('higher goes first in a shortage'),
  min_A: z.int().min(6).max(16).optional().describe('instead of settings.min_A, for it alone'),
  fallback_A: z.literal(0).default(0).describe('current without a master; 0 until it can be countersigned'),
});

const fields = z.strictObject({
  ...participantFields,
  settings: z
    .strictObject({
      mode: settingField('mode', 'smart'),
      mains_A: settingField('mains_A'),
      min_A: settingField('min_A'),
    })
    .prefault({}),
  mainsPhases: mainsPhasesField,
  oldestSample_s: oldestSampleField,
  bridge: bridgeField.optional().describe('the one sensorbox-bridge of this mains'),
  mainsDevice: deviceField
    .optional()
    .describe('what protects the mains; else a fuse gG of settings.mains_A, the quickest of all'),
  transformers: z
    .strictObject({
      order: rotationField
        .optional()
        .describe("the conductors on which the meter's first, second and third transformer sit; written, as given"),
      reversed: z
        .array(z.enum(PHASES))
        .max(3)
        .optional()
        .describe('those of them, by its own labels, that sit the wrong way round; written, as given: [] too'),
    })
    .prefault({}),
  learning: z
    .enum(['off', 'propose', 'use'])
    .default('propose')
    .describe('of the wiring, from what our own cars change: not at all; said in the status; used at once'),
  source: sourceField,
  generation: generationField,
  circuits: z.array(circuitField).max(250).default([]).describe('protected branches below the mains, feeders first'),
  turn_min: z
    .int()
    .min(1)
    .max(600)
    .default(TURN_ms / 60_000)
    .describe('how long a place is kept from who waits, minutes'),
  roster: z.array(rosterEntry).min(1).max(ROSTER_MAX),
  store: z.string().default('.fairamp/master').describe('folder of what must outlive this process'),
});

function crossChecks(config: z.output<typeof fields>): readonly CrossCheck[] {
  const { settings: set, bridge, id, roster, circuits, mainsDevice } = config;
  const meters = circuits.flatMap(({ meter }) => meter ?? []);
  return [
    ...circuitChecks(config),
    {
      isWrong: set.mode === 'smart' && bridge === undefined,
      path: ['bridge'],
      message: 'must be given when settings.mode is "smart"',
    },
    {
      isWrong: set.min_A > set.mains_A,
      path: ['settings', 'min_A'],
      value: set.min_A,
      message: `must not be above settings.mains_A, ${set.mains_A}`,
    },
    {
      isWrong: mainsDevice !== undefined && set.mains_A > mainsDevice.rated_A,
      path: ['settings', 'mains_A'],
      value: set.mains_A,
      message: `must not be above the rating of mainsDevice, ${mainsDevice?.rated_A} A`,
    },
    ...roster.flatMap((entry, index) => {
      const others = [{ id }, ...(bridge === undefined ? [] : [bridge]), ...meters, ...roster.slice(0, index)];
      return [
        {
          isWrong: others.some((other) => other.id === entry.id),
          path: ['roster', index, 'id'],
          value: entry.id,
          message: 'must be another than the ids before it: none stands twice in one site',
        },
      ];
    }),
    ...keyChecks(config),
  ];
}

/** Whoever holds the key of another may speak in its name. */
function keyChecks({ id, key, bridge, circuits, roster }: z.output<typeof fields>): readonly CrossCheck[] {
  const holders = [
    { id, key, path: ['key'] },
    ...(bridge === undefined ? [] : [{ ...bridge, path: ['bridge', 'key'] }]),
    ...circuits.flatMap(({ meter }, index) => {
      return meter === undefined ? [] : [{ ...meter, path: ['circuits', index, 'meter', 'key'] }];
    }),
    ...roster.map((entry, index) => ({ id: entry.id, key: entry.key, path: ['roster', index, 'key'] })),
  ];
  const firsts = new Map<string, string>();
  return holders.map((holder) => {
    const first = firsts.get(holder.key);
    firsts.set(holder.key, first ?? holder.id);
    const message = `of "${holder.id}" must be another than that of "${first}": each device has its own`;
    return { isWrong: first !== undefined, path: holder.path, message };
  });
}

export const masterSchema = fields.superRefine(crossChecked(crossChecks));
export type MasterAppConfig = z.output<typeof masterSchema>;

export function nodeConfig(config: MasterAppConfig): MasterConfig {
  const { settings, bridge } = config;
  return {
    site: config.site,
    id: config.id,
    mode: settings.mode,
    mains_dA: settings.mains_A * 10,
    min_dA: settings.min_A * 10,
    mainsPhases: config.mainsPhases,
    bridge: bridge === undefined ? null : { id: bridge.id, key: keyBytes(bridge.key) },
    roster: config.roster.map(({ id, key, maximum_A, failSafe, fallback_A, circuit, rotation, priority, min_A }) => ({
      id,
      key: keyBytes(key),
      maximum_dA: maximum_A * 10,
      failSafe,
      fallback_dA: fallback_A * 10,
      circuit,
      rotation: rotation ?? AS_LABELLED,
      isRotationConfirmed: rotation !== undefined,
      priority,
      minimum_dA: min_A === undefined ? null : min_A * 10,
    })),
    mainsDevice: config.mainsDevice === undefined ? null : deviceOf(config.mainsDevice),
    circuits: config.circuits.map(circuitOf),
    transformers: transformersOf(config.transformers),
    learning: config.learning,
    source: config.source,
    generation: config.generation ?? null,
    turn_ms: config.turn_min * 60_000,
    oldestSample_ms: config.oldestSample_s * 1000,
  };
}

/** Whoever wrote one of the two has not looked at the other. */
function transformersOf({ order, reversed }: MasterAppConfig['transformers']): MasterConfig['transformers'] {
  return {
    order: order ?? AS_LABELLED,
    reversed: reversed ?? [],
    isOrderConfirmed: order !== undefined,
    areDirectionsConfirmed: reversed !== undefined,
  };
}
