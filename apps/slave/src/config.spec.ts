import { readConfig, type ConfigOutcome } from '@fairamp/runtime';
import { parse } from 'yaml';
import {
  loneNodeConfig,
  settingsComplaints,
  slaveNodeConfig,
  slaveSchema,
  type SlaveAppConfig,
  type SlaveBoard,
} from './config.js';

const KEY = 'ab'.repeat(32);
const base = {
  FAIRAMP_SITE: 'home',
  FAIRAMP_ID: 'left',
  FAIRAMP_KEY: KEY,
  FAIRAMP_BROKER: 'mqtt://127.0.0.1:1883',
  FAIRAMP_BOARD__PLANT: '/run/plant.sock',
  FAIRAMP_BOARD__OUTLET: 'left',
  FAIRAMP_MASTER: 'main',
};
const read = (env: Record<string, string | undefined>): ConfigOutcome<SlaveAppConfig> =>
  readConfig(slaveSchema, { argv: [], env: { ...base, ...env }, name: 'fairamp-slave' });
const BOARD: SlaveBoard = {
  max_dA: 800,
  failSafe: 'process',
  contactorFeedback: true,
  lock: true,
  switch: true,
  residual: 'tested',
};
const lone = { FAIRAMP_SETTINGS__LOADBL: 'disabled', FAIRAMP_SETTINGS__MAX_A: '32' };

const smart = {
  ...lone,
  FAIRAMP_SETTINGS__MODE: 'smart',
  FAIRAMP_BRIDGE__ID: 'meter',
  FAIRAMP_BRIDGE__KEY: KEY,
};
const configOf = (env: Record<string, string | undefined>): SlaveAppConfig => {
  const outcome = read(env);
  if (outcome.kind !== 'config') throw new Error(JSON.stringify(outcome));
  return outcome.config;
};

