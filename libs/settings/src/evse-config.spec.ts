import type { EvseConfig } from '@fairamp/evse';
import { defaults, evseConfigOf, type Settings, type SettingsBoard } from './index.js';

const BOARD: SettingsBoard = { max_dA: 320, contactorFeedback: true, lock: true, switch: true, residual: 'tested' };

describe('what the settings make of a charge point', () => {
  test('by default a socket of 13 A without any option', () => {
    expect(evseConfigOf(defaults(), BOARD)).toEqual({
      connector: 'socket',
      max_dA: 130,
      cable_dA: 130,
      proximity: 'manual',
      contactorFeedback: true,
      lock: { actuator: 'none', swapped: false },
      access: 'disabled',
      stopRestart_s: 0,
      residual: 'disabled',
      ventilated: false,
      settingsDamaged: false,
    });
  });

  test.each<[string, Partial<Settings>, Partial<SettingsBoard>, Partial<EvseConfig>]>([
    ['MAX', { max_dA: 320 }, {}, { max_dA: 320 }],
    ['a fixed cable', { config: 'fixed', cable_dA: 320 }, {}, { connector: 'fixed', cable_dA: 320 }],
    ['680 Ohm', { proximity: 'standard' }, {}, { proximity: 'standard' }],
    ['a solenoid', { lock: 'solenoid' }, {}, { lock: { actuator: 'solenoid', swapped: false } }],
    ['a motor, swapped', { lock: 'motor', lockWires: 'swapped' }, {}, { lock: { actuator: 'motor', swapped: true } }],
    [
      '13.2 item 17: no lock with a fixed cable',
      { lock: 'motor', config: 'fixed' },
      {},
      { lock: { actuator: 'none', swapped: false } },
    ],
    ['a button for access', { access: 'switch' }, {}, { access: 'momentary' }],
    ['a key switch for access', { access: 'switch', accessKind: 'maintained' }, {}, { access: 'maintained' }],
    ['a kind of access without access', { accessKind: 'maintained' }, {}, { access: 'disabled' }],
    ['a stop that ends', { stopRestart_s: 15 }, {}, { stopRestart_s: 15 }],
    ['a monitor, tested', { rcmon: 'enabled' }, {}, { residual: 'tested' }],
    ['a monitor, not tested', { rcmon: 'enabled', residualTest: 'disabled' }, {}, { residual: 'monitored' }],
    ['a monitor that cannot be tested', { rcmon: 'enabled' }, { residual: 'monitored' }, { residual: 'monitored' }],
    [
      'a monitor that is not there: never heard',
      { rcmon: 'enabled' },
      { residual: 'disabled' },
      { residual: 'monitored' },
    ],
    ['ventilation', { ventilated: 'enabled' }, {}, { ventilated: true }],
    ['no feedback contact', {}, { contactorFeedback: false }, { contactorFeedback: false }],
  ])('%s', (_case, changed, board, expected) => {
    expect(evseConfigOf({ ...defaults(), ...changed }, { ...BOARD, ...board })).toMatchObject(expected);
  });

  test('settings that could not be read let nothing charge', () => {
    expect(evseConfigOf(defaults(), BOARD, true).settingsDamaged).toBe(true);
  });
});

test.each([
  [130, 320, 130],
  [320, 320, 320],
  [800, 320, 320],
])('MAX of %d dA on a board for %d dA is %d dA', (max_dA, board_dA, expected) => {
  expect(evseConfigOf({ ...defaults(), max_dA }, { ...BOARD, max_dA: board_dA }).max_dA).toBe(expected);
});
