// The slave's configuration: its board, its wiring to the mains, and the seed of its settings. With LOADBL Disabled it
// balances for itself and then also has what a master has.
import { z } from 'zod';
import { PLAIN_POINT, PLAIN_SITE, type LoneConfig, type SlaveConfig } from '@fairamp/nodes';
import {
  bridgeField,
  crossChecked,
  generationField,
  keyBytes,
  mainsPhasesField,
  oldestSampleField,
  participantFields,
  phaseField,
  settingField,
  settingFields,
  type CrossCheck,
} from '@fairamp/runtime';
import { idField } from '@fairamp/protocol';
import {
  checkBoard,
  checkTogether,
  complaintText,
  evseConfigOf,
  inEffect,
  parseSettings,
  reasonText,
  settingWrittenAs,
  writtenDefault,
  type Complaint,
  type ParsedSettings,
  type Settings,
  type SettingsBoard,
} from '@fairamp/settings';
import { assert, type FailSafe } from '@fairamp/units';

const PLANT = /^(tcp:\/\/[^/:]+:[1-9]\d{0,4}|(?!tcp:).+)$/;

const boardFields = z.strictObject({
  kind: z.enum(['simulated', 'linux']).default('simulated').describe('linux: pilot and contactor of this computer'),
  plant: z
    .string()
    .refine((plant) => PLANT.test(plant), 'must be a path, or tcp://host:port')
    .optional()
    .describe('simulated: socket of the plant that holds the outlet, a path or tcp://host:port'),
  outlet: z
    .string()
    .regex(/^[\w.-]{1,64}$/)
    .optional()
    .describe('simulated: which outlet of the plant'),
  file: z.string().min(1).optional().describe('linux: the description of the board, board.yaml'),
});

const fields = z.strictObject({
  ...participantFields,
  // CAL is the bridge's, which counts by it; an older file without loadbl is a slave's.
  settings: z.strictObject(settingFields(['cal'], { loadbl: 'slave1' })).prefault({}),
  board: boardFields.describe('the hardware'),
  io: z
    .strictObject({
      mode: z
        .enum(['process', 'inprocess'])
        .optional()
        .describe('process: a process of its own holds the contactor; without, so with a linux board'),
      priority: z.enum(['realtime', 'normal']).default('realtime').describe('of the io process, where it is allowed'),
    })
    .prefault({}),
  wired: z
    .array(phaseField)
    .min(1)
    .max(3)
    .default(['L1', 'L2', 'L3'])
    .describe('conductor of the mains at each terminal, in order'),
  proximity: settingField('proximity').removeDefault().optional().describe('the older place of settings.proximity'),
  master: idField.optional().describe('the paired master: no other is obeyed'),
  bridge: bridgeField.optional().describe('when loadbl is disabled and mode is smart'),
  mainsPhases: mainsPhasesField,
  oldestSample_s: oldestSampleField,
  generation: generationField,
  store: z
    .string()
    .min(1)
    .optional()
    .describe('folder of what must outlive this process: settings, latched faults, sessions; without, nothing does'),
});

type Fields = z.output<typeof fields>;

