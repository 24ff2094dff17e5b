import { readConfig, type ConfigOutcome } from '@fairamp/runtime';
import { loneNodeConfig, slaveNodeConfig, slaveSchema, type SlaveAppConfig } from './config.js';

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
const lone = { FAIRAMP_SETTINGS__LOADBL: 'disabled', FAIRAMP_SETTINGS__MAX_A: '32' };

describe('the configuration of a slave', () => {
  test("has the manual's defaults: MAX 13 A, a socket", () => {
    const outcome = read({});
    expect(outcome.kind === 'config' ? slaveNodeConfig(outcome.config, 'process') : outcome).toMatchObject({
      pairedMaster: 'main',
      failSafe: 'process',
      wired: ['L1', 'L2', 'L3'],
      evse: { connector: 'socket', max_dA: 130, proximity: 'manual' },
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
    const config = outcome.kind === 'config' ? loneNodeConfig(outcome.config, 'process') : outcome;
    expect(config).toMatchObject({
      slave: { pairedMaster: 'left' },
      master: { id: 'left', mode, mains_dA, roster: [{ id: 'left', maximum_dA: 320 }] },
    });
  });

  test.each([
    ['MAX below 10 A', { FAIRAMP_SETTINGS__MAX_A: '9' }, ['settings.max_A', '9', '10 to 80']],
    ['MAX above 80 A', { FAIRAMP_SETTINGS__MAX_A: '81' }, ['settings.max_A', '81', '10 to 80']],
    ['MIN above MAX', { FAIRAMP_SETTINGS__MIN_A: '14' }, ['settings.min_A', '14', 'settings.max_A, 13']],
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
});
