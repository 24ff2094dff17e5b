import { checkBoard, checkTogether, complaintText, defaults, type Settings, type SettingsBoard } from './index.js';

const BOARD: SettingsBoard = { max_dA: 320, contactorFeedback: true, lock: true, switch: true, residual: 'tested' };
const told = (complaints: ReturnType<typeof checkTogether>): string[] =>
  complaints.map((complaint) => `${complaint.level}: ${complaintText(complaint, 'settings.')}`);

describe('settings that do not go together are told with both values', () => {
  test.each<[string, Partial<Settings>, string[]]>([
    [
      '13.2 item 15: MIN above MAINS',
      { mode: 'smart', mains_dA: 100, min_dA: 110, max_dA: 160 },
      ['wrong: settings.min_A: 11 must not be above settings.mains_A, 10'],
    ],
    ['MIN as high as MAINS and MAX', { mode: 'smart', mains_dA: 130, min_dA: 130 }, []],
    [
      'MIN above MAX',
      { mode: 'smart', min_dA: 140 },
      ['wrong: settings.min_A: 14 must not be above settings.max_A, 13'],
    ],
    [
      'MIN above CABLE',
      { mode: 'smart', config: 'fixed', min_dA: 140, max_dA: 140 },
      [
        'note: settings.min_A: 14 is more than is ever offered, for the lower counts: it is above settings.cable_A, 13',
        'note: settings.max_A: 14 is more than is ever offered, for the lower counts: it is above settings.cable_A, 13',
      ],
    ],
    [
      'MAX above MAINS where nothing is measured',
      { loadbl: 'master', max_dA: 320 },
      [
        'note: settings.max_A: 32 is above what the mains is said to carry, and in Normal mode nothing measures it: settings.mains_A, 25',
      ],
    ],
    ['MAX above MAINS in Smart mode, with the sun', { mode: 'smart', max_dA: 320 }, []],
    ['MAX above MAINS on a slave', { loadbl: 'slave1', max_dA: 320 }, []],
    [
      'a Smart slave',
      { loadbl: 'slave2', mode: 'smart' },
      ['note: settings.mode: "smart" has no effect with settings.loadbl, "slave2"'],
    ],
    [
      'CABLE with a socket',
      { cable_dA: 320 },
      ['note: settings.cable_A: 32 has no effect with settings.config, "socket"'],
    ],
    [
      'LOCK with a fixed cable',
      { config: 'fixed', lock: 'motor' },
      ['note: settings.lock: "motor" has no effect with settings.config, "fixed"'],
    ],
    ['CAL in Normal mode', { cal: 2.9 }, ['note: settings.cal: 2.9 has no effect with settings.mode, "normal"']],
    [
      'CAL on a slave',
      { cal: 2.9, loadbl: 'slave1' },
      ['note: settings.cal: 2.9 has no effect with settings.loadbl, "slave1"'],
    ],
    [
      'MIN where it has no effect',
      { min_dA: 140 },
      ['note: settings.min_A: 14 has no effect with settings.mode, "normal"'],
    ],
    [
      'MAINS on a slave',
      { mains_dA: 400, loadbl: 'slave3' },
      ['note: settings.mains_A: 40 has no effect with settings.loadbl, "slave3"'],
    ],
    [
      'wires of a lock that is none',
      { lockWires: 'swapped' },
      ['note: settings.lockWires: "swapped" has no effect with settings.lock, "disabled"'],
    ],
    [
      'wires of a lock with a fixed cable',
      { lockWires: 'swapped', config: 'fixed' },
      ['note: settings.lockWires: "swapped" has no effect with settings.config, "fixed"'],
    ],
    [
      'an end of a stop where the switch grants',
      { stopRestart_s: 15, access: 'switch' },
      ['note: settings.stopRestart_s: 15 has no effect with settings.access, "switch"'],
    ],
    [
      'a kind of access that nobody asks for',
      { accessKind: 'maintained' },
      ['note: settings.accessKind: "maintained" has no effect with settings.access, "disabled"'],
    ],
    [
      'no test of no monitor',
      { residualTest: 'disabled' },
      ['note: settings.residualTest: "disabled" has no effect with settings.rcmon, "disabled"'],
    ],
    [
      'a resistor that is not read',
      { proximity: 'standard', config: 'fixed' },
      ['note: settings.proximity: "standard" has no effect with settings.config, "fixed"'],
    ],
  ])('%s', (_case, changed, lines) => {
    expect(told(checkTogether({ ...defaults(), ...changed }))).toEqual(lines);
  });
});

describe('settings that the board cannot do are told', () => {
  test.each<[string, Partial<Settings>, Partial<SettingsBoard>, string[]]>([
    ['a board that has it all', { lock: 'motor', access: 'switch', rcmon: 'enabled' }, {}, []],
    [
      'no lock',
      { lock: 'motor' },
      { lock: false },
      ['wrong: settings.lock: "motor" needs a lock, which the board does not have'],
    ],
    [
      'a contactor for less than MAX',
      { max_dA: 400 },
      { max_dA: 320 },
      ['note: settings.max_A: 40 needs a contactor for as much, which the board does not have'],
    ],
    ['a contactor for all of MAX', { max_dA: 320 }, { max_dA: 320 }, []],
    ['no lock for a fixed cable', { lock: 'motor', config: 'fixed' }, { lock: false }, []],
    [
      'no switch',
      { access: 'switch' },
      { switch: false },
      ['wrong: settings.access: "switch" needs a switch, which the board does not have'],
    ],
    [
      'no switch to stop with',
      { stopRestart_s: 15 },
      { switch: false },
      ['note: settings.stopRestart_s: 15 needs a switch, which the board does not have'],
    ],
    ['no switch, and none asked for', {}, { switch: false, lock: false, residual: 'disabled' }, []],
    [
      'no monitor',
      { rcmon: 'enabled' },
      { residual: 'disabled' },
      ['wrong: settings.rcmon: "enabled" needs a residual-current input, which the board does not have'],
    ],
    ['a monitor that cannot be tested', { rcmon: 'enabled' }, { residual: 'monitored' }, []],
  ])('%s', (_case, changed, board, lines) => {
    expect(told(checkBoard({ ...defaults(), ...changed }, { ...BOARD, ...board }))).toEqual(lines);
  });
});