function crossChecks(config: Fields): readonly CrossCheck[] {
  const { settings: set, proximity, wired, bridge, master, broker } = config;
  const parsed = parsedSettings(config);
  const isLone = set.loadbl === 'disabled';
  const unlessLone = 'unless settings.loadbl is "disabled"';
  return [
    // A value out of its range has its own line by then.
    ...(parsed.ok ? checkTogether(parsed.value).map(refusalOf) : []),
    {
      isWrong: proximity === 'manual' && set.proximity === 'standard',
      path: ['proximity'],
      value: proximity,
      message: 'must not differ from settings.proximity, "standard"',
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
    ...boardChecks(config),
    { isWrong: !isLone && master === undefined, path: ['master'], message: `must be given ${unlessLone}` },
    {
      isWrong: !isLone && broker === 'embedded',
      path: ['broker'],
      value: broker,
      message: `must be mqtt://host:port ${unlessLone}`,
    },
  ];
}

/** Each kind of board is found by keys of its own. */
const BOARD_KEYS = { simulated: ['plant', 'outlet'], linux: ['file'] } as const;

function boardChecks({ board }: Fields): readonly CrossCheck[] {
  const own: readonly string[] = BOARD_KEYS[board.kind];
  return (['plant', 'outlet', 'file'] as const).map((key) => {
    const isOwn = own.includes(key);
    return {
      isWrong: isOwn !== (board[key] !== undefined),
      path: ['board', key],
      value: board[key],
      message: isOwn ? `must be given with board.kind "${board.kind}"` : `is not for board.kind "${board.kind}"`,
    };
  });
}

export const slaveSchema = fields.superRefine(crossChecked(crossChecks));
export type SlaveAppConfig = z.output<typeof slaveSchema>;

/** Where does the node run, with the lease and the contactor? */
export function ioModeOf({ io, board }: SlaveAppConfig): 'process' | 'inprocess' {
  return io.mode ?? (board.kind === 'linux' ? 'process' : 'inprocess');
}

/** What a slave has to know of its board. */
export type SlaveBoard = SettingsBoard & { readonly failSafe: FailSafe };

export function settingsOf(config: SlaveAppConfig): Settings {
  const parsed = parsedSettings(config);
  assert(parsed.ok, 'what has passed as a configuration passes as settings');
  return parsed.value;
}

/** What a person should read at the start: a setting without effect, or one that the board cannot do. */
export function settingsComplaints(config: SlaveAppConfig, board: SettingsBoard): readonly string[] {
  const settings = settingsOf(config);
  const told = [...checkTogether(settings), ...checkBoard(settings, board)];
  return [...told.map((one) => complaintText(one, 'settings.')), ...mastersOwn(config)];
}

/** What a master is told stands in its own file, also where it runs beside this slave. */
function mastersOwn({ settings: { loadbl, mains_A, min_A } }: SlaveAppConfig): readonly string[] {
  if (loadbl !== 'master') return [];
  const given = { mains_A, min_A };
  return (['mains_A', 'min_A'] as const).flatMap((key) => {
    const setting = settingWrittenAs(key);
    const isDefault = setting === null || given[key] === writtenDefault(setting);
    return isDefault
      ? []
      : [`settings.${key}: ${given[key]} has no effect here: the master's own configuration says it`];
  });
}

/**
 * @param board what it says of itself: a configuration cannot make it safer than it is
 * @param settingsDamaged the settings could not be read: those of the configuration stand in, and nothing charges
 */
export function slaveNodeConfig(config: SlaveAppConfig, board: SlaveBoard, settingsDamaged = false): SlaveConfig {
  return {
    site: config.site,
    id: config.id,
    key: keyBytes(config.key),
    pairedMaster: config.master ?? null,
    failSafe: board.failSafe,
    wired: config.wired,
    evse: evseConfigOf(settingsOf(config), board, settingsDamaged),
  };
}

/** Its own master, with a roster of one. In Normal mode MAX alone counts (design 4). */
export function loneNodeConfig(config: SlaveAppConfig, board: SlaveBoard, settingsDamaged = false): LoneConfig {
  const { bridge } = config;
  const { mode, mains_dA, min_dA, max_dA } = inEffect(settingsOf(config));
  const slave = { ...slaveNodeConfig(config, board, settingsDamaged), pairedMaster: config.id };
  return {
    slave,
    master: {
      ...PLAIN_SITE,
      // Of its wiring it has no configuration that a person could write something into.
      learning: 'off',
      site: config.site,
      id: config.id,
      mode,
      mains_dA: mode === 'smart' ? mains_dA : max_dA,
      min_dA,
      mainsPhases: config.mainsPhases,
      bridge: bridge === undefined ? null : { id: bridge.id, key: keyBytes(bridge.key) },
      roster: [
        {
          ...PLAIN_POINT,
          id: config.id,
          key: slave.key,
          maximum_dA: slave.evse.max_dA,
          failSafe: board.failSafe,
          fallback_dA: 0,
        },
      ],
      oldestSample_ms: config.oldestSample_s * 1000,
      generation: config.generation ?? null,
    },
  };
}

function parsedSettings({ settings: set, proximity }: Fields): ParsedSettings {
  return parseSettings({ ...set, proximity: proximity ?? set.proximity });
}

function refusalOf(told: Complaint): CrossCheck {
  const { level, key, value } = told;
  return { isWrong: level === 'wrong', path: ['settings', key], value, message: reasonText(told, 'settings.') };
}