describe('the configuration of a slave', () => {
  test("has the manual's defaults: MAX 13 A, a socket", () => {
    const outcome = read({});
    expect(outcome.kind === 'config' ? slaveNodeConfig(outcome.config, BOARD) : outcome).toMatchObject({
      pairedMaster: 'main',
      failSafe: 'process',
      wired: ['L1', 'L2', 'L3'],
      evse: { connector: 'socket', max_dA: 130, proximity: 'manual', access: 'disabled', residual: 'disabled' },
    });
  });

  test.each([
    ['in Normal mode MAX alone counts', {}, 'normal', 320],
    [
      'in Smart mode MAINS does',
      {
        FAIRAMP_SETTINGS__MODE: 'smart',
        FAIRAMP_SETTINGS__MAINS_A: '40',
        FAIRAMP_BRIDGE__ID: 'meter',
        FAIRAMP_BRIDGE__KEY: KEY,
      },
      'smart',
      400,
    ],
  ])('with LOADBL Disabled it is its own master: %s', (_case, env, mode, mains_dA) => {
    const outcome = read({ ...lone, ...env });
    const config = outcome.kind === 'config' ? loneNodeConfig(outcome.config, BOARD) : outcome;
    expect(config).toMatchObject({
      slave: { pairedMaster: 'left' },
      master: { id: 'left', mode, mains_dA, roster: [{ id: 'left', maximum_dA: 320 }] },
    });
  });

  test.each([
    [undefined, null],
    ['none', 'none'],
    ['solar', 'solar'],
  ])('I7: what feeds in behind the meter of a lone one, if %s is said, is %s', (said, generation) => {
    const config = loneNodeConfig(configOf({ ...smart, FAIRAMP_GENERATION: said }), BOARD);
    expect(config).toMatchObject({ master: { generation } });
  });

  test.each([
    ['MAX below 10 A', { FAIRAMP_SETTINGS__MAX_A: '9' }, ['settings.max_A', '9', '10 to 80']],
    ['MAX above 80 A', { FAIRAMP_SETTINGS__MAX_A: '81' }, ['settings.max_A', '81', '10 to 80']],
    [
      'MIN above MAX',
      { ...smart, FAIRAMP_SETTINGS__MIN_A: '14', FAIRAMP_SETTINGS__MAX_A: '13' },
      ['settings.min_A: 14 is not allowed: must not be above settings.max_A, 13'],
    ],
    [
      '13.2 item 15: MIN above MAINS',
      { ...smart, FAIRAMP_SETTINGS__MIN_A: '14', FAIRAMP_SETTINGS__MAINS_A: '10' },
      ['settings.min_A: 14 is not allowed: must not be above settings.mains_A, 10'],
    ],
    ['a lock that is none of them', { FAIRAMP_SETTINGS__LOCK: 'magnet' }, ['settings.lock', 'magnet', '"motor"']],
    ['more than an hour', { FAIRAMP_SETTINGS__STOPRESTART_S: '3601' }, ['settings.stopRestart_s', '3601', '0 to 3600']],
    ['a text for a number', { FAIRAMP_SETTINGS__MAX_A: 'lots' }, ['settings.max_A', 'lots', '10 to 80']],
    [
      'two readings of 680 Ohm',
      { FAIRAMP_PROXIMITY: 'manual', FAIRAMP_SETTINGS__PROXIMITY: 'standard' },
      ['proximity: "manual" is not allowed', 'settings.proximity, "standard"'],
    ],
    ["CAL, which is the bridge's", { FAIRAMP_SETTINGS__CAL: '3' }, ['FAIRAMP_SETTINGS__CAL', 'unknown']],
    ['CABLE below 13 A', { FAIRAMP_SETTINGS__CABLE_A: '12' }, ['settings.cable_A', '12', '13 to 80']],
    [
      'a LOADBL that the manual does not have',
      { FAIRAMP_SETTINGS__LOADBL: 'slave4' },
      ['settings.loadbl', 'slave4', 'slave3'],
    ],
    ['two conductors', { FAIRAMP_WIRED: '[L1, L2]' }, ['wired', 'L2']],
    ['one conductor twice', { FAIRAMP_WIRED: '[L1, L1, L2]' }, ['wired']],
    ['a broker of its own in a site', { FAIRAMP_BROKER: 'embedded' }, ['broker', 'embedded', 'settings.loadbl']],
    ['Smart alone without a bridge', { ...lone, FAIRAMP_SETTINGS__MODE: 'smart' }, ['bridge', 'smart']],
    ['no master to be paired with', { FAIRAMP_MASTER: undefined }, ['master', 'settings.loadbl']],
    ['an unknown key', { FAIRAMP_SETTINGS__MAXIMUM: '16' }, ['FAIRAMP_SETTINGS__MAXIMUM', 'unknown']],
  ])('%s is refused, and the line names key, value and what is allowed', (_case, env, words) => {
    const outcome = read(env);
    const text = outcome.kind === 'mistakes' ? outcome.lines.join('\n') : outcome.kind;
    for (const word of words) expect(text).toContain(word);
  });

  test('takes every setting of docs/settings.md but CAL, and hands it to the charge point', () => {
    const config = configOf({
      FAIRAMP_SETTINGS__LOCK: 'motor',
      FAIRAMP_SETTINGS__LOCKWIRES: 'swapped',
      FAIRAMP_SETTINGS__ACCESS: 'enabled',
      FAIRAMP_SETTINGS__ACCESSKIND: 'maintained',
      FAIRAMP_SETTINGS__RCMON: 'enabled',
      FAIRAMP_SETTINGS__VENTILATED: 'enabled',
      FAIRAMP_SETTINGS__PROXIMITY: 'standard',
      FAIRAMP_SETTINGS__MAX_A: '32',
    });
    expect(slaveNodeConfig(config, BOARD).evse).toEqual({
      connector: 'socket',
      max_dA: 320,
      cable_dA: 130,
      proximity: 'standard',
      contactorFeedback: true,
      lock: { actuator: 'motor', swapped: true },
      access: 'maintained',
      stopRestart_s: 0,
      residual: 'tested',
      ventilated: true,
      settingsDamaged: false,
    });
    expect(slaveNodeConfig(configOf({ FAIRAMP_SETTINGS__STOPRESTART_S: '15' }), BOARD).evse.stopRestart_s).toBe(15);
  });

  test('proximity is taken where it stood before too', () => {
    expect(slaveNodeConfig(configOf({ FAIRAMP_PROXIMITY: 'standard' }), BOARD).evse.proximity).toBe('standard');
  });

  test('settings that could not be read let nothing charge, also where it is its own master', () => {
    expect(slaveNodeConfig(configOf({}), BOARD, true).evse.settingsDamaged).toBe(true);
    expect(loneNodeConfig(configOf(lone), BOARD, true).slave.evse.settingsDamaged).toBe(true);
  });

  test('what has no effect, or what the board cannot do, is said at the start', () => {
    const config = configOf({ FAIRAMP_SETTINGS__CABLE_A: '32', FAIRAMP_SETTINGS__LOCK: 'motor' });
    expect(settingsComplaints(configOf({}), BOARD)).toEqual([]);
    expect(settingsComplaints(config, { ...BOARD, lock: false })).toEqual([
      'settings.cable_A: 32 has no effect with settings.config, "socket"',
      'settings.lock: "motor" needs a lock, which the board does not have',
    ]);
  });

  test("a master's slave is told that MAINS and MIN are not said here", () => {
    const given = { FAIRAMP_SETTINGS__LOADBL: 'master', FAIRAMP_SETTINGS__MAINS_A: '16', FAIRAMP_SETTINGS__MIN_A: '6' };
    expect(settingsComplaints(configOf(given), BOARD)).toEqual([
      "settings.mains_A: 16 has no effect here: the master's own configuration says it",
    ]);
  });

  test.each(['tcp://', 'tcp://lab', 'tcp://lab:0', 'tcp://lab:x', 'tcp://:1', ''])('no plant is at "%s"', (plant) => {
    expect(read({ FAIRAMP_BOARD__PLANT: plant })).toEqual({
      kind: 'mistakes',
      lines: [`board.plant: "${plant}" is not allowed: must be a path, or tcp://host:port`],
    });
  });

  test('alone, MIN has no effect in Normal mode', () => {
    const config = configOf({ ...lone, FAIRAMP_SETTINGS__MIN_A: '16', FAIRAMP_SETTINGS__MAX_A: '13' });
    expect(loneNodeConfig(config, BOARD).master).toMatchObject({ min_dA: 60, mains_dA: 130 });
  });

  test('is printed as it would be used, and reads back the same', () => {
    const sources = { env: { ...base, FAIRAMP_SETTINGS__ACCESS: 'enabled' }, name: 'fairamp-slave' };
    const outcome = readConfig(slaveSchema, { ...sources, argv: ['--print-config'] });
    const printed = parse(outcome.kind === 'text' ? outcome.text : '') as { settings: { access: string } };
    expect(printed.settings.access).toBe('switch');
    expect(slaveSchema.parse({ ...printed, key: KEY }).settings).toEqual(printed.settings);
  });

  test('--help lists each setting with its values, default and environment variable', () => {
    const outcome = readConfig(slaveSchema, { argv: ['--help'], env: {}, name: 'fairamp-slave' });
    const row =
      outcome.kind === 'text' ? outcome.text.split('\n').find((line) => line.startsWith('settings.lock ')) : '';
    for (const words of ['"disabled" or "solenoid" or "motor"', ' disabled ', 'FAIRAMP_SETTINGS__LOCK', 'LOCK: ']) {
      expect(row).toContain(words);
    }
  });
});
